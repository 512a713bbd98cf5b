"""What can go wrong when a deadline is counted."""

from __future__ import annotations

from vanlang.kernel.errors import Conflict, Invalid


class CalendarGapError(Conflict):
    """The calendar does not cover the period; facts: `first_on`, `last_on`."""

    code = "calendars.gap"


class DaysNotReadableError(Invalid):
    """A reference file or a changed row cannot be read as days off; facts: `where`, `what`."""

    code = "calendars.days_not_readable"
