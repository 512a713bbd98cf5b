from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import Count, F, Q

from vanlang.identity.api import Actor
from vanlang.kernel.lists import Drawn
from vanlang.petitions.cards import PetitionLine
from vanlang.petitions.models import Petition
from vanlang.petitions.queries.access import visible_to
from vanlang.petitions.queries.drawing import lines_of
from vanlang.petitions.rules.codes import parse
from vanlang.petitions.rules.flow import FINAL
from vanlang.petitions.types import PetitionFilter, PetitionKind, PetitionState

_S, _F = PetitionState, PetitionFilter
_PILES: Mapping[PetitionFilter, Q] = MappingProxyType(
    {
        _F.TO_DECIDE: Q(state__in=[_S.FILED, _S.CLASSIFIED]),
        _F.HANDLING: Q(state=_S.ACCEPTED),
        _F.FOR_LEADER: Q(state=_S.PROPOSED),
        _F.WAITING: Q(state=_S.AWAITING_SENDER),
        _F.TO_PUBLISH: Q(state=_S.ANSWERED),
        _F.DONE: Q(state__in=sorted(FINAL)),
    }
)


def list_inbox(
    actor: Actor,
    *,
    pile: PetitionFilter,
    at: dt.datetime,
    kind: PetitionKind | None = None,
    code: str = "",
) -> Drawn[Petition, PetitionLine]:
    """
    Return a pile, what is due first at its top; what is done, the newest first. No read of personal data.

    `code` names one petition, whatever the pile.
    """
    rows = Petition.objects.filter(visible_to(actor))
    rows = rows.filter(code=parse(code) or code) if code else rows.filter(_of_pile(pile, actor, at))
    if kind is not None:
        rows = rows.filter(kind=kind)
    order = ("-closed_at", "-id") if pile is _F.DONE else (F("due_at").asc(nulls_last=True), "id")
    return Drawn(rows.order_by(*order), lambda found: lines_of(found, at))


def count_inbox(actor: Actor, *, at: dt.datetime) -> dict[PetitionFilter, int]:
    """Return how many lie in each pile. One query."""
    counted = Petition.objects.filter(visible_to(actor)).aggregate(
        **{pile.value: Count("pk", filter=_of_pile(pile, actor, at)) for pile in _F}
    )
    return {pile: counted[pile.value] for pile in _F}


def _of_pile(pile: PetitionFilter, actor: Actor, at: dt.datetime) -> Q:
    if pile is _F.LATE:
        return Q(due_at__lt=at)
    if pile is _F.MINE:
        mine = Q(holder_id=actor.appointment_id) | Q(leader_id=actor.appointment_id, state=_S.PROPOSED)
        return mine & ~Q(state__in=sorted(FINAL))
    return _PILES[pile]
