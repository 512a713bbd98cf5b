"""What only the desk refuses. Everything else is refused by the apps below."""

from __future__ import annotations

from vanlang.kernel.errors import Conflict, NotAllowed, NotFound


class NothingChosenError(Conflict):
    code = "desk.nothing_chosen"


class PreviewGoneError(NotFound):
    code = "desk.preview_gone"


class NoProcedureError(NotFound):
    code = "desk.no_procedure"


class NotTakenHereError(Conflict):
    """The catalogue has no time limit for what is brought to the counter, or sent to it by post."""

    code = "desk.not_taken_here"


class StoreNeedsPersonError(Conflict):
    """The national store is asked by a name and a personal id; nobody was asked."""

    code = "desk.store_needs_a_person"


class NotYoursToAdministerError(NotAllowed):
    code = "desk.other_agency"
