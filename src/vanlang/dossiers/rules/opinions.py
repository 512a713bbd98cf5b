"""
Opinions of others: who may be asked, and how an answer stands to its own time limit.

Other agencies pause the time limit of the dossier while they are asked; units of the same agency never do. Either has
a limit of its own, in working days of who was asked; one that is not kept is shown, and the asker may go on without it.

Law: unverified
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum

from vanlang.dossiers.rules.lateness import Timeliness, timeliness
from vanlang.kernel.errors import Refusal

MOST_DAYS = 30
"""Working days that an opinion may be given at most."""


class OpinionStatus(StrEnum):
    """How an opinion stands."""

    AWAITED = "awaited"
    MISSED = "missed"
    """Awaited, and past its time."""
    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    FORGONE = "forgone"
    """Gone on without."""


_GIVEN = {
    Timeliness.EARLY: OpinionStatus.EARLY,
    Timeliness.ON_TIME: OpinionStatus.ON_TIME,
    Timeliness.LATE: OpinionStatus.LATE,
}


def may_ask(
    asked: Sequence[int], *, asked_already: Collection[int], suitable: Collection[int], days: int
) -> Refusal | None:
    """Return why these cannot be asked: nobody is, one is not to be asked here, one is awaited already, or no time is given."""
    if not asked:
        return Refusal("dossiers.nobody_asked")
    if not set(asked) <= set(suitable):
        return Refusal("dossiers.adviser_not_suitable")
    if set(asked) & set(asked_already):
        return Refusal("dossiers.asked_already")
    if not 1 <= days <= MOST_DAYS:
        return Refusal("dossiers.opinion_days", {"most": MOST_DAYS})
    return None


def status_of(
    *, due_at: datetime, answered_at: datetime | None, forgone_at: datetime | None, at: datetime
) -> OpinionStatus:
    """Return how an opinion stands at an instant."""
    if answered_at is not None:
        return _GIVEN[timeliness(due_at=due_at, finished_at=answered_at, at=at)]
    if forgone_at is not None:
        return OpinionStatus.FORGONE
    return OpinionStatus.MISSED if is_late(due_at, at) else OpinionStatus.AWAITED


def is_late(due_at: datetime, at: datetime) -> bool:
    """Tell whether `at` is after the due minute, as everywhere in the house."""
    return timeliness(due_at=due_at, finished_at=at, at=at) is Timeliness.LATE
