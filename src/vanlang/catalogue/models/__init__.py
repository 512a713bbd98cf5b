"""Tables of the catalogue: procedures and their versions, what a version contains, what is still asked."""

from vanlang.catalogue.models.competence import Competence, Delegation
from vanlang.catalogue.models.contents import (
    Case,
    Fee,
    LegalBasis,
    OutcomeKind,
    ProcessStep,
    RequiredDocument,
    TimeLimit,
    VersionLegalBasis,
    VersionOutcome,
)
from vanlang.catalogue.models.procedures import (
    CatalogueEdition,
    Field,
    Procedure,
    ProcedureVersion,
    SourceRecord,
)
from vanlang.catalogue.models.todos import ToDo

__all__ = [
    "Case",
    "CatalogueEdition",
    "Competence",
    "Delegation",
    "Fee",
    "Field",
    "LegalBasis",
    "OutcomeKind",
    "Procedure",
    "ProcedureVersion",
    "ProcessStep",
    "RequiredDocument",
    "SourceRecord",
    "TimeLimit",
    "ToDo",
    "VersionLegalBasis",
    "VersionOutcome",
]
