"""What only the desk refuses. Everything else is refused by the apps below."""

from __future__ import annotations

from vanlang.kernel.errors import Conflict, NotAllowed, NotFound


class NothingChosenError(Conflict):
    code = "desk.nothing_chosen"


class PreviewGoneError(NotFound):
    code = "desk.preview_gone"


class NoProcedureError(NotFound):
    code = "desk.no_procedure"


class NotYoursToAdministerError(NotAllowed):
    code = "desk.other_agency"
