"""
Which procedures exist, in which version, with which papers, fees, time limits and steps, and who is competent.

A procedure has a national code for ever; everything else is a *version* with validity dates. Publishing a successor
retires the version before it, and a running dossier keeps the version it was received under: it holds a `version_id`,
asks `get_version` once, and may cache the card for as long as it lives.

The national catalogue is messy, and the house never guesses: what the source leaves open has no row among limits and
fees, but is a question to a department (`list_todos`, `confirm`). A version is *ready* when what its clock, fee and
papers need is confirmed; `version_valid_on` refuses to receive dossiers under one that is not.

    hits = search("sổ đỏ", on=today)              one field, without diacritics, people's words
    version = get_version(hits[0].procedure.version_id)
    limit = version.limit_for(Channel.DIRECT)      with its source
    agency = competent_agency_for(version.id, intake_agency_id, today)

Who settles can be moved by a dated decision, for some procedures at once, for some communes or for all (`delegate`,
`end_delegation`, `list_delegations`); for one procedure, place and day the database admits one decision.
"""

from vanlang.catalogue.errors import (
    CatalogueConflictError,
    CatalogueInvalidError,
    CatalogueNotAllowedError,
    UnknownProcedureError,
    UnknownToDoError,
)
from vanlang.catalogue.events import VersionPublished
from vanlang.catalogue.labels import (
    ASPECTS,
    AUDIENCES,
    CHANNELS,
    DELEGATION_STATES,
    FEE_KINDS,
    LEVELS,
    ONLINE_LEVELS,
    ORIGINS,
    PAPER_KINDS,
    REASONS,
    ROW_PROBLEMS,
    STEP_ROLES,
    TODO_STATES,
    UNITS,
    VERSION_STATES,
)
from vanlang.catalogue.queries.coding import (
    VersionCodes,
    get_version_codes,
    list_codes_named,
    list_codes_yielded,
)
from vanlang.catalogue.queries.content import list_contents
from vanlang.catalogue.queries.coverage import CoverageLine, list_coverage
from vanlang.catalogue.queries.delegations import get_delegation, list_delegations
from vanlang.catalogue.queries.procedures import (
    competent_agency_for,
    find_procedure,
    get_procedure,
    get_procedures,
    list_fields,
    list_procedures,
    list_takers,
    readiness_report,
    version_valid_on,
)
from vanlang.catalogue.queries.searching import search
from vanlang.catalogue.queries.todos import count_todos, get_todo, list_todos, list_todos_of_version
from vanlang.catalogue.queries.versions import get_version
from vanlang.catalogue.rules.content import CaseContent, Content, FeeContent, StepContent
from vanlang.catalogue.rules.diff import Difference, differences
from vanlang.catalogue.rules.fees import amount_for
from vanlang.catalogue.rules.process import WHOLE, is_process, percentages
from vanlang.catalogue.rules.published import published_digest, published_text
from vanlang.catalogue.services.confirming import confirm, reject
from vanlang.catalogue.services.delegating import DelegationOrder, delegate, end_delegation
from vanlang.catalogue.services.editing import change_fee, change_form, change_process
from vanlang.catalogue.services.importing import ImportReport, import_rows
from vanlang.catalogue.services.source_files import read_record, read_source_file
from vanlang.catalogue.services.starter import StarterReport, load_starter
from vanlang.catalogue.services.withdrawing import learn_field_codes, withdraw_procedures
from vanlang.catalogue.types import (
    SAME_DAY,
    Aspect,
    Audience,
    CaseCard,
    Channel,
    DelegationCard,
    DelegationState,
    DocumentCard,
    FeeCard,
    FeeKind,
    FieldCard,
    Level,
    Limit,
    LimitCard,
    LimitUnit,
    Money,
    OnlineLevel,
    Origin,
    OutcomeKindCard,
    PaperKind,
    ProcedureCard,
    ProcedureHit,
    ReadinessReport,
    Reason,
    StepCard,
    StepRole,
    TakeCard,
    ToDoCard,
    ToDoState,
    ToDoSummary,
    VersionCard,
    VersionState,
    YieldCard,
)

__all__ = [
    "ASPECTS",
    "AUDIENCES",
    "CHANNELS",
    "DELEGATION_STATES",
    "FEE_KINDS",
    "LEVELS",
    "ONLINE_LEVELS",
    "ORIGINS",
    "PAPER_KINDS",
    "REASONS",
    "ROW_PROBLEMS",
    "SAME_DAY",
    "STEP_ROLES",
    "TODO_STATES",
    "UNITS",
    "VERSION_STATES",
    "WHOLE",
    "Aspect",
    "Audience",
    "CaseCard",
    "CaseContent",
    "CatalogueConflictError",
    "CatalogueInvalidError",
    "CatalogueNotAllowedError",
    "Channel",
    "Content",
    "CoverageLine",
    "DelegationCard",
    "DelegationOrder",
    "DelegationState",
    "Difference",
    "DocumentCard",
    "FeeCard",
    "FeeContent",
    "FeeKind",
    "FieldCard",
    "ImportReport",
    "Level",
    "Limit",
    "LimitCard",
    "LimitUnit",
    "Money",
    "OnlineLevel",
    "Origin",
    "OutcomeKindCard",
    "PaperKind",
    "ProcedureCard",
    "ProcedureHit",
    "ReadinessReport",
    "Reason",
    "StarterReport",
    "StepCard",
    "StepContent",
    "StepRole",
    "TakeCard",
    "ToDoCard",
    "ToDoState",
    "ToDoSummary",
    "UnknownProcedureError",
    "UnknownToDoError",
    "VersionCard",
    "VersionCodes",
    "VersionPublished",
    "VersionState",
    "YieldCard",
    "amount_for",
    "change_fee",
    "change_form",
    "change_process",
    "competent_agency_for",
    "confirm",
    "count_todos",
    "delegate",
    "differences",
    "end_delegation",
    "find_procedure",
    "get_delegation",
    "get_procedure",
    "get_procedures",
    "get_todo",
    "get_version",
    "get_version_codes",
    "import_rows",
    "is_process",
    "learn_field_codes",
    "list_codes_named",
    "list_codes_yielded",
    "list_contents",
    "list_coverage",
    "list_delegations",
    "list_fields",
    "list_procedures",
    "list_takers",
    "list_todos",
    "list_todos_of_version",
    "load_starter",
    "percentages",
    "published_digest",
    "published_text",
    "read_record",
    "read_source_file",
    "readiness_report",
    "reject",
    "search",
    "version_valid_on",
    "withdraw_procedures",
]
