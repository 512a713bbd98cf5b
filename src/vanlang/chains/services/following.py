"""Follow the dossiers of the legs: what happened to one moves the chain."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from vanlang.chains.models import Chain, Leg
from vanlang.chains.queries.plans import plan_of_row
from vanlang.chains.services import legs
from vanlang.chains.types import LegState
from vanlang.dossiers.api import DossierBrief, OutcomeKind, State, get_briefs
from vanlang.identity.api import SYSTEM

_FAILURES = {
    State.REFUSED: "chains.refused",
    State.STOPPED: "chains.stopped",
    State.WITHDRAWN: "chains.withdrawn",
}
_ISSUED = frozenset({State.RELEASED, State.DELIVERED})


@transaction.atomic
def follow(*, dossier_id: uuid.UUID, at: dt.datetime) -> bool:
    """
    Write what became of a leg's dossier, and start what its end lets start. Return whether it is a leg at all.

    Called for every event, as the system; called again it finds nothing new.
    """
    found = Leg.objects.filter(dossier_id=dossier_id).values_list("chain_id", flat=True).first()
    if found is None:
        return False
    chain = Chain.objects.select_for_update().select_related("plan").get(pk=found)
    leg = chain.legs.get(dossier_id=dossier_id)
    brief = get_briefs([dossier_id], actor=SYSTEM)[dossier_id]
    if leg.state == LegState.OPEN:
        _write(leg, brief, at)
    legs.advance(chain, plan_of_row(chain.plan), at=at)
    return True


def _write(leg: Leg, brief: DossierBrief, at: dt.datetime) -> None:
    leg.due_at = brief.due_at
    leg.agency_id = brief.competent_agency_id
    if brief.state in _FAILURES:
        leg.state, leg.trouble, leg.finished_at = (
            LegState.FAILED,
            _FAILURES[brief.state],
            brief.finished_at or at,
        )
    elif brief.state in _ISSUED:
        granted = brief.outcome_kind is OutcomeKind.GRANTED
        leg.state = LegState.DONE if granted else LegState.FAILED
        leg.trouble = "" if granted else "chains.denied"
        leg.finished_at = brief.finished_at or at
    leg.save()
