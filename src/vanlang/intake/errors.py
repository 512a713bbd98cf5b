"""
What can go wrong before a dossier is received.

    DraftNotFoundError   there is none, or none of yours (the two are told apart nowhere)   404
    DraftClosedError     it has been submitted; what follows happens to the dossier         409
    FilingClosedError    this installation takes no filings on its own portal               409
    NotFileableError     the procedure, its version or the place takes no filing now        409
    IncompleteError      something is missing; `missing` names all of it at once            422
    UnsuitableError      what was sent does not belong to this draft                        422
"""

from __future__ import annotations

from vanlang.intake.types import Missing
from vanlang.kernel.errors import Conflict, Invalid, NotFound


class DraftNotFoundError(NotFound):
    code = "intake.draft_not_found"


class DraftClosedError(Conflict):
    code = "intake.draft_closed"


class FilingClosedError(Conflict):
    code = "intake.filing_closed"


class NotFileableError(Conflict):
    code = "intake.not_fileable"


class IncompleteError(Invalid):
    code = "intake.incomplete"

    def __init__(self, missing: tuple[Missing, ...]) -> None:
        self.missing = missing
        super().__init__(count=len(missing))


class UnsuitableError(Invalid):
    code = "intake.unsuitable"
