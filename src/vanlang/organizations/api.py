"""
Places: which agencies there are, what they were called on a day, and who continues whom.

An agency has a national code for ever and names for periods; a merger, a split or a new name is a dated
change with its decision, so a dossier received before 1 July still shows the agency that received it, and
`list_successors` says who answers for it today. Where a dossier is taken in, which agency is competent, and
where the result is returned are three facts of the dossier, each an agency of this list.
"""

from vanlang.organizations.errors import AgencyCodeError, ReorganizationError, UnknownAgencyError
from vanlang.organizations.labels import AGENCY_KINDS, UNIT_KINDS
from vanlang.organizations.queries import (
    find_agency_by_code,
    find_unit,
    get_agencies,
    get_agency,
    get_unit,
    list_agencies,
    list_all_units,
    list_changes,
    list_names,
    list_successors,
    list_units,
    names_on,
)
from vanlang.organizations.rules.codes import check_code
from vanlang.organizations.rules.naming import Ambiguous, Found, Names, Place
from vanlang.organizations.services import (
    NewName,
    add_agency,
    add_unit,
    call_otherwise,
    change_unit,
    discard_agency,
    discard_unit,
    load_agencies,
    merge,
    rename,
    split,
)
from vanlang.organizations.types import (
    AgencyCard,
    AgencyId,
    AgencyKind,
    ChangeCard,
    ChangeKind,
    NameCard,
    UnitCard,
    UnitId,
    UnitKind,
)

__all__ = [
    "AGENCY_KINDS",
    "UNIT_KINDS",
    "AgencyCard",
    "AgencyCodeError",
    "AgencyId",
    "AgencyKind",
    "Ambiguous",
    "ChangeCard",
    "ChangeKind",
    "Found",
    "NameCard",
    "Names",
    "NewName",
    "Place",
    "ReorganizationError",
    "UnitCard",
    "UnitId",
    "UnitKind",
    "UnknownAgencyError",
    "add_agency",
    "add_unit",
    "call_otherwise",
    "change_unit",
    "check_code",
    "discard_agency",
    "discard_unit",
    "find_agency_by_code",
    "find_unit",
    "get_agencies",
    "get_agency",
    "get_unit",
    "list_agencies",
    "list_all_units",
    "list_changes",
    "list_names",
    "list_successors",
    "list_units",
    "load_agencies",
    "merge",
    "names_on",
    "rename",
    "split",
]
