from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from vanlang.audit.api import ActorRef, record_act
from vanlang.calendars.events import OfficeHoursChanged
from vanlang.calendars.models import OfficeHoursRow
from vanlang.calendars.queries import list_hours_periods
from vanlang.calendars.rules.reading import read_office_hours
from vanlang.calendars.types import HoursPeriod, OfficeHours, Span
from vanlang.kernel.events import publish
from vanlang.organizations.api import find_agency_by_code

from .editions import lock_calendar, new_edition


@transaction.atomic
def set_office_hours(
    *, agency_id: int | None, hours: OfficeHours, from_on: date, source: str, actor: ActorRef, at: datetime
) -> int:
    """
    Give an agency (or, for None, every agency without hours of its own) other office hours from a day on.

    What held before ends that day; what was planned for later is replaced. Who may do it is the caller's question.
    Returns the version of the calendar from now on.
    """
    lock_calendar()
    _replace(agency_id, HoursPeriod(hours, from_on), source)
    record_act(
        act="calendars.set_office_hours",
        actor=actor,
        object_type="calendar",
        object_id=f"office-hours/{agency_id or 'default'}",
        at=at,
        facts={"from_on": from_on.isoformat(), "source": source},
    )
    return _tell(agency_id, from_on, source, at)


@transaction.atomic
def drop_office_hours(*, agency_id: int, from_on: date, source: str, actor: ActorRef, at: datetime) -> int:
    """
    Take away the office hours that an agency was given from a day on; what held before holds on. The default stays.

    Returns the version of the calendar from now on.
    """
    lock_calendar()
    rows = OfficeHoursRow.objects.filter(agency_id=agency_id)
    rows.filter(valid_from=from_on).delete()
    rows.filter(valid_to=from_on).update(valid_to=None)
    record_act(
        act="calendars.drop_office_hours",
        actor=actor,
        object_type="calendar",
        object_id=f"office-hours/{agency_id}",
        at=at,
        facts={"from_on": from_on.isoformat(), "source": source},
    )
    return _tell(agency_id, from_on, source, at)


@transaction.atomic
def load_office_hours(path: Path, *, at: datetime) -> int:
    """
    Add the periods of a reference file for agencies (and the default) that have no hours yet. Idempotent.

    Returns how many periods were added. Agencies that the house does not know yet are skipped.
    Raises: DaysNotReadableError when the file cannot be read.
    """
    lock_calendar()
    known = set(list_hours_periods())
    added = 0
    for code, period, source in read_office_hours(path.read_text(encoding="utf-8"), where=path.name):
        agency = find_agency_by_code(code, at.date()) if code else None
        agency_id = agency.id if agency else None
        if (code and agency is None) or agency_id in known:
            continue
        _add(agency_id, period, source)
        _tell(agency_id, period.from_on, path.name, at)
        added += 1
    return added


def _replace(agency_id: int | None, period: HoursPeriod, source: str) -> None:
    whose = Q(agency__isnull=True) if agency_id is None else Q(agency_id=agency_id)
    rows = OfficeHoursRow.objects.filter(whose)
    rows.filter(valid_from__gte=period.from_on).delete()
    rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=period.from_on)).update(valid_to=period.from_on)
    _add(agency_id, period, source)


def _add(agency_id: int | None, period: HoursPeriod, source: str) -> None:
    OfficeHoursRow.objects.bulk_create(
        OfficeHoursRow(
            agency_id=agency_id,
            weekday=weekday,
            morning_opens=_opens(day.morning),
            morning_closes=_closes(day.morning),
            afternoon_opens=_opens(day.afternoon),
            afternoon_closes=_closes(day.afternoon),
            same_day_until=_time(period.hours.same_day_until),
            valid_from=period.from_on,
            valid_to=period.to_on,
            source=source,
        )
        for weekday, day in enumerate(period.hours.week)
        if day.halves
    )


def _tell(agency_id: int | None, from_on: date, cause: str, at: datetime) -> int:
    version = new_edition(cause=cause, at=at)
    publish(OfficeHoursChanged(at=at, version=version, agency_id=agency_id, from_on=from_on))
    return version


def _opens(span: Span | None) -> time | None:
    return _time(span.opens) if span else None


def _closes(span: Span | None) -> time | None:
    return _time(span.closes) if span else None


def _time(minute: int) -> time:
    return time(*divmod(minute, 60))
