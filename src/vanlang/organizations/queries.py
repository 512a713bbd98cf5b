from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q

from vanlang.kernel.vietnamese import search_key, sort_key
from vanlang.organizations.errors import UnknownAgencyError
from vanlang.organizations.models import Agency, AgencyChange, AgencyVersion, Unit
from vanlang.organizations.rules import reorganization
from vanlang.organizations.rules.naming import Names, Place, names_of
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


def get_agency(agency_id: int, on: dt.date) -> AgencyCard:
    """Return the agency as it was called on a day (its last name when it no longer existed)."""
    found = get_agencies([agency_id], on)
    if agency_id not in found:
        raise UnknownAgencyError(agency=agency_id)
    return found[agency_id]


def get_agencies(agency_ids: Iterable[int], on: dt.date) -> dict[int, AgencyCard]:
    """Return several agencies by id, in one query."""
    rows = (
        AgencyVersion.objects.filter(agency_id__in=set(agency_ids))
        .select_related("agency")
        .order_by("valid_from")
    )
    cards: dict[int, AgencyCard] = {}
    for row in rows:
        if row.agency_id not in cards or row.valid_from <= on:
            cards[row.agency_id] = _card(row, on)
    return cards


def find_agency_by_code(code: str, on: dt.date) -> AgencyCard | None:
    """Return the agency of a national code, or None."""
    row = Agency.objects.filter(code=code).first()
    return get_agency(row.pk, on) if row else None


def list_agencies(
    on: dt.date, *, kind: AgencyKind | None = None, text: str = "", only_open: bool = True
) -> list[AgencyCard]:
    """Return agencies, in Vietnamese order of their short names; `text` is matched without diacritics."""
    rows = AgencyVersion.objects.select_related("agency").filter(valid_from__lte=on)
    if only_open:
        rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    if kind:
        rows = rows.filter(agency__kind=kind)
    if text:
        rows = rows.filter(Q(search_name__contains=search_key(text)) | Q(agency__code__iexact=text.strip()))
    latest = {row.agency_id: row for row in rows.order_by("agency_id", "valid_from")}
    return sorted(
        (_card(row, on) for row in latest.values()), key=lambda card: (sort_key(card.short_name), card.code)
    )


def list_names() -> list[NameCard]:
    """Return every name that any agency ever had, with its days: what an old list of communes is read with."""
    rows = AgencyVersion.objects.select_related("agency").order_by("agency_id", "valid_from")
    return [NameCard(row.agency.code, row.name, row.short_name, row.valid_from, row.valid_to) for row in rows]


def names_on(on: dt.date) -> Names:
    """Return every name that an agency has or had, and whom it means on a day: what lists of people are read with."""
    cards = [
        (
            one.code,
            one.name,
            one.short_name,
            one.valid_to.isoformat() if one.valid_to and one.valid_to <= on else "",
        )
        for one in list_names()
    ]
    places = [Place(card.id, card.code, card.short_name) for card in list_agencies(on)]

    def successors(code: str) -> list[str]:
        return [card.code for card in list_successors(code, on)]

    return names_of(cards, places, successors)


def list_all_units(on: dt.date, *, agency_ids: Iterable[int] | None = None) -> list[UnitCard]:
    """Return the units of all agencies, or of some, that exist on a day."""
    rows = Unit.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)
    if agency_ids is not None:
        rows = rows.filter(agency_id__in=list(agency_ids))
    return [_unit_card(row) for row in rows.order_by("agency_id", "id")]


def list_units(agency_id: int, on: dt.date) -> list[UnitCard]:
    """Return the units of an agency that exist on a day, by name."""
    rows = Unit.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on), agency_id=agency_id, valid_from__lte=on
    )
    return sorted((_unit_card(row) for row in rows), key=lambda card: (sort_key(card.name), card.id))


def get_unit(unit_id: int) -> UnitCard | None:
    """Return a unit by id, also one that is no more; None when there never was one."""
    row = Unit.objects.filter(pk=unit_id).first()
    return _unit_card(row) if row else None


def find_unit(agency_id: int, kind: UnitKind, on: dt.date) -> UnitCard | None:
    """Return the first unit of a kind in an agency, or None."""
    return next((unit for unit in list_units(agency_id, on) if unit.kind is kind), None)


def list_changes() -> list[ChangeCard]:
    """Return every reorganisation, in order of its day."""
    cards = []
    for change in AgencyChange.objects.order_by("effective_on", "id").prefetch_related("parts__agency"):
        parts = list(change.parts.all())
        cards.append(
            ChangeCard(
                kind=ChangeKind(change.kind),
                effective_on=change.effective_on,
                decision=change.decision,
                from_codes=tuple(sorted(part.agency.code for part in parts if not part.continues)),
                to_codes=tuple(sorted(part.agency.code for part in parts if part.continues)),
            )
        )
    return cards


def list_successors(code: str, on: dt.date) -> list[AgencyCard]:
    """Return the agencies that stand for `code` on a day, after every merger and split."""
    changes = [(change.effective_on, change.from_codes, change.to_codes) for change in list_changes()]
    ids = Agency.objects.filter(code__in=reorganization.successors(code, changes, on)).values_list(
        "id", flat=True
    )
    return sorted(get_agencies(ids, on).values(), key=lambda card: card.code)


def _card(row: AgencyVersion, on: dt.date) -> AgencyCard:
    return AgencyCard(
        id=AgencyId(row.agency_id),
        code=row.agency.code,
        name=row.name,
        short_name=row.short_name,
        kind=AgencyKind(row.agency.kind),
        address=row.address,
        is_open=reorganization.Period(row.valid_from, row.valid_to).covers(on),
    )


def _unit_card(row: Unit) -> UnitCard:
    return UnitCard(
        id=UnitId(row.pk), agency_id=AgencyId(row.agency_id), name=row.name, kind=UnitKind(row.kind)
    )
