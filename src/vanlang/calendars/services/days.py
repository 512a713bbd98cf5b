from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import transaction

from vanlang.audit.api import ActorRef, record_act
from vanlang.calendars.errors import DaysNotReadableError
from vanlang.calendars.events import DaysChanged
from vanlang.calendars.models import DayRow, YearRow
from vanlang.calendars.queries import day_of
from vanlang.calendars.rules.reading import read_days
from vanlang.calendars.types import Day, DayStatus
from vanlang.kernel.events import publish
from vanlang.kernel.vietnamese import normalise

from .editions import lock_calendar, new_edition


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the table should say."""

    days: Sequence[Day] = ()
    remove: Sequence[date] = ()
    years: Mapping[int, tuple[DayStatus, str]] = field(default_factory=dict)
    by_hand: bool = True


@transaction.atomic
def change_days(
    *,
    days: Sequence[Day] = (),
    remove: Sequence[date] = (),
    years: Mapping[int, DayStatus] | None = None,
    source: str,
    actor: ActorRef,
    at: datetime,
) -> list[date]:
    """
    Write, replace and remove days off and make-up days, and say whether a year's list is published.

    What is written here is kept when the reference file is loaded again. Who may do it is the caller's question.
    Returns the days whose meaning changed; tells the house `DaysChanged` when there are any.
    Raises: DaysNotReadableError when two rows speak of one day.
    """
    named = [day.on for day in days] + list(remove)
    repeated = sorted({on for on in named if named.count(on) > 1})
    if repeated:
        raise DaysNotReadableError("calendars.day_repeated", on=repeated[0])
    statuses = {year: (status, source) for year, status in (years or {}).items()}
    changed = _apply(_Wanted(days=days, remove=remove, years=statuses), cause=source, at=at)
    if changed:
        record_act(
            act="calendars.change_days",
            actor=actor,
            object_type="calendar",
            object_id="days",
            at=at,
            facts={"days": [on.isoformat() for on in changed], "source": source},
        )
    return changed


@transaction.atomic
def load_days(path: Path, *, at: datetime) -> int:
    """
    Make the table say what a reference file says; return how many days changed. Idempotent.

    Rows that officers wrote are kept; rows that the file no longer names are removed.
    Raises: DaysNotReadableError when the file cannot be read.
    """
    days, years = read_days(path.read_text(encoding="utf-8"), where=path.name)
    lock_calendar()
    by_hand = set(DayRow.objects.filter(by_hand=True).values_list("on", flat=True))
    years_by_hand = set(YearRow.objects.filter(by_hand=True).values_list("year", flat=True))
    named = {day.on for day in days}
    wanted = _Wanted(
        days=[day for day in days if day.on not in by_hand],
        remove=list(DayRow.objects.filter(by_hand=False).exclude(on__in=named).values_list("on", flat=True)),
        years={year: row for year, row in years.items() if year not in years_by_hand},
        by_hand=False,
    )
    return len(_apply(wanted, cause=path.name, at=at))


def _apply(wanted: _Wanted, *, cause: str, at: datetime) -> list[date]:
    """Write what differs, and tell the house which days mean something else now."""
    lock_calendar()
    changed = _write_days(wanted) | _remove_days(wanted.remove) | _write_years(wanted)
    if not changed:
        return []
    days = sorted(changed)
    version = new_edition(cause=cause, at=at)
    publish(DaysChanged(at=at, version=version, days=[on.isoformat() for on in days]))
    return days


def _write_days(wanted: _Wanted) -> set[date]:
    known = {row.on: day_of(row) for row in DayRow.objects.all()}
    differing = [day for day in wanted.days if known.get(day.on) != day]
    DayRow.objects.bulk_create(
        (_row(day, by_hand=wanted.by_hand) for day in differing),
        update_conflicts=True,
        unique_fields=["on"],
        update_fields=["kind", "name", "status", "source", "make_up_for", "by_hand"],
    )
    return {day.on for day in differing}


def _row(day: Day, *, by_hand: bool) -> DayRow:
    return DayRow(
        on=day.on,
        kind=day.kind,
        name=normalise(day.name),
        status=day.status,
        source=day.source,
        make_up_for=day.make_up_for,
        by_hand=by_hand,
    )


def _remove_days(days: Iterable[date]) -> set[date]:
    rows = DayRow.objects.filter(on__in=list(days))
    removed = set(rows.values_list("on", flat=True))
    rows.delete()
    return removed


def _write_years(wanted: _Wanted) -> set[date]:
    known = {row.year: DayStatus(row.status) for row in YearRow.objects.all()}
    changed: set[date] = set()
    for year, (status, source) in wanted.years.items():
        if known.get(year) is not status:
            changed |= _days_of(year)
        YearRow.objects.update_or_create(
            year=year, defaults={"status": status, "source": source, "by_hand": wanted.by_hand}
        )
    return changed


def _days_of(year: int) -> set[date]:
    first = date(year, 1, 1)
    return {first + timedelta(days=day) for day in range((date(year + 1, 1, 1) - first).days)}
