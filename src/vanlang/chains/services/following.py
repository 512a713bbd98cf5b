"""Follow the dossiers of the legs: what happened to one moves the chain."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from vanlang.chains.models import Chain, Leg
from vanlang.chains.queries.plans import plan_of_row
from vanlang.chains.services import legs
from vanlang.chains.types import LegState
from vanlang.dossiers.api import OutcomeKind, Progress, State, get_progress

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
    progress = get_progress([dossier_id])[dossier_id]
    if leg.state == LegState.OPEN:
        _write(leg, progress, at)
    legs.advance(chain, plan_of_row(chain.plan), at=at)
    return True


def _write(leg: Leg, progress: Progress, at: dt.datetime) -> None:
    leg.due_at = progress.due_at
    leg.agency_id = progress.competent_agency_id
    if progress.state in _FAILURES:
        leg.state, leg.trouble, leg.finished_at = (
            LegState.FAILED,
            _FAILURES[progress.state],
            progress.finished_at or at,
        )
    elif progress.state in _ISSUED:
        granted = progress.outcome_kind is OutcomeKind.GRANTED
        leg.state = LegState.DONE if granted else LegState.FAILED
        leg.trouble = "" if granted else "chains.denied"
        leg.finished_at = progress.finished_at or at
    leg.save()
