"""
What every act has in common: the petition locked, seen, allowed; then moved, with its movement and its line in the log.

A command sees no more than its actor; what it writes it writes as the house, because an act may end that sight (routing).
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from vanlang.audit.api import record_act
from vanlang.identity.api import NOBODY, SYSTEM, Actor
from vanlang.kernel.errors import refuse_if
from vanlang.kernel.scope import Scope, acting
from vanlang.petitions.actors import SenderKey
from vanlang.petitions.errors import PetitionActError, PetitionChangedError, PetitionNotAllowedError
from vanlang.petitions.models import Petition, PetitionMovement
from vanlang.petitions.queries.access import access_as_sender, access_petition, facts_of, facts_of_sender
from vanlang.petitions.rules.clocks import RUNNING
from vanlang.petitions.rules.flow import FINAL, Facts, may, party_that_acts, target
from vanlang.petitions.types import Moved, PetitionAct, PetitionClock, PetitionState

OBJECT_TYPE = "petition"
_NOT_YOURS = frozenset({
    "petitions.act_not_for_role", "petitions.own_petition", "petitions.own_answer", "petitions.about_you",
})  # fmt: skip


@dataclass(slots=True)
class Step:
    """An act that is allowed and not written yet. Change `row`, then `finish`."""

    row: Petition
    act: PetitionAct
    actor: Actor
    facts: Facts
    at: dt.datetime

    def finish(self, *, note: str = "", **told: object) -> Moved:
        """Write the act: state, version, clocks, movement, log."""
        row, before = self.row, self.row.state
        state = target(self.act, self.facts)
        row.state, row.version, row.moved_at = state, row.version + 1, self.at
        row.closed_at = (row.closed_at or self.at) if state in FINAL else None
        row.due_at = due_now(row)
        with acting(Scope.system()):
            row.save()
            add_movement(
                row,
                self.act,
                actor=self.actor,
                facts=self.facts,
                before=before,
                note=note,
                at=self.at,
                **told,
            )
        return Moved(row.pk, row.version, state)


def step(
    petition_id: uuid.UUID,
    act: PetitionAct,
    *,
    actor: Actor,
    at: dt.datetime,
    expected_version: int | None = None,
) -> Step:
    """
    Return the act of an officer, allowed. Called in a transaction.

    Raises: PetitionNotFoundError, PetitionChangedError, PetitionNotAllowedError, PetitionActError.
    """
    row = access_petition(petition_id, actor=actor, for_update=True)
    if expected_version is not None and row.version != expected_version:
        raise PetitionChangedError
    facts = facts_of(row, actor=actor, at=at)
    allow(act, facts)
    return Step(row, act, actor, facts, at)


def step_of_sender(petition_id: uuid.UUID, act: PetitionAct, *, key: SenderKey, at: dt.datetime) -> Step:
    """Return the act of the sender, allowed. Raises: as `step`."""
    row = access_as_sender(petition_id, key=key, for_update=True)
    facts = facts_of_sender(row, key)
    allow(act, facts)
    actor = SYSTEM if key.source is not None else key.actor
    return Step(row, act, actor, facts, at)


def add_movement(
    row: Petition,
    act: PetitionAct,
    *,
    actor: Actor,
    facts: Facts,
    before: str,
    note: str,
    at: dt.datetime,
    **told: object,
) -> None:
    """Add the movement and the line in the log. `told`: codes and ids."""
    is_officer = actor.is_officer
    PetitionMovement.objects.create(
        petition=row,
        number=row.version,
        act=act,
        from_state=before,
        to_state=row.state,
        at=at,
        party=party_that_acts(act, facts),
        appointment_id=actor.appointment_id,
        agency_id=actor.agency_id,
        actor_name=actor.name[:150] if is_officer else "",
        actor_title=actor.title[:150] if is_officer else "",
        note=note or None,
        facts=told,
    )
    logged = SYSTEM if actor is NOBODY else actor
    record_act(
        act=f"petitions.{act}", actor=logged, object_type=OBJECT_TYPE, object_id=row.pk, at=at, facts=told
    )


def due_now(row: Petition) -> dt.datetime | None:
    """Return when the clock that runs in this state is due."""
    clock = RUNNING[PetitionState(row.state)]
    if clock is None:
        return None
    due: dt.datetime | None = getattr(row, DUE_COLUMN[clock])
    return due


DUE_COLUMN = {
    PetitionClock.DECIDE: "decide_due_at",
    PetitionClock.ASK: "ask_due_at",
    PetitionClock.HANDLE: "handle_due_at",
    PetitionClock.PUBLISH: "publish_due_at",
}


def allow(act: PetitionAct, facts: Facts) -> None:
    """Raises: PetitionNotAllowedError, PetitionActError."""
    refusal = may(act, facts)
    if refusal is not None:
        refuse_if(refusal, PetitionNotAllowedError if refusal.code in _NOT_YOURS else PetitionActError)
