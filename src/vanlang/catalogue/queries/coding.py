"""What other systems call our versions: codes of fields and outcomes, for many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models.functions import Lower

from vanlang.catalogue.models import Case, OutcomeKind, ProcedureVersion, VersionOutcome
from vanlang.catalogue.queries.procedures import in_force


@dataclass(frozen=True, slots=True)
class VersionCodes:
    """The national codes around a version; empty where the source gives none."""

    field_code: str
    field_name: str
    outcome_codes: tuple[str, ...]


def get_version_codes(version_ids: Iterable[int]) -> dict[int, VersionCodes]:
    """Return the codes of versions by id. Two queries."""
    wanted = set(version_ids)
    outcomes: defaultdict[int, list[str]] = defaultdict(list)
    kinds = VersionOutcome.objects.filter(version_id__in=wanted).order_by("position")
    for version_id, code in kinds.values_list("version_id", "outcome_kind__code"):
        if code:
            outcomes[version_id].append(code)
    rows = ProcedureVersion.objects.filter(pk__in=wanted).values_list("pk", "field__code", "field__name")
    return {pk: VersionCodes(code, name, tuple(outcomes[pk])) for pk, code, name in rows}


def list_codes_yielded(registers: Collection[str], on: date) -> dict[str, frozenset[str]]:
    """Return the national codes of the outcomes that are written into each of some registers. Two queries."""
    if not registers:
        return {}
    cases = Case.objects.filter(version__in=in_force(on), yields__register__in=list(registers))
    yielding = list(cases.values_list("version_id", "yields__register"))
    codes = get_version_codes(version_id for version_id, _ in yielding)
    return {
        register: frozenset(
            code
            for version_id, own in yielding
            if own == register
            for code in codes[version_id].outcome_codes
        )
        for register in registers
    }


def list_codes_named(names: Collection[str]) -> dict[str, frozenset[str]]:
    """Return the national codes of the outcomes that bear some names, letter for letter but for case. One query."""
    wanted = {name.lower() for name in names}
    rows = OutcomeKind.objects.exclude(code="").annotate(lower=Lower("name")).filter(lower__in=wanted)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for code, lower in rows.values_list("code", "lower"):
        found[lower].add(code)
    return {name: frozenset(found[name.lower()]) for name in names if name.lower() in found}
