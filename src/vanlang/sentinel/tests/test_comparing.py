"""A comparison as it is carried out: what it finds, heals, leaves to a person, settles; and what stops it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from vanlang.kernel.scope import Scope, acting
from vanlang.sentinel.errors import RangeError, RunGoesOnError, SystemNotComparedError
from vanlang.sentinel.models import ComparedDay, SyncDifference, SyncRun
from vanlang.sentinel.queries.runs import prove_month
from vanlang.sentinel.rules.courses import MOST_REMEDIES, holds_back
from vanlang.sentinel.rules.lenses import lens_for
from vanlang.sentinel.rules.versions import sides_of
from vanlang.sentinel.services.asking import ask_run
from vanlang.sentinel.services.comparing import DEAD_AFTER, carry_out, list_lost
from vanlang.sentinel.tests.conftest import AUGUST, Compare
from vanlang.sentinel.tests.copies import SYSTEM, Sides, a_record
from vanlang.sentinel.types import DifferenceState, Lens, RunState, StateOwner, Way

WAYS = pytest.mark.parametrize("way", [Way.DIGESTS, Way.LIST])


def standing() -> dict[str, str]:
    return dict(SyncDifference.objects.exclude(state="settled").values_list("code", "state"))


@WAYS
def test_equal_sides_are_proved_equal(compare: Compare, way: Way) -> None:
    run = compare(way)
    assert (run.state, run.compared, run.differing) == (RunState.DONE, 40, 0)
    proof = prove_month(SYSTEM, 2026, 8)
    assert proof.is_equal
    assert (proof.records, len(proof.days)) == (40, 10)


def test_equal_sides_cost_one_question(compare: Compare, sides: Sides) -> None:
    compare(Way.DIGESTS)
    assert sides.questions == 1


@WAYS
def test_what_differs_is_one_row_with_both_versions(compare: Compare, sides: Sides, way: Way) -> None:
    lost, altered = sides.mine[0], sides.mine[1]
    sides.lose(lost.code)
    sides.alter(altered.code, due="20260101170000")
    sides.theirs.append(replace(sides.mine[2]))
    stranger = a_record(777, day=5)
    sides.theirs.append(stranger)
    sides.delivers = False
    run = compare(way)
    rows = {row.code: row for row in SyncDifference.objects.all()}
    assert {code: row.kinds for code, row in rows.items()} == {
        lost.code: ["lost"], altered.code: ["dates"], sides.mine[2].code: ["doubled"], stranger.code: ["strange"],
    }  # fmt: skip
    assert sides_of(rows[altered.code].versions) == ((altered,), (replace(altered, due="20260101170000"),))
    assert (run.differing, run.compared, run.given_remedy) == (4, 40, 3)
    assert not prove_month(SYSTEM, 2026, 8).is_equal


def test_ours_is_told_again_and_the_next_run_says_that_it_helped(compare: Compare, sides: Sides) -> None:
    code = sides.mine[0].code
    sides.lose(code)
    compare()
    assert sides.sent == [code]
    assert standing() == {code: "healing"}
    run = compare(later=1)
    assert (run.settled, run.differing) == (1, 0)
    assert standing() == {}
    assert SyncDifference.objects.get().settled_in == run


def test_what_survives_two_healings_is_a_persons(compare: Compare, sides: Sides) -> None:
    code = sides.mine[0].code
    sides.lose(code)
    sides.delivers = False
    for night in range(6):
        compare(later=night)
    assert sides.sent == [code] * MOST_REMEDIES
    row = SyncDifference.objects.get()
    assert (row.state, row.remedy) == ("open", "person")
    assert row.found_in != row.seen_in


def test_theirs_is_fetched_where_they_own_it(compare: Compare, sides: Sides) -> None:
    stranger = a_record(500, day=4)
    sides.theirs.append(stranger)
    compare()
    assert (sides.fetched, sides.sent) == ([stranger.code], [])
    assert compare(later=1).settled == 1


def test_a_state_that_never_was_here_is_a_persons_and_one_of_before_is_not(
    compare: Compare, sides: Sides
) -> None:
    behind, never = sides.mine[0], sides.mine[1]
    sides.alter(behind.code, state="4")
    sides.alter(never.code, state="8")
    sides.earlier[behind.code] = sides.earlier[never.code] = frozenset({"2", "4"})
    compare()
    kinds = dict(SyncDifference.objects.values_list("code", "kinds"))
    assert kinds == {behind.code: ["behind"], never.code: ["state"]}
    assert standing() == {behind.code: "healing", never.code: "open"}
    assert sides.sent == [behind.code]


def test_what_is_under_way_is_no_difference_and_is_not_judged(compare: Compare, sides: Sides) -> None:
    code = sides.mine[0].code
    sides.lose(code)
    sides.moving.add(code)
    run = compare()
    assert (run.differing, run.under_way, standing()) == (0, 1, {})
    sides.moving.clear()
    sides.delivers = False
    compare(later=1)
    sides.moving.add(code)
    assert compare(later=2).settled == 0
    assert standing() == {code: "healing"}


def test_a_range_settles_only_what_it_covers(compare: Compare, sides: Sides) -> None:
    lost = next(one for one in sides.mine if one.day == "20260803")
    sides.lose(lost.code)
    compare()
    other_days = (dt.date(2026, 8, 4), dt.date(2026, 8, 31))
    assert compare(days=other_days, later=1).settled == 0
    assert compare(later=2).settled == 1


def test_a_record_that_stands_there_under_another_day_is_not_called_lost(
    compare: Compare, sides: Sides
) -> None:
    moved = next(one for one in sides.mine if one.day == "20260803")
    sides.alter(moved.code, received="20260909081500")
    compare(days=(dt.date(2026, 8, 3), dt.date(2026, 8, 3)))
    assert SyncDifference.objects.get().kinds == ["dates"]


def test_when_too_much_differs_nothing_is_healed_by_itself(compare: Compare, sides: Sides) -> None:
    sides.mine = [a_record(number, day=1 + number % 28) for number in range(1, 301)]
    sides.theirs = []
    run = compare()
    assert (run.held_back, run.given_remedy, run.differing) == (True, 0, 300)
    assert sides.sent == []
    assert set(standing().values()) == {"open"}


@pytest.mark.parametrize(
    ("differing", "compared", "held"),
    [(0, 0, False), (200, 0, False), (201, 300, True), (900, 1_000_000, False), (20_001, 1_000_000, True)],
)
def test_so_much_is_a_crowd(differing: int, compared: int, held: bool) -> None:
    assert holds_back(differing, compared) is held


def test_a_silent_side_concludes_nothing(compare: Compare, sides: Sides) -> None:
    sides.lose(sides.mine[0].code)
    compare()
    sides.is_silent = True
    run = compare(later=1)
    assert (run.state, run.reason, run.settled) == (RunState.FAILED, "sentinel.no_answer", 0)
    assert len(standing()) == 1
    sides.is_silent = False
    assert compare(later=2).state == RunState.DONE


def test_a_fault_concludes_nothing_and_the_next_run_can_start(
    compare: Compare, sides: Sides, monkeypatch: pytest.MonkeyPatch
) -> None:
    sides.lose(sides.mine[0].code)

    def broken(*args: object) -> frozenset[str]:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(sides, "send", broken)
        run = compare()
    assert (run.state, run.reason) == (RunState.FAILED, "sentinel.broke_off")
    assert SyncDifference.objects.count() == ComparedDay.objects.count() == 0
    assert compare().state == RunState.DONE


def test_two_comparisons_of_a_system_never_run_at_once(sides: Sides, at: dt.datetime) -> None:
    first = ask_run(system=SYSTEM, first_on=AUGUST[0], last_on=AUGUST[1], at=at, defer=False)
    with pytest.raises(RunGoesOnError):
        ask_run(system=SYSTEM, first_on=AUGUST[0], last_on=AUGUST[1], at=at, defer=False)
    SyncRun.objects.filter(pk=first).update(state=RunState.RUNNING)
    assert carry_out(run_id=first, clock=lambda: at) is None
    assert SyncRun.objects.get().state == RunState.RUNNING


def test_a_dead_workers_run_is_taken_over(sides: Sides, at: dt.datetime) -> None:
    key = ask_run(system=SYSTEM, first_on=AUGUST[0], last_on=AUGUST[1], at=at, defer=False)
    SyncRun.objects.filter(pk=key).update(state=RunState.RUNNING)
    later = at + DEAD_AFTER + dt.timedelta(seconds=1)
    assert list_lost(at) == []
    assert list_lost(later) == [key]
    assert carry_out(run_id=key, clock=lambda: later) is RunState.DONE
    assert carry_out(run_id=key, clock=lambda: later) is None


@pytest.mark.parametrize("days", [(AUGUST[1], AUGUST[0]), (dt.date(1990, 1, 1), dt.date(2026, 1, 1))])
def test_days_that_are_none(sides: Sides, at: dt.datetime, days: tuple[dt.date, dt.date]) -> None:
    with pytest.raises(RangeError):
        ask_run(system=SYSTEM, first_on=days[0], last_on=days[1], at=at, defer=False)


def test_a_system_that_nobody_knows(db: None, at: dt.datetime) -> None:
    with pytest.raises(SystemNotComparedError):
        ask_run(system="nowhere", first_on=AUGUST[0], last_on=AUGUST[1], at=at, defer=False)


def test_an_export_is_compared_and_heals_nothing_by_itself(
    compare: Compare, sides: Sides, at: dt.datetime
) -> None:
    lost = sides.mine[0]
    run = compare(Way.EXPORT, export=[one for one in sides.mine if one != lost], as_of_at=at)
    assert (run.differing, run.given_remedy, run.export) == (1, 0, None)
    assert standing() == {lost.code: "open"}
    assert compare(later=1).settled == 1


def test_an_export_that_cannot_say_everything_settles_nothing(
    compare: Compare, sides: Sides, at: dt.datetime
) -> None:
    altered = sides.mine[0]
    sides.alter(altered.code, results=())
    sides.delivers = False
    compare()
    assert standing() == {altered.code: "healing"}
    export = [replace(one, received=one.day, results=()) for one in sides.mine]
    blind = lens_for(export, {"code", "agency", "state", "received", "due", "finished", "returned"})
    assert blind == Lens(frozenset({"results"}), (("received", 8),))
    run = compare(Way.EXPORT, export=export, lens=blind, as_of_at=at, later=1)
    assert (run.differing, run.settled) == (0, 0)
    assert standing() == {altered.code: "healing"}


def test_one_open_difference_for_a_code(compare: Compare, sides: Sides) -> None:
    sides.lose(sides.mine[0].code)
    compare()
    row = SyncDifference.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_other_agencies_officers_see_nothing(compare: Compare, sides: Sides) -> None:
    sides.lose(sides.mine[0].code)
    compare()
    assert SyncDifference.objects.count() == 1
    with acting(Scope.officer(999_999)):
        assert SyncDifference.objects.count() == SyncRun.objects.count() == ComparedDay.objects.count() == 0


def test_an_owner_of_the_other_side_is_never_overwritten(compare: Compare, sides: Sides) -> None:
    theirs = sides.mine[0]
    sides.owners[theirs.code] = StateOwner.THERE
    sides.alter(theirs.code, due="20260101170000")
    compare()
    assert (sides.sent, sides.fetched) == ([], [theirs.code])
    assert sides.mine[-1].due == "20260101170000"
    assert SyncDifference.objects.get().state == DifferenceState.HEALING


def test_of_what_they_own_no_more_is_compared_than_a_reference_holds(compare: Compare, sides: Sides) -> None:
    sides.reference_lens = Lens(frozenset({"returned", "results"}))
    finished, moved = sides.mine[0], sides.mine[1]
    sides.owners |= {finished.code: StateOwner.THERE, moved.code: StateOwner.THERE}
    sides.alter(finished.code, results=(), returned="20260820100000")
    sides.alter(moved.code, results=(), state="10")
    run = compare()
    assert (run.differing, sides.fetched) == (1, [moved.code])
    assert SyncDifference.objects.get().kinds == ["state"]
