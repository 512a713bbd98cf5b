from __future__ import annotations

from vanlang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound


class TeamworkNotFoundError(NotFound):
    """A saved list, a note, a transfer or a batch that does not exist, or is not the reader's."""

    code = "teamwork.not_found"


class ViewNameTakenError(Conflict):
    code = "teamwork.view_name_taken"


class NoteError(Conflict):
    """A note that may not be changed any more, or is not the officer's."""

    code = "teamwork.note_too_old"


class NotAcceptableError(Invalid):
    """What was sent cannot be done as sent."""

    code = "teamwork.note_empty"


class TransferError(Conflict):
    code = "teamwork.transfer_nothing"


class TransferNotAllowedError(NotAllowed):
    code = "teamwork.transfer_not_yours"


class BatchError(Conflict):
    code = "teamwork.batch_not_looked"
