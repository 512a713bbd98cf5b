from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, time
from threading import Lock

from django.db.models import Max

from vanlang.calendars.models import DayRow, Edition, OfficeHoursRow, YearRow
from vanlang.calendars.rules.work_calendar import WorkCalendar, compile_calendar
from vanlang.calendars.types import (
    CLOSED,
    Day,
    DayHours,
    DayKind,
    DayStatus,
    DayTable,
    HoursPeriod,
    OfficeHours,
    Span,
)

COVERED_FROM = date(2024, 1, 1)
COVERED_TO = date(2031, 12, 31)


@dataclass(slots=True)
class _Shelf:
    """Compiled calendars of one edition. Agencies without hours of their own share the default one."""

    version: int
    table: DayTable
    periods: dict[int | None, list[HoursPeriod]]
    calendars: dict[int | None, WorkCalendar] = field(default_factory=dict)

    def calendar_of(self, agency_id: int | None) -> WorkCalendar:
        key = agency_id if agency_id in self.periods else None
        if key not in self.calendars:
            own = self.periods.get(key, []) if key is not None else []
            self.calendars[key] = compile_calendar(
                [*own, *self.periods.get(None, [])],
                self.table,
                first_on=COVERED_FROM,
                last_on=COVERED_TO,
                version=self.version,
            )
        return self.calendars[key]


_lock = Lock()
_shelf: list[_Shelf] = []


def calendar_of(agency_id: int | None) -> WorkCalendar:
    """
    Return the working time of an agency (of the province's default, for None).

    Compiled once per process and edition; each call asks the database for the edition only.
    Raises: CalendarGapError when no office hours are known for a day.
    """
    version = get_version()
    with _lock:
        if not _shelf or _shelf[0].version != version:
            # Rows that are committed after the version was read are newer than it says: the next call compiles again.
            _shelf[:] = [_Shelf(version, get_day_table(), list_hours_periods())]
        return _shelf[0].calendar_of(agency_id)


def get_version() -> int:
    """Return the edition of the calendar: it grows with every change of days or hours; 0 before the first."""
    return Edition.objects.aggregate(newest=Max("id"))["newest"] or 0


def get_day_table() -> DayTable:
    """Return every day off and make-up day, and the years whose list was published."""
    decreed = YearRow.objects.filter(status=DayStatus.DECREED).values_list("year", flat=True)
    return DayTable.of(list_days(), decreed_years=decreed)


def list_days(*, year: int | None = None) -> list[Day]:
    """Return days off and make-up days, in order."""
    rows = DayRow.objects.order_by("on")
    if year is not None:
        rows = rows.filter(on__year=year)
    return [day_of(row) for row in rows]


def list_hours_periods() -> dict[int | None, list[HoursPeriod]]:
    """Return office hours by agency (None = default), each list in order of its days."""
    weeks: dict[tuple[int | None, date, date | None, time], dict[int, DayHours]] = defaultdict(dict)
    for row in OfficeHoursRow.objects.order_by("valid_from", "id"):
        key = (row.agency_id, row.valid_from, row.valid_to, row.same_day_until)
        weeks[key][row.weekday] = DayHours(
            morning=_span(row.morning_opens, row.morning_closes),
            afternoon=_span(row.afternoon_opens, row.afternoon_closes),
        )
    periods: dict[int | None, list[HoursPeriod]] = defaultdict(list)
    for (agency_id, valid_from, valid_to, same_day_until), week in weeks.items():
        hours = OfficeHours(
            week=tuple(week.get(weekday, CLOSED) for weekday in range(7)),
            same_day_until=_minute(same_day_until),
        )
        periods[agency_id].append(HoursPeriod(hours, valid_from, valid_to))
    return dict(periods)


def day_of(row: DayRow) -> Day:
    """Return a row of the table as a value."""
    return Day(
        on=row.on,
        kind=DayKind(row.kind),
        name=row.name,
        status=DayStatus(row.status),
        source=row.source,
        make_up_for=row.make_up_for,
    )


def _span(opens: time | None, closes: time | None) -> Span | None:
    return None if opens is None or closes is None else Span(_minute(opens), _minute(closes))


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
