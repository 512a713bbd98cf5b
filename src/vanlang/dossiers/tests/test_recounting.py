"""A changed calendar: whatever rests on the changed days is counted again, once, and says why."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from vanlang.audit.api import RecordCard, list_records
from vanlang.calendars import api as calendars
from vanlang.calendars.api import Day, DayKind, DayStatus, LimitUnit, TimeLimit
from vanlang.calendars.types import DayHours, OfficeHours, Span
from vanlang.dossiers import services
from vanlang.dossiers.events import DossierDueMoved
from vanlang.dossiers.models import Dossier, DueChange, Seat
from vanlang.dossiers.queries import explain_due
from vanlang.dossiers.queries.recounting import lock_resting_on
from vanlang.dossiers.queries.times import time_facts_of
from vanlang.dossiers.rules.periods import FAR, CalendarChange, periods_of, within
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.services import recounting
from vanlang.dossiers.tests.factories import Lives, World
from vanlang.dossiers.tests.test_supplement import answers
from vanlang.dossiers.types import DueChangeKind
from vanlang.identity.api import SYSTEM
from vanlang.kernel import events
from vanlang.kernel.clock import VIETNAM, frozen

DECREE = "Quyết định nghỉ lễ năm 2027"
LATER = dt.datetime(2027, 1, 2, 8, 0, tzinfo=VIETNAM)


def instant(text: str) -> dt.datetime:
    return dt.datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=VIETNAM)


def off(text: str, name: str = "Nghỉ bù") -> Day:
    day = instant(f"{text} 00:00").date()
    return Day(on=day, kind=DayKind.OFF, name=name, status=DayStatus.DECREED, source=DECREE)


NEW_YEAR = (off("01/01/2027", "Tết Dương lịch"), off("04/01/2027"))


def decree(*days: Day, years: dict[int, DayStatus] | None = None, remove: tuple[dt.date, ...] = ()) -> None:
    calendars.change_days(days=days, remove=remove, years=years, source=DECREE, actor=SYSTEM, at=LATER)


def run_jobs() -> None:
    """Do every stored job in order, as a worker would."""
    since = 0
    with frozen(LATER):
        while job := ProcrastinateJob.objects.filter(id__gt=since).order_by("id").first():
            app.tasks[job.task_name](**job.args)
            since = job.id


def answer_all(world: World, dossier_id: uuid.UUID, at: dt.datetime) -> None:
    services.answer_supplement(dossier_id=dossier_id, answers=answers(world), actor=world.lan, at=at)


def recounts_of(dossier_id: uuid.UUID) -> list[RecordCard]:
    lines = list_records(object_type="dossier", object_id=dossier_id)
    return [line for line in lines if line.act == "dossiers.recount"]


def moves_of(dossier_id: uuid.UUID) -> list[DueChange]:
    return list(DueChange.objects.filter(dossier_id=dossier_id, kind=DueChangeKind.CALENDAR).order_by("id"))


@pytest.fixture
def heard() -> Iterator[list[DossierDueMoved]]:
    found: list[DossierDueMoved] = []
    events.subscribe(DossierDueMoved)(found.append)
    yield found
    events._handlers[DossierDueMoved.name].remove(found.append)


@pytest.fixture
def across_new_year(lives: Lives) -> uuid.UUID:
    """Three working days from 30/12/2026: over a New Year whose days off nobody has published."""
    return lives.to(State.IN_PROGRESS, at=instant("30/12/2026 09:00"))


def test_a_forecast_day_becomes_decreed(across_new_year: uuid.UUID, heard: list[DossierDueMoved]) -> None:
    before = Dossier.objects.get(pk=across_new_year)
    assert (before.due_at, before.due_is_forecast) == (instant("05/01/2027 17:00"), True)

    decree(*NEW_YEAR, years={2027: DayStatus.DECREED})
    run_jobs()

    after = Dossier.objects.get(pk=across_new_year)
    assert (after.due_at, after.due_is_forecast) == (instant("06/01/2027 17:00"), False)
    assert (after.original_due_at, after.version) == (before.due_at, before.version)
    assert after.calendar_version == calendars.get_version() > before.calendar_version
    assert [step["due_at"] for step in after.process][-1] == "2027-01-06T17:00:00+07:00"
    assert Seat.objects.get(dossier_id=across_new_year).due_at == after.due_at
    [move] = moves_of(across_new_year)
    assert (move.from_due_at, move.to_due_at) == (before.due_at, after.due_at)
    assert (move.reason, move.calendar_version) == (
        "Lịch thay đổi: 01/01/2027–05/01/2027",
        after.calendar_version,
    )
    [line] = recounts_of(across_new_year)
    assert dt.datetime.fromisoformat(line.facts["to_due_at"]) == after.due_at
    [event] = heard
    assert (event.dossier_id, event.from_due_at, event.due_at) == (
        across_new_year,
        before.due_at,
        after.due_at,
    )


def test_the_explanation_agrees_with_the_new_date(across_new_year: uuid.UUID, world: World) -> None:
    decree(*NEW_YEAR, years={2027: DayStatus.DECREED})
    run_jobs()
    explained = explain_due(across_new_year, actor=world.mai)
    assert explained is not None
    assert explained.due.due_at == Dossier.objects.get(pk=across_new_year).due_at
    assert not explained.due.forecast


def test_a_decree_that_confirms_moves_nothing_and_ends_the_forecast(
    across_new_year: uuid.UUID, heard: list[DossierDueMoved]
) -> None:
    decree(off("01/01/2027", "Tết Dương lịch"), years={2027: DayStatus.DECREED})
    run_jobs()
    row = Dossier.objects.get(pk=across_new_year)
    assert (row.due_at, row.due_is_forecast) == (instant("05/01/2027 17:00"), False)
    assert not Seat.objects.get(dossier_id=across_new_year).due_is_forecast
    assert (moves_of(across_new_year), heard) == ([], [])
    [line] = recounts_of(across_new_year)
    assert line.facts["forecast"] is False


def test_delivered_twice_it_counts_once(across_new_year: uuid.UUID, heard: list[DossierDueMoved]) -> None:
    decree(off("04/01/2027"))
    run_jobs()
    run_jobs()
    assert (len(moves_of(across_new_year)), len(recounts_of(across_new_year))) == (1, 1)
    assert len(set(map(repr, heard))) == 1


def test_a_day_off_that_is_taken_back_moves_it_nearer(lives: Lives) -> None:
    dossier_id = lives.to(State.RECEIVED)
    assert Dossier.objects.get(pk=dossier_id).due_at == instant("27/11/2026 17:00")
    decree(remove=(dt.date(2026, 11, 24),))
    run_jobs()
    assert Dossier.objects.get(pk=dossier_id).due_at == instant("26/11/2026 17:00")
    [move] = moves_of(dossier_id)
    assert move.reason == "Lịch thay đổi: 24/11/2026"


def test_pauses_and_extensions_stay(lives: Lives, world: World) -> None:
    dossier_id = lives.to(State.AWAITING_SUPPLEMENT)
    answer_all(world, dossier_id, instant("25/11/2026 09:00"))  # a day off and 2 hours of office time later
    services.extend(
        dossier_id=dossier_id,
        more=TimeLimit(2, LimitUnit.WORKING_DAY),
        reason="Chờ xác minh",
        actor=world.phuc,
        at=instant("26/11/2026 09:00"),
    )
    before = Dossier.objects.get(pk=dossier_id)
    decree(off("26/11/2026"), off("30/11/2026"))
    run_jobs()
    after = Dossier.objects.get(pk=dossier_id)
    explained = explain_due(dossier_id, actor=world.mai)
    assert explained is not None
    assert before.due_at is not None
    assert after.due_at == explained.due.due_at
    calendar = calendars.calendar_of(world.viet_tri.id)
    added = calendars.remaining(calendar, due_at=after.due_at or LATER, at=before.due_at).working_days
    assert added == 2
    kinds = list(
        DueChange.objects.filter(dossier_id=dossier_id).order_by("at", "id").values_list("kind", flat=True)
    )
    assert kinds == [DueChangeKind.RESUMED, DueChangeKind.EXTENDED, DueChangeKind.CALENDAR]


def test_a_dossier_that_waits_is_counted_again_and_goes_on_from_there(lives: Lives, world: World) -> None:
    dossier_id = lives.to(State.AWAITING_SUPPLEMENT)
    decree(off("26/11/2026"))
    run_jobs()
    waiting = Dossier.objects.get(pk=dossier_id)
    assert (waiting.state, waiting.due_at) == (State.AWAITING_SUPPLEMENT, instant("30/11/2026 17:00"))
    answer_all(world, dossier_id, instant("25/11/2026 17:00"))
    resumed = DueChange.objects.get(dossier_id=dossier_id, kind=DueChangeKind.RESUMED)
    assert resumed.from_due_at == waiting.due_at
    explained = explain_due(dossier_id, actor=world.mai)
    assert explained is not None
    assert resumed.to_due_at == explained.due.due_at > resumed.from_due_at


def test_what_is_finished_or_rests_on_other_days_is_left_alone(lives: Lives) -> None:
    finished = [
        lives.to(state) for state in (State.RELEASED, State.DELIVERED, State.STOPPED, State.WITHDRAWN)
    ]
    elsewhere = lives.to(State.RECEIVED, at=instant("30/11/2026 09:00"))
    before = {row.pk: row for row in Dossier.objects.all()}
    decree(off("26/11/2026"))
    run_jobs()
    for row in Dossier.objects.filter(pk__in=[*finished, elsewhere]):
        assert (row.due_at, row.calendar_version) == (
            before[row.pk].due_at,
            before[row.pk].calendar_version,
        )
    assert not DueChange.objects.exists()


def test_what_an_act_has_counted_with_the_new_edition_is_passed_over(lives: Lives, world: World) -> None:
    dossier_id = lives.to(State.AWAITING_SUPPLEMENT)
    decree(off("26/11/2026"))
    answer_all(world, dossier_id, instant("25/11/2026 09:00"))  # faster than the job
    counted = Dossier.objects.get(pk=dossier_id)
    run_jobs()
    assert Dossier.objects.get(pk=dossier_id).due_at == counted.due_at
    assert moves_of(dossier_id) == []


HALF_DAYS = OfficeHours(
    week=tuple(
        DayHours(morning=Span.between("07:00", "11:00"), afternoon=None) if day < 5 else DayHours(None, None)
        for day in range(7)
    ),
    same_day_until=15 * 60,
)


@pytest.mark.parametrize("whose", ["theirs", "ours", "everybody's"])
def test_office_hours_move_the_dossiers_of_their_agency(lives: Lives, world: World, whose: str) -> None:
    dossier_id = lives.to(State.RECEIVED)
    before = Dossier.objects.get(pk=dossier_id)
    agency_id = {"theirs": world.nong_trang.id, "ours": world.viet_tri.id, "everybody's": None}[whose]
    calendars.set_office_hours(
        agency_id=agency_id,
        hours=HALF_DAYS,
        from_on=dt.date(2026, 11, 25),
        source="Quyết định giờ làm việc",
        actor=SYSTEM,
        at=LATER,
    )
    run_jobs()
    after = Dossier.objects.get(pk=dossier_id)
    if whose == "theirs":
        assert (after.due_at, after.calendar_version) == (before.due_at, before.calendar_version)
    else:
        # three working days are six mornings now
        assert after.due_at == instant("02/12/2026 11:00")
        assert moves_of(dossier_id)[0].reason == "Lịch thay đổi: 25/11/2026–27/11/2026"


def test_the_counters_answer_is_counted_again(lives: Lives) -> None:
    filed = lives.to(State.SUBMITTED, at=instant("25/11/2026 15:00"))
    completed = lives.to(State.AWAITING_COMPLETION, at=instant("25/11/2026 15:00"))
    before = Dossier.objects.get(pk=completed).answer_due_at
    decree(off("26/11/2026"))
    run_jobs()
    assert Dossier.objects.get(pk=filed).answer_due_at == instant("27/11/2026 15:00")
    assert Dossier.objects.get(pk=completed).answer_due_at == before  # waits for the citizen: no clock
    assert len(recounts_of(filed)) == 1
    assert not DueChange.objects.exists()


def test_batches_go_on_where_the_last_ended(lives: Lives, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recounting, "BATCH", 2)
    dossiers = [lives.to(State.RECEIVED) for _ in range(5)]
    decree(off("26/11/2026"))
    run_jobs()
    assert [len(moves_of(dossier_id)) for dossier_id in dossiers] == [1] * 5


def test_the_selection_costs_two_queries_whatever_the_batch(
    lives: Lives, django_assert_num_queries: Callable[..., object]
) -> None:
    for _ in range(4):
        lives.to(State.RECEIVED)
    change = CalendarChange(version=10**6, periods=((dt.date(2026, 11, 1), FAR),))
    with django_assert_num_queries(2):
        rows = lock_resting_on(change, after=None, limit=100)
        assert len(time_facts_of(rows)) == 4


# --- rules, without a database ----------------------------------------------------------------

days = st.dates(dt.date(2026, 1, 1), dt.date(2026, 2, 28))


@given(st.lists(days), st.tuples(days, days))
def test_periods_choose_what_the_calendar_says(
    changed: list[dt.date], bounds: tuple[dt.date, dt.date]
) -> None:
    first_on, last_on = sorted(bounds)
    at = [dt.datetime.combine(day, dt.time(9), tzinfo=VIETNAM) for day in (first_on, last_on)]
    touched = within(periods_of(changed), first_on=first_on, last_on=last_on)
    assert bool(touched) == calendars.rests_on(at[0], at[1], changed)


@given(st.lists(days))
def test_periods_are_the_days_and_do_not_touch(changed: list[dt.date]) -> None:
    periods = periods_of(changed)
    spelled = [
        begins + dt.timedelta(days=number)
        for begins, ends in periods
        for number in range((ends - begins).days)
    ]
    assert spelled == sorted(set(changed))
    assert all(earlier[1] < later[0] for earlier, later in pairwise(periods))
