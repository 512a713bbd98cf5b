from __future__ import annotations

from vanlang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound


class UnknownProcedureError(NotFound):
    code = "catalogue.unknown_procedure"


class UnknownToDoError(NotFound):
    code = "catalogue.unknown_todo"


class CatalogueConflictError(Conflict):
    code = "catalogue.version_expired"


class CatalogueNotAllowedError(NotAllowed):
    code = "catalogue.not_editor"


class CatalogueInvalidError(Invalid):
    code = "catalogue.answer_unreadable"
