"""
What an officer is told in the morning: one message instead of many.

A part without lines is left out, and a day without any part tells nothing: a message that says "nothing" teaches its
reader not to read. Parts stand in the order in which they press.

Law: unverified
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum


class DigestPart(StrEnum):
    """A part of the digest, the most pressing first."""

    ALARMS = "alarms"
    """Dossiers that are stuck, for leaders."""
    LATE = "late"
    DUE_SOON = "due_soon"
    NEW = "new"
    """Came to the officer since the last digest."""
    MENTIONS = "mentions"
    FOLLOWED = "followed"
    SUBSTITUTION = "substitution"


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One line: what is named, and what is said of it."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for one part: the first lines, and how many there are in all."""

    lines: tuple[DigestLine, ...]
    total: int


@dataclass(frozen=True, slots=True)
class DigestSection:
    """One part as it is told."""

    part: DigestPart
    lines: tuple[DigestLine, ...]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.lines)


@dataclass(frozen=True, slots=True)
class DigestContent:
    """A day's digest."""

    day: date
    sections: tuple[DigestSection, ...]

    @property
    def is_empty(self) -> bool:
        return not self.sections

    def count(self, part: DigestPart) -> int:
        return next((one.total for one in self.sections if one.part is part), 0)


def compose(day: date, found: Mapping[DigestPart, Found]) -> DigestContent:
    """Return the digest of a day, of what was found."""
    sections = tuple(
        DigestSection(part, found[part].lines, found[part].total)
        for part in DigestPart
        if part in found and found[part].total
    )
    return DigestContent(day, sections)


def is_due(*, at: datetime, hour: int, is_sent: bool, is_working_day: bool, told_on: Sequence[date]) -> bool:
    """Tell whether a digest is to be sent now: wanted, on a working day, from its hour on, and not yet today."""
    return is_sent and is_working_day and at.time() >= time(hour) and at.date() not in told_on
