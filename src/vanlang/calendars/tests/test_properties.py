"""What is true of every due date, whatever the day."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from vanlang.calendars.labels import badge
from vanlang.calendars.rules.counting import begin, due, runs_of
from vanlang.calendars.rules.explaining import steps_of
from vanlang.calendars.rules.remaining import is_late, remaining, rests_on
from vanlang.calendars.rules.sharing import split
from vanlang.calendars.rules.work_calendar import WorkCalendar, compile_calendar
from vanlang.calendars.types import (
    Day,
    DayKind,
    DayTable,
    Extension,
    HoursPeriod,
    LimitUnit,
    Pause,
    StepKind,
    TimeLimit,
)

from . import strategies
from .cases import FIRST_ON, LAST_ON
from .world import USUAL, WITH_SATURDAY, table, viet_tri

calendars = st.sampled_from([viet_tri(USUAL), viet_tri(WITH_SATURDAY)])


def due_at(calendar: WorkCalendar, received_at: datetime, limit: TimeLimit, *pauses: Pause) -> datetime:
    found = due(calendar, received_at=received_at, limit=limit, pauses=pauses).due_at
    assert found is not None
    return found


@given(calendars, strategies.instants, st.integers(0, 20_000), strategies.limits)
def test_who_hands_in_later_is_not_served_earlier(
    calendar: WorkCalendar, received_at: datetime, later: int, limit: TimeLimit
) -> None:
    assert due_at(calendar, received_at, limit) <= due_at(
        calendar, received_at + timedelta(minutes=later), limit
    )


@given(calendars, strategies.instants, strategies.limits, st.lists(strategies.pauses, max_size=3))
def test_a_due_date_is_office_time_after_the_receipt(
    calendar: WorkCalendar, received_at: datetime, limit: TimeLimit, pauses: list[Pause]
) -> None:
    found = calendar.minute_of(due_at(calendar, received_at, limit, *pauses))
    assert found >= calendar.minute_of(received_at)
    day = found // 1440
    assert calendar.is_working(day)
    # the minute before is worked: a due date is never in a break, never at night, never on a day off
    assert calendar.worked_until(found) - calendar.worked_until(found - 1) == 1
    if not pauses and limit.unit is not LimitUnit.HOUR:
        assert found in {day * 1440 + half.closes for half in calendar.hours_of(day).halves}


@given(calendars, strategies.instants, strategies.office_limits, strategies.pauses)
def test_a_pause_adds_exactly_its_working_time(
    calendar: WorkCalendar, received_at: datetime, limit: TimeLimit, pause: Pause
) -> None:
    received = calendar.minute_of(received_at)
    _, clock_from, run_out, _ = begin(calendar, received, limit)
    without, with_pause = due_at(calendar, received_at, limit), due_at(calendar, received_at, limit, pause)
    assert pause.to_at is not None
    begins = max(clock_from, calendar.minute_of(pause.from_at))
    ends = max(begins, calendar.minute_of(pause.to_at))
    lost = calendar.worked_until(ends) - calendar.worked_until(begins)
    if calendar.minute_of(pause.from_at) >= run_out:
        lost = 0
    added = calendar.worked_until(calendar.minute_of(with_pause)) - calendar.worked_until(
        calendar.minute_of(without)
    )
    assert added == lost


@given(calendars, strategies.instants, strategies.days, st.integers(1, 10), st.integers(1, 20))
def test_a_pause_of_whole_days_adds_as_many_calendar_days(
    calendar: WorkCalendar, received_at: datetime, limit: TimeLimit, after: int, length: int
) -> None:
    received = calendar.minute_of(received_at)
    _, clock_from, run_out, _ = begin(calendar, received, limit)
    midnight = calendar.instant_of(clock_from) + timedelta(days=after)
    pause = Pause(midnight, midnight + timedelta(days=length))
    run = runs_of(calendar, received, limit, [pause], [])[0]
    expected = length * 1440 if calendar.minute_of(midnight) < run_out else None
    assert expected is None or run.run_out - run_out == expected


@given(
    calendars,
    strategies.instants,
    strategies.limits,
    st.lists(strategies.pauses, max_size=2),
    st.lists(strategies.extensions, max_size=2),
)
def test_an_explanation_ends_with_the_due_date_and_accounts_for_every_minute(
    calendar: WorkCalendar,
    received_at: datetime,
    limit: TimeLimit,
    pauses: list[Pause],
    extensions: list[Extension],
) -> None:
    answer, steps = steps_of(
        calendar, received_at=received_at, limit=limit, pauses=pauses, extensions=extensions
    )
    assert answer == due(calendar, received_at=received_at, limit=limit, pauses=pauses, extensions=extensions)
    assert steps[-1].kind is StepKind.DUE
    assert steps[-1].at == answer.due_at
    assert any(step.kind is StepKind.FORECAST for step in steps) is answer.forecast
    runs = runs_of(calendar, calendar.minute_of(received_at), limit, pauses, extensions)
    assert sum(step.minutes for step in steps) == sum(
        _budget(calendar, run.begins, run.limit) for run in runs
    )


def _budget(calendar: WorkCalendar, begins: int, limit: TimeLimit) -> int:
    _, clock_from, run_out, _ = begin(calendar, begins, limit)
    if limit.unit in {LimitUnit.DAY, LimitUnit.MONTH}:
        return run_out - clock_from
    return calendar.worked_until(run_out) - calendar.worked_until(clock_from)


@given(
    calendars,
    strategies.instants,
    strategies.limits,
    st.lists(st.integers(0, 500), min_size=1, max_size=8).filter(any),
    st.lists(strategies.pauses, max_size=2),
)
def test_shares_sum_to_the_whole_and_end_with_it(
    calendar: WorkCalendar, received_at: datetime, limit: TimeLimit, plan: list[int], pauses: list[Pause]
) -> None:
    shares = split(calendar, received_at=received_at, limit=limit, planned_minutes=plan, pauses=pauses)
    assert shares is not None
    assert len(shares) == len(plan)
    assert shares[-1].due_at == due_at(calendar, received_at, limit, *pauses)
    ends = [share.due_at for share in shares]
    assert ends == sorted(ends)
    assert ends[0] >= received_at
    if not pauses:
        left = remaining(calendar, due_at=ends[-1], at=received_at)
        assert sum(share.working_minutes for share in shares) == left.working_minutes


@given(calendars, strategies.instants, strategies.limits, strategies.instants)
def test_remaining_and_late_tell_one_story(
    calendar: WorkCalendar, received_at: datetime, limit: TimeLimit, now: datetime
) -> None:
    found = due_at(calendar, received_at, limit)
    left = remaining(calendar, due_at=found, at=now)
    assert left.is_late is is_late(due_at=found, at=now) is (now > found)
    assert left.working_days >= 0
    assert left.working_minutes >= 0
    assert badge(left).startswith("quá hạn" if left.is_late else ("còn", "hạn hôm nay"))


@given(strategies.instants, strategies.limits, st.integers(0, 900))
def test_a_changed_day_outside_receipt_and_due_date_changes_nothing(
    received_at: datetime, limit: TimeLimit, day: int
) -> None:
    changed = FIRST_ON + timedelta(days=366 + day)
    before = due_at(viet_tri(), received_at, limit)
    rows = dict(table().rows) | {changed: Day(changed, DayKind.OFF, "Nghỉ theo thông báo")}
    calendar = compile_calendar(
        [HoursPeriod(USUAL, FIRST_ON)],
        DayTable(rows, table().decreed_years),
        first_on=FIRST_ON,
        last_on=LAST_ON,
    )
    if not rests_on(received_at, before, [changed]):
        assert due_at(calendar, received_at, limit) == before
