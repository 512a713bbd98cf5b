"""
What may be said of an entry on a day. All periods are half-open: `valid_from` is its first day, `expires_on` and `ended_on`
are the first days on which it holds no longer.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from vanlang.registers.types import Ending, EntryState, Grade

_OF_ENDING = {Ending.REPLACED: EntryState.REPLACED, Ending.REVOKED: EntryState.REVOKED}


@dataclass(frozen=True, slots=True)
class Span:
    """From when, until when, and how it ended if it ended before its time."""

    valid_from: dt.date
    expires_on: dt.date | None = None
    ended_on: dt.date | None = None
    ended_as: Ending | None = None


def state_on(span: Span, day: dt.date) -> EntryState:
    """
    Return what may be said of an entry on `day`.

    An ending is stronger than a term: what was revoked in March is revoked in June, also when it would have expired in May.
    """
    if day < span.valid_from:
        return EntryState.NOT_YET
    if span.ended_on is not None and span.ended_as is not None and day >= span.ended_on:
        return _OF_ENDING[span.ended_as]
    if span.expires_on is not None and day >= span.expires_on:
        return EntryState.EXPIRED
    return EntryState.VALID


def expiry(valid_from: dt.date, months: int | None) -> dt.date | None:
    """Return the first day on which an entry of so many months holds no longer; a month that is too short gives its last day."""
    if months is None:
        return None
    year, month = divmod(valid_from.year * 12 + valid_from.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(valid_from.day, last))


def why_not_usable(state: EntryState, grade: Grade) -> str:
    """Return the code of the sentence that says why an entry cannot stand in for a paper; empty when it can."""
    match state:
        case EntryState.VALID:
            return "registers.has_gaps" if grade is Grade.C else ""
        case EntryState.NOT_YET:
            return "registers.not_yet_valid"
        case EntryState.EXPIRED:
            return "registers.expired"
        case EntryState.REPLACED:
            return "registers.replaced"
        case EntryState.REVOKED:
            return "registers.revoked"


def grade_of(*, has_gaps: bool, was_completed: bool) -> Grade:
    """Return how good the provenance of an entry's current facts is."""
    if has_gaps:
        return Grade.C
    return Grade.B if was_completed else Grade.A
