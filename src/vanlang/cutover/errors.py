from __future__ import annotations

from vanlang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound


class UnknownRunError(NotFound):
    code = "cutover.unknown_run"


class CutoverNotAllowedError(NotAllowed):
    code = "cutover.province_only"


class CutoverConflictError(Conflict):
    code = "cutover.not_read"


class ExportUnreadableError(Invalid):
    code = "cutover.nothing_read"
