"""The night's comparison, and those whose worker died."""

from __future__ import annotations

import datetime as dt

from vanlang.kernel.clock import frozen
from vanlang.sentinel import jobs
from vanlang.sentinel.models import SyncRun
from vanlang.sentinel.services.asking import ask_run
from vanlang.sentinel.services.comparing import DEAD_AFTER
from vanlang.sentinel.tests.conftest import AUGUST
from vanlang.sentinel.tests.copies import SYSTEM, Sides
from vanlang.sentinel.types import RunState, Way


def test_every_night_up_to_yesterday(sides: Sides, at: dt.datetime) -> None:
    with frozen(at):
        jobs.nightly(0)
    run = SyncRun.objects.get()
    assert (run.state, run.way, run.asked_by_id, run.compared) == (RunState.DONE, Way.DIGESTS, None, 40)
    assert (run.first_on, run.last_on) == (
        at.date() - dt.timedelta(days=401),
        at.date() - dt.timedelta(days=1),
    )


def test_a_night_waits_for_who_is_before_it(sides: Sides, at: dt.datetime) -> None:
    key = ask_run(system=SYSTEM, first_on=AUGUST[0], last_on=AUGUST[1], at=at, defer=False)
    with frozen(at):
        jobs.nightly(0)
        assert SyncRun.objects.get().state == RunState.WAITING
        jobs.compare(run_id=str(key))
    assert SyncRun.objects.get().state == RunState.DONE


def test_a_system_that_only_exports_is_not_asked_at_night(sides: Sides, at: dt.datetime) -> None:
    sides.ways = ()
    with frozen(at):
        jobs.nightly(0)
    assert SyncRun.objects.count() == 0


def test_what_nobody_carries_on_is_taken_over(sides: Sides, at: dt.datetime) -> None:
    ask_run(system=SYSTEM, first_on=AUGUST[0], last_on=AUGUST[1], at=at, defer=False)
    with frozen(at):
        jobs.sweep(0)
    assert SyncRun.objects.get().state == RunState.WAITING
    with frozen(at + DEAD_AFTER * 2):
        jobs.sweep(0)
    assert SyncRun.objects.get().state == RunState.DONE
