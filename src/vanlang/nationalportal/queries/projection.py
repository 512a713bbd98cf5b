"""
Our records of all dossiers that the portal must know: what `composing` would say of them, as far as it is compared.

Streamed, in a few queries for some thousand dossiers. One that was filed at the portal goes by the portal's code.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from vanlang.catalogue.api import get_version_codes
from vanlang.dossiers.api import ComparedDossier, earlier_national, iterate_received, list_compared
from vanlang.nationalportal.models import ForeignDossier, PortalFiling
from vanlang.nationalportal.queries.keys import get_filings
from vanlang.nationalportal.rules.codec import instant
from vanlang.organizations.api import list_agencies
from vanlang.sentinel.api import Record

CHUNK = 5_000
FOR_EVER = dt.date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Known:
    """A dossier of ours that the portal knows by `code`."""

    code: str
    dossier: ComparedDossier


@dataclass(slots=True)
class _Codes:
    """Codes of agencies and of kinds of outcomes, asked once for each."""

    agencies: Mapping[int, str] = field(
        default_factory=lambda: {int(one.id): one.code for one in list_agencies(FOR_EVER, only_open=False)}
    )
    kinds: dict[int, str] = field(default_factory=dict)

    def learn(self, dossiers: Iterable[ComparedDossier]) -> None:
        unknown = {one.procedure_version_id for one in dossiers} - self.kinds.keys()
        for key, codes in get_version_codes(unknown).items() if unknown else ():
            self.kinds[key] = codes.outcome_codes[0] if len(codes.outcome_codes) == 1 else ""


def iterate_records(first_on: dt.date, last_on: dt.date) -> Iterator[Record]:
    """Yield the records of dossiers received from a day to a day, both included."""
    codes = _Codes()
    for some in _batches(iterate_received(first_on, last_on)):
        yield from (_record(one, codes) for one in _known(some, codes))


def list_records(portal_codes: Collection[str]) -> list[Record]:
    """Return the records of some dossiers, by the portal's codes."""
    codes = _Codes()
    return [_record(one, codes) for one in find_known(portal_codes, codes)]


def list_references(portal_codes: Collection[str]) -> list[Record]:
    """Return what we hold of dossiers whose state another system owns, by the portal's codes."""
    rows = ForeignDossier.objects.select_related("agency").filter(external_code__in=set(portal_codes))
    return [
        Record(
            code=row.external_code,
            agency=row.agency.code,
            state=row.state,
            received=instant(row.received_at),
            due=instant(row.due_at),
            finished=instant(row.finished_at),
        )
        for row in rows
    ]


def find_known(portal_codes: Collection[str], codes: _Codes | None = None) -> list[Known]:
    """Return our dossiers that the portal knows by these codes."""
    wanted = set(portal_codes)
    filed = dict(
        PortalFiling.objects.filter(external_code__in=wanted).values_list("external_code", "dossier_id")
    )
    found = list_compared(ids=filed.values(), codes=wanted)
    return [one for one in _known(found, codes) if one.code in wanted]


def earlier_states(portal_codes: Collection[str]) -> dict[str, frozenset[str]]:
    """Return the national states that dossiers had here before the present one."""
    known = find_known(portal_codes)
    had = earlier_national({one.dossier.id for one in known})
    return {
        one.code: frozenset(
            state.value for state in had.get(one.dossier.id, ()) if state is not one.dossier.national
        )
        for one in known
    }


def _known(some: Collection[ComparedDossier], codes: _Codes | None) -> Iterator[Known]:
    if codes is not None:
        codes.learn(some)
    filings = get_filings([one.id for one in some])
    for one in some:
        filed = filings.get(one.id)
        yield Known(filed.code if filed else one.code, one)


def _record(known: Known, codes: _Codes) -> Record:
    one = known.dossier
    kind = codes.kinds.get(one.procedure_version_id, "")
    return Record(
        code=known.code,
        agency=codes.agencies[one.competent_agency_id],
        state=one.national.value,
        received=instant(one.received_at),
        due=instant(one.due_at),
        finished=instant(one.finished_at),
        returned=instant(one.delivered_at),
        results=tuple((kind, number) for number in one.outcomes),
    )


def _batches(some: Iterator[ComparedDossier]) -> Iterator[list[ComparedDossier]]:
    batch: list[ComparedDossier] = []
    for one in some:
        batch.append(one)
        if len(batch) == CHUNK:
            yield batch
            batch = []
    if batch:
        yield batch
