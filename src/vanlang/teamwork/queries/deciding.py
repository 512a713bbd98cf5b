from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from vanlang.dossiers.api import InboxFilter, InboxQuery, State, search_inbox
from vanlang.identity.api import Actor
from vanlang.teamwork.actors import officer_of
from vanlang.teamwork.errors import TeamworkNotFoundError
from vanlang.teamwork.models import Batch, BatchLine
from vanlang.teamwork.types import BatchState, Choice, LineState


@dataclass(frozen=True, slots=True)
class BatchLineCard:
    """One proposal of a batch."""

    position: int
    dossier_id: uuid.UUID
    code: str
    is_looked_at: bool
    choice: Choice | None
    reason: str
    line: LineState
    approved: bool
    signed: bool
    why: str
    facts: dict[str, object]


@dataclass(frozen=True, slots=True)
class BatchCard:
    """A leader's batch and how far it is."""

    id: uuid.UUID
    state: BatchState
    signs: bool
    opened_at: dt.datetime
    finished_at: dt.datetime | None
    lines: tuple[BatchLineCard, ...]

    def count(self, choice: Choice) -> int:
        return sum(line.choice is choice for line in self.lines)

    @property
    def approving(self) -> int:
        return self.count(Choice.APPROVE)

    @property
    def returning(self) -> int:
        return self.count(Choice.RETURN)

    @property
    def marked(self) -> int:
        return self.approving + self.returning

    @property
    def handled(self) -> int:
        return sum(line.line is not LineState.WAITING for line in self.lines)

    @property
    def next_to_look(self) -> int:
        """The first proposal that is not marked yet; the first of all when every one is."""
        waiting = (
            line.position for line in self.lines if line.choice is None and line.line is LineState.WAITING
        )
        return next(waiting, 1)


def find_batch(actor: Actor) -> BatchCard | None:
    """Return the leader's batch that is not done, or None."""
    rows = Batch.objects.filter(appointment_id=officer_of(actor).appointment_id).exclude(
        state=BatchState.DONE
    )
    row = rows.first()
    return _card(row) if row else None


def count_proposals(actor: Actor, *, at: dt.datetime) -> int:
    """Return how many proposals lie before the leader; one batch takes no more than `rules.deciding.MOST` of them."""
    query = InboxQuery(filter=InboxFilter.MINE, state=State.PROPOSED)
    return search_inbox(actor, query, at=at).total


def get_batch(batch_id: uuid.UUID, *, actor: Actor) -> BatchCard:
    """
    Return one of the leader's own batches.

    Raises: TeamworkNotFoundError.
    """
    row = Batch.objects.filter(pk=batch_id, appointment_id=officer_of(actor).appointment_id).first()
    if row is None:
        raise TeamworkNotFoundError
    return _card(row)


def _card(row: Batch) -> BatchCard:
    lines = BatchLine.objects.filter(batch=row).order_by("position")
    return BatchCard(
        id=row.pk,
        state=BatchState(row.state),
        signs=row.signs,
        opened_at=row.opened_at,
        finished_at=row.finished_at,
        lines=tuple(_line(line) for line in lines),
    )


def _line(row: BatchLine) -> BatchLineCard:
    return BatchLineCard(
        position=row.position,
        dossier_id=row.dossier_id,
        code=row.code,
        is_looked_at=row.looked_at is not None,
        choice=Choice(row.choice) if row.choice else None,
        reason=row.reason,
        line=LineState(row.line),
        approved=row.approved,
        signed=row.signed,
        why=row.why,
        facts=row.facts,
    )
