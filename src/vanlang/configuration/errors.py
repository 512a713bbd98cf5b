from __future__ import annotations

from vanlang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound


class UnknownImportError(NotFound):
    code = "configuration.unknown_import"


class ImportNotAllowedError(NotAllowed):
    code = "configuration.not_yours"


class ImportConflictError(Conflict):
    code = "configuration.not_proposed"


class NothingToImportError(Invalid):
    code = "configuration.nothing_read"
