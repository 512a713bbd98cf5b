"""Keep what differs between the portal's code lists and ours, for an editor to look at. Nothing of ours is changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.conf import settings
from django.db import transaction

from vanlang.catalogue.api import learn_field_codes, list_fields, list_procedures
from vanlang.identity.api import Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.nationalportal.models import ListDifference
from vanlang.nationalportal.rules.lists import compare
from vanlang.nationalportal.types import ListChange, ListKind
from vanlang.organizations.api import list_agencies


@transaction.atomic
def note_lists(*, kind: ListKind, theirs: Mapping[str, str], at: dt.datetime) -> int:
    """Compare one list with ours and keep what differs; what is alike again is gone. Return how many codes differ."""
    mine = {code: name for code, name in theirs.items() if _concerns_us(kind, code)}
    lines = list(compare(mine, _ours(kind, at), _uncoded(kind, at)))
    rows = [
        ListDifference(
            kind=kind, code=line.code[:80], change=line.change, theirs=line.theirs[:1500], ours=line.ours[:1500],
            since_at=at, compared_at=at,
        )
        for line in lines
    ]  # fmt: skip
    ListDifference.objects.bulk_create(
        rows, batch_size=1000, update_conflicts=True, unique_fields=["kind", "code"],
        update_fields=["change", "theirs", "ours", "compared_at"],
    )  # fmt: skip
    ListDifference.objects.filter(kind=kind).exclude(compared_at=at).delete()
    return len(rows)


@transaction.atomic
def take_codes(*, actor: Actor, at: dt.datetime) -> int:
    """Take the portal's codes over for the fields of ours that have none and bear the same name; return how many."""
    rows = ListDifference.objects.filter(kind=ListKind.SECTOR, change=ListChange.UNCODED)
    codes = {row.ours: row.code for row in rows}
    taken = learn_field_codes(codes=codes, actor=actor, at=at)
    rows.filter(ours__in=taken).delete()
    return len(taken)


def _uncoded(kind: ListKind, at: dt.datetime) -> tuple[str, ...]:
    """Return the names of ours that have no code: the published catalogue prints fields by their names only."""
    if kind is not ListKind.SECTOR:
        return ()
    return tuple(card.name for card in list_fields(at.astimezone(VIETNAM).date()) if not card.code)


def _concerns_us(kind: ListKind, code: str) -> bool:
    """Say whether a code of a national list is ours to have: of agencies, those of the province."""
    province = settings.VANLANG_PROVINCE_CODE
    return kind is not ListKind.AGENCY or code == province or code.startswith(f"{province}.")


def _ours(kind: ListKind, at: dt.datetime) -> dict[str, str]:
    on = at.astimezone(VIETNAM).date()
    match kind:
        case ListKind.PROCEDURE:
            return {card.code: card.name for card in list_procedures(on)}
        case ListKind.AGENCY:
            return {card.code: card.name for card in list_agencies(on)}
        case ListKind.SECTOR:
            return {card.code: card.name for card in list_fields(on) if card.code}
