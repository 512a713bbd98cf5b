"""What the house is told: due dates, explanations, what remains."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple


class DueDate(NamedTuple):
    """
    When the outcome must be delivered.

    A named tuple, not a dataclass: it is made 200,000 times a second when a province is recomputed.
    """

    due_at: datetime | None
    """The last lawful minute, in Vietnam's zone; None while a pause is open."""

    forecast: bool
    """Whether the count crossed a day that no decree has settled: show "dự kiến"."""

    calendar_version: int
    """Which edition of the calendar was used; compare with `WorkCalendar.version` to find stale ones."""

    @property
    def is_stopped(self) -> bool:
        """Whether the clock stands still."""
        return self.due_at is None


class StepKind(enum.StrEnum):
    """What one step of a count says."""

    RECEIVED = "received"
    RECEIVED_BEFORE_OPENING = "received_before_opening"
    RECEIVED_AT_BREAK = "received_at_break"
    RECEIVED_AFTER_CLOSING = "received_after_closing"
    RECEIVED_ON_DAY_OFF = "received_on_day_off"
    LIMIT = "limit"
    SAME_DAY = "same_day"
    SAME_DAY_MISSED = "same_day_missed"
    WORKED = "worked"
    """Office time that counts, on one day or a run of days."""
    RAN = "ran"
    """Calendar days that count, days off included."""
    RESTED = "rested"
    """A weekly day off, or a run of them."""
    OFF = "off"
    """A day off that the table names."""
    PAUSED = "paused"
    ROLLED = "rolled"
    """The last day is no working day: the due date moves to the next one."""
    RESUMED_LATE = "resumed_late"
    """The clock went on after the limit had run out: due on the first closing after that."""
    EXTENDED = "extended"
    FORECAST = "forecast"
    STOPPED = "stopped"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a count: facts, not yet a sentence."""

    kind: StepKind
    """What it says."""

    from_on: date
    """Its first day."""

    to_on: date
    """Its last day (the same for most)."""

    at: datetime | None = None
    """Its instant, when it has one."""

    minutes: int = 0
    """Minutes of the limit that it uses up."""

    facts: dict[str, object] = field(default_factory=dict)
    """What the sentence names."""

    law: str | None = None
    """Anchor in docs/reference/law.md, or None."""


@dataclass(frozen=True, slots=True)
class ExplanationLine:
    """One line of an explanation, ready to be read."""

    kind: StepKind
    """What it says."""

    from_on: date
    """Its first day."""

    to_on: date
    """Its last day."""

    at: datetime | None
    """Its instant, when it has one."""

    says: str
    """The sentence, in Vietnamese."""

    minutes: int
    """Minutes of the limit that it uses up; they sum to the whole."""

    law: str | None
    """Anchor in docs/reference/law.md, or None."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A due date and every line that leads to it. The last line is the due date."""

    due: DueDate
    """The answer."""

    lines: tuple[ExplanationLine, ...]
    """Why."""


@dataclass(frozen=True, slots=True)
class Remaining:
    """How far away a due date is, measured in working time."""

    is_late: bool
    """Whether it has passed: the counts below then say by how much."""

    working_days: int
    """Working days between today and the due day; 0 on the day itself."""

    working_minutes: int
    """Office minutes between now and the due date."""


class Timeliness(enum.StrEnum):
    """How a finished dossier stands to its due date."""

    EARLY = "early"
    """Finished on a day before the due day."""
    ON_TIME = "on_time"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class StepShare:
    """The part of a time limit that one internal step may use. It never replaces the legal due date."""

    due_at: datetime
    """When the step should be done."""

    working_minutes: int
    """Office minutes given to it; the shares sum to the whole."""
