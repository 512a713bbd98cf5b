"""
Rating: what a citizen says of a dossier that is done. Bound to the dossier, never a condition for anything, never by staff.

A figure is only shown from five ratings on, so that nobody is recognised behind it. Law: unverified.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from vanlang.dossiers.rules.states import State
from vanlang.kernel.errors import Refusal

RATEABLE = frozenset({State.DELIVERED, State.RELEASED, State.REFUSED, State.STOPPED})
"""An answer was given: a result, or a reasoned no."""
EDIT_DAYS = dt.timedelta(days=30)
"""How long one's rating can be changed after it was first given."""
LEAST = 5
"""From how many ratings on a figure is shown."""
SATISFIED = 4
"""From which mark on somebody counts as satisfied."""


class RatingQuestion(StrEnum):
    """What is asked, each with a mark from 1 to 5."""

    OVERALL = "overall"
    GUIDANCE = "guidance"
    TIME = "time"
    EASE = "ease"


class RatingWay(StrEnum):
    """How a rating came: a fact of the evidence."""

    SIGNED_IN = "signed_in"
    TOKEN = "token"  # noqa: S105 - a word for the way, no secret


@dataclass(frozen=True, slots=True)
class Rater:
    """Who is about to rate, reduced to what the rule asks."""

    is_officer: bool
    was_officer_here: bool
    """This device, or this session, worked as an officer's a short while ago."""
    handled_it: bool
    """The same person did an act on the dossier as an officer."""


def may_rate(state: State, rater: Rater, *, rated_at: dt.datetime | None, at: dt.datetime) -> Refusal | None:
    """Say why a dossier cannot be rated now, by this one."""
    if rater.is_officer:
        return Refusal("dossiers.rating_by_officer")
    if rater.was_officer_here:
        return Refusal("dossiers.rating_on_officers_device")
    if rater.handled_it:
        return Refusal("dossiers.rating_by_handler")
    if state not in RATEABLE:
        return Refusal("dossiers.rating_too_early")
    if rated_at is not None and at >= rated_at + EDIT_DAYS:
        return Refusal("dossiers.rating_closed", {"days": EDIT_DAYS.days})
    return None


def check_marks(marks: dict[str, int]) -> Refusal | None:
    """Say why marks cannot stand: the first question is answered, every mark is one of 1 to 5."""
    if RatingQuestion.OVERALL not in marks:
        return Refusal("dossiers.rating_without_mark")
    if set(marks) - set(RatingQuestion) or any(not 1 <= mark <= 5 for mark in marks.values()):
        return Refusal("dossiers.rating_without_mark")
    return None


@dataclass(frozen=True, slots=True)
class Tally:
    """What many ratings say of one question; None where too few were given."""

    question: RatingQuestion
    count: int
    counts: tuple[int, ...] | None
    """How many gave 1, 2, 3, 4, 5."""
    mean: float | None
    satisfied: float | None
    """Share of marks from 4 on."""


def tally(question: RatingQuestion, marks: Sequence[int]) -> Tally:
    """Return what the marks of one question say; nothing below five."""
    if len(marks) < LEAST:
        return Tally(question, len(marks), None, None, None)
    counts = tuple(sum(mark == value for mark in marks) for value in range(1, 6))
    return Tally(
        question, len(marks), counts, sum(marks) / len(marks), sum(counts[SATISFIED - 1 :]) / len(marks)
    )


_DIGITS = re.compile(r"\d[\d .-]{7,}\d")
_MAIL = re.compile(r"\S+@\S+")


def without_numbers(text: str, names: Iterable[str]) -> str:
    """Return a free text without telephone and identity numbers, addresses, and the names that the dossier knows."""
    found = _MAIL.sub("…", _DIGITS.sub("…", text))
    for name in sorted(filter(None, names), key=len, reverse=True):
        found = re.sub(re.escape(name), "…", found, flags=re.IGNORECASE)
    return found


def sample(ids: Iterable[UUID], *, seed: str, size: int) -> list[UUID]:
    """Return `size` of the ids, chosen by a hash: the same for the same seed, so that nobody picks whom to call."""
    return sorted(ids, key=lambda one: hashlib.sha256(f"{seed}:{one}".encode()).digest())[:size]
