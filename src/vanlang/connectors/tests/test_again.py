"""Telling again what another system lost, and knowing what is still under way."""

from __future__ import annotations

import datetime as dt

from vanlang.connectors.models import Outgoing
from vanlang.connectors.queries.health import list_under_way
from vanlang.connectors.services.telling import tell_again, tell_all
from vanlang.connectors.tests.conftest import TOWER, Tower
from vanlang.connectors.types import OutgoingState, Subject, SystemVerdict

STATE, STEP = Subject.of("state", "a", 3), Subject.of("step", "a", 3)


def test_what_was_told_is_told_once_more_under_a_new_round(tower: Tower) -> None:
    tell_all(system=TOWER.code, subjects=[STATE, STEP], at=tower.at)
    tower.send()
    assert tell_again(system=TOWER.code, subjects=[STATE, STEP], at=tower.at) == {"a"}
    tower.send()
    assert tower.state.said() == tower.step.said() == [("a", 3), ("a", 3)]
    assert sorted(Outgoing.objects.values_list("kind", "round")) == [
        ("state", 0), ("state", 1), ("step", 0), ("step", 1),
    ]  # fmt: skip


def test_what_was_never_told_is_told(tower: Tower) -> None:
    tell_again(system=TOWER.code, subjects=[STATE], at=tower.at)
    tower.send()
    assert tower.state.said() == [("a", 3)]


def test_what_waits_waits_once(tower: Tower) -> None:
    tell_all(system=TOWER.code, subjects=[STATE], at=tower.at)
    for _ in range(3):
        assert tell_again(system=TOWER.code, subjects=[STATE], at=tower.at) == {"a"}
    assert Outgoing.objects.count() == 1
    steps = [Subject.of("step", "a", number) for number in (1, 2, 3)]
    tell_all(system=TOWER.code, subjects=steps[:1], at=tower.at)
    tell_again(system=TOWER.code, subjects=steps, at=tower.at)
    tower.send()
    assert tower.step.said() == [("a", 1), ("a", 2), ("a", 3)]


def test_a_dead_snapshot_gives_way_and_a_dead_step_does_not(tower: Tower) -> None:
    tower.state.next_verdicts = [SystemVerdict.REFUSED]
    tell_all(system=TOWER.code, subjects=[STATE], at=tower.at)
    tower.send()
    tell_again(system=TOWER.code, subjects=[STATE], at=tower.at)
    tower.send()
    assert tower.state.said() == [("a", 3)]
    tower.step.next_verdicts = [SystemVerdict.REFUSED]
    tell_all(system=TOWER.code, subjects=[STEP], at=tower.at)
    tower.send()
    tell_again(system=TOWER.code, subjects=[STEP], at=tower.at)
    tower.send()
    assert tower.step.said() == []
    assert Outgoing.objects.filter(kind="step", state=OutgoingState.DEAD).count() == 1


def test_what_is_under_way(tower: Tower) -> None:
    hour = dt.timedelta(hours=1)

    def moving(since: dt.datetime) -> frozenset[str]:
        return list_under_way(TOWER.code, ["a", "b"], since)

    assert moving(tower.at) == frozenset()
    tell_all(system=TOWER.code, subjects=[STATE], at=tower.at)
    assert moving(tower.at + hour) == {"a"}
    tower.send()
    assert moving(tower.at - hour) == {"a"}
    assert moving(tower.at + hour) == frozenset()
    tower.state.next_verdicts = [SystemVerdict.REFUSED]
    tell_again(system=TOWER.code, subjects=[Subject.of("state", "b", 1)], at=tower.at)
    tower.send()
    assert moving(tower.at - hour) == {"a"}
    assert list_under_way("elsewhere", ["a"], tower.at - hour) == frozenset()
