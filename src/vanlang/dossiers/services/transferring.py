"""
Moving the open work of many dossiers, a batch in one transaction.

The house does it on an officer's order: the movement names who ordered it, the decision, and from where to where. Rows
are locked in the order of their keys; each is asked again under its lock, so an act that was faster is respected.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from vanlang.dossiers.models import Dossier, Opinion
from vanlang.dossiers.queries.access import process_of
from vanlang.dossiers.queries.transferable import given_of, held_of, taken_of
from vanlang.dossiers.rules import steps
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.states import Party, State, waits_for
from vanlang.dossiers.rules.transfer import Given, Held, Move, Taken, move_of
from vanlang.dossiers.rules.transitions import Facts, Standing, may
from vanlang.dossiers.services import outcomes
from vanlang.dossiers.services.acting import refuse_act, settle
from vanlang.dossiers.services.remembering import remember, tell
from vanlang.dossiers.types import TransferFrom, TransferTo
from vanlang.identity.api import Actor
from vanlang.kernel.errors import Refusal

_HOUSE = Standing(parties=frozenset({Party.SYSTEM}), hats=frozenset())
_MOVED = (
    "state", "version", "waits_for", "lies_at", "holder", "holder_unit", "specialist", "position", "step_due_at",
    "intake_agency", "competent_agency", "return_agency", "opinion_agency", "advisers", "advising_units",
    "moved_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Transferred:
    """What became of one dossier of a transfer."""

    dossier_id: uuid.UUID
    version: int
    refusal: Refusal | None
    """Why it stayed; None when it moved."""


@transaction.atomic
def transfer(
    *,
    dossier_ids: Sequence[uuid.UUID],
    source: TransferFrom,
    target: TransferTo,
    reason: str,
    actor: Actor,
    at: dt.datetime,
    decision: str = "",
) -> tuple[Transferred, ...]:
    """
    Move the open work of some dossiers from `source` to `target`; all of them or, when it fails, none.

    Each keeps its due date and gets a movement with the reason and what it left. Called in the scope of the system, by
    who has checked that `actor` may order it.
    Raises: NotAcceptable as `list_transferable`.
    """
    taken, given = taken_of(source), given_of(target, at)
    note = f"{reason.strip()} ({decision.strip()})" if decision.strip() else reason.strip()
    rows = Dossier.objects.select_for_update(of=("self",)).filter(pk__in=list(dossier_ids)).order_by("pk")
    return tuple(_transfer(row, taken, given, note, actor, at) for row in rows)


def _transfer(
    row: Dossier, taken: Taken, given: Given, note: str, actor: Actor, at: dt.datetime
) -> Transferred:
    held = held_of(row)
    move = move_of(held, taken, given)
    if isinstance(move, Refusal):
        return Transferred(row.pk, row.version, move)
    refuse_act(may(move.act, Facts(held.state, _HOUSE)))  # the table has the last word
    if move.act is Act.RETURN_FOR_REWORK:
        _begin_anew(row, note, actor, at)
    if move.after.advisers != held.advisers or move.after.advising_units != held.advising_units:
        _ask_on(row, held, move.after, note, actor, at)
    _put(row, move, at)
    remember(
        row, act=move.act, actor=actor, party=Party.SYSTEM, at=at, before=held.state, note=note, facts=_facts(held, move.after)
    )  # fmt: skip
    row.save(update_fields=_MOVED)
    tell(row, move.act, at)
    return Transferred(row.pk, row.version, None)


def _begin_anew(row: Dossier, note: str, actor: Actor, at: dt.datetime) -> None:
    """Another agency decides: a draft of the former one, and a number of its book, are of no use any more."""
    outcomes.send_back(row, reason=note, actor=actor, at=at)
    outcome = outcomes.outcome_of(row)
    outcome.document_id = None
    outcome.save(update_fields=["document"])


def _ask_on(row: Dossier, before: Held, after: Held, note: str, actor: Actor, at: dt.datetime) -> None:
    """Let who continues an agency answer in its place; what units of a former agency were asked is gone on without."""
    waiting = Opinion.objects.filter(dossier=row, answered_at__isnull=True, forgone_at__isnull=True)
    for old, new in zip(before.advisers, after.advisers, strict=True):
        if old != new:
            waiting.filter(agency_id=old, unit__isnull=True).update(agency_id=new)
    if before.advising_units and not after.advising_units:
        waiting.filter(unit__isnull=False).update(
            forgone_at=at, forgone_by_id=actor.appointment_id, forgone_why=note
        )


def _put(row: Dossier, move: Move, at: dt.datetime) -> None:
    after = move.after
    row.intake_agency_id, row.competent_agency_id = after.intake_agency_id, after.competent_agency_id
    row.return_agency_id, row.opinion_agency_id = after.return_agency_id, after.opinion_agency_id
    row.advisers, row.advising_units = list(after.advisers), list(after.advising_units)
    row.specialist_id = after.specialist_id
    settle(row, after.state, holder_id=after.holder_id, holder_unit_id=after.holder_unit_id)
    if move.act is Act.RETURN_FOR_REWORK:
        _step_back(row)
    row.version += 1
    row.moved_at = at


def _step_back(row: Dossier) -> None:
    process = process_of(row)
    if not process:
        return
    waiting = waits_for(State(row.state), on_paper=row.on_paper)
    row.position = steps.position_after(
        Act.RETURN_FOR_REWORK, steps=process, position=row.position, waits_for=waiting
    )
    row.step_due_at = process[row.position].due_at


def _facts(before: Held, after: Held) -> dict[str, object]:
    """Return what changed, from what to what: the way back is written in the history."""
    names = (
        "intake_agency_id",
        "competent_agency_id",
        "return_agency_id",
        "opinion_agency_id",
        "holder_id",
        "holder_unit_id",
        "specialist_id",
    )
    pairs = {name: [getattr(before, name), getattr(after, name)] for name in names}
    return {"moved": {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}}
