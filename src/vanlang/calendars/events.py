"""What this app tells the house: that stored due dates may have moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from vanlang.kernel.events import Event, event_type


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class DaysChanged(Event):
    """Days off or make-up days were changed, for every agency: recompute what rests on them (`api.rests_on`)."""

    name: ClassVar[str] = "calendars.days_changed"

    version: int
    """Edition of the calendar from now on."""

    days: Sequence[str]
    """The days, as ISO dates, in order: all days of a year whose list was published or withdrawn."""

    def dates(self) -> list[date]:
        """Return the days as dates."""
        return [date.fromisoformat(day) for day in self.days]


@event_type
@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeHoursChanged(Event):
    """Office hours were changed: recompute due dates on or after `from_on`."""

    name: ClassVar[str] = "calendars.office_hours_changed"

    version: int
    """Edition of the calendar from now on."""

    agency_id: int | None
    """Whose; None = the default of every agency without hours of its own."""

    from_on: date
    """First day that may count differently."""
