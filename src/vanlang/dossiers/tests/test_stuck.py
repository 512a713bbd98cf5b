"""What lies still is found within the hour, raised after a working day, told once, and closed when it moves."""

from __future__ import annotations

import datetime as dt

import pytest

from vanlang.dossiers import labels, services
from vanlang.dossiers.events import DossierStuck
from vanlang.dossiers.jobs import watch_dossiers
from vanlang.dossiers.models import Alarm, Dossier
from vanlang.dossiers.queries import count_stuck, list_stuck
from vanlang.dossiers.queries.stuck import list_findings, still_before
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.rules.stuck import StuckReason
from vanlang.dossiers.services.watching import watch
from vanlang.dossiers.tests.factories import Lives, World
from vanlang.identity.api import SYSTEM, end_appointment, scope_of
from vanlang.kernel import events
from vanlang.kernel.clock import VIETNAM, frozen
from vanlang.kernel.scope import Scope, acting
from vanlang.organizations.api import NewName, find_agency_by_code, merge

HOUR = dt.timedelta(hours=1)


def instant(text: str) -> dt.datetime:
    return dt.datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=VIETNAM)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[DossierStuck]:
    """Alarms as they are told."""
    heard: list[DossierStuck] = []
    publish = events.publish

    def hear(event: events.Event) -> None:
        if isinstance(event, DossierStuck):
            heard.append(event)
        publish(event)

    monkeypatch.setattr(events, "publish", hear)
    return heard


def end(world: World, who: str, on: dt.date) -> None:
    appointment_id = getattr(world, who).appointment_id
    end_appointment(appointment_id=appointment_id, on=on, actor=SYSTEM, at=world.at)


def test_a_finding_is_an_alarm_after_more_than_a_working_day(
    world: World, lives: Lives, told: list[DossierStuck]
) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    end(world, "mai", world.at.date())
    first = watch(at=world.at + HOUR)
    assert (first.found, first.raised, told) == (2, 0, [])
    assert count_stuck(world.viet_tri.id) == 0
    wednesday = instant("25/11/2026 17:00")
    assert watch(at=wednesday).raised == 0, (
        "24/11 is a day off; 17:00 of the next working day itself is still the first day"
    )
    assert watch(at=wednesday + HOUR).raised == 2
    assert watch(at=wednesday + HOUR).raised == 0
    assert {(one.dossier_id, one.agency_id, one.reason, one.since) for one in told} == {
        (dossier_id, world.viet_tri.id, reason, world.at + HOUR)
        for reason in ("holder_gone", "nobody_can_act")
    }
    assert count_stuck(world.viet_tri.id) == 1


def test_the_head_reads_one_line_a_dossier_with_every_reason(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    end(world, "mai", world.at.date())
    watch(at=world.at + HOUR)
    with acting(scope_of(world.phuc)):
        [card] = list_stuck(world.viet_tri.id, instant("26/11/2026 09:00"))
    assert (card.dossier_id, card.reasons) == (
        dossier_id,
        (StuckReason.HOLDER_GONE, StuckReason.NOBODY_CAN_ACT),
    )
    assert card.sentences[0] == labels.STUCK[StuckReason.HOLDER_GONE]
    assert (card.applicant, card.working_days, card.is_alarm) == ("Nguyễn T. L.", 2, False)
    assert card.owner.appointment_id == world.mai.appointment_id


def test_another_agency_is_told_nothing(world: World, lives: Lives) -> None:
    lives.to(State.IN_PROGRESS)
    end(world, "mai", world.at.date())
    watch(at=world.at + HOUR)
    with acting(scope_of(world.nong_trang.leader)):
        assert list_stuck(world.viet_tri.id, world.at + HOUR) == ()
        assert not Alarm.objects.exists()


def test_what_moves_again_is_closed_and_kept(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.APPROVED)
    end(world, "thao", world.at.date())
    watch(at=world.at + HOUR)
    services.return_for_rework(
        dossier_id=dossier_id, reason="Sai tên", actor=world.phuc, at=world.at + 2 * HOUR
    )
    assert watch(at=world.at + 2 * HOUR).closed == 1
    assert list_stuck(world.viet_tri.id, world.at + 2 * HOUR) == ()
    [row] = Alarm.objects.all()
    assert (row.reason, row.closed_at, row.raised_at) == ("nobody_can_act", world.at + 2 * HOUR, None)


STILL = [
    (State.IN_PROGRESS, "27/11/2026 16:00", False),
    (State.IN_PROGRESS, "02/12/2026 09:00", True),
    (State.SUBMITTED, "01/12/2026 09:00", True),
    (State.AWAITING_SUPPLEMENT, "30/12/2026 09:00", False),
    (State.RELEASED, "30/12/2026 09:00", False),
    (State.DELIVERED, "30/12/2026 09:00", False),
]


@pytest.mark.parametrize(("state", "seen", "stuck"), STILL)
def test_standing_still_is_counted_from_the_planned_end(
    world: World, lives: Lives, state: State, seen: str, *, stuck: bool
) -> None:
    """Three working days of Việt Trì: the specialist's step ends on 25/11 or 26/11; who waits for others never stands still."""
    dossier_id = lives.to(state)
    found = {one.dossier_id for one in list_findings(instant(seen)) if one.reason is StuckReason.STANDS_STILL}
    assert found == ({dossier_id} if stuck else set())


def test_the_weekend_is_no_standing_still(world: World) -> None:
    assert still_before(instant("30/11/2026 10:00")) == instant("25/11/2026 10:00")


def test_an_act_ends_the_standing_still(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    later = instant("02/12/2026 09:00")
    Dossier.objects.filter(pk=dossier_id).update(moved_at=later - HOUR)
    assert list_findings(later) == []


def test_the_heir_of_a_merged_agency_sees_what_lay_there(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.RECEIVED)
    merge(
        codes=["H44.100", "H44.101"],
        into="H44.102",
        name=NewName("UBND phường Âu Cơ", "Phường Âu Cơ"),
        effective_on=dt.date(2026, 12, 1),
        decision="1/NQ-UBTVQH",
        actor=SYSTEM,
        at=world.at,
    )
    heir = find_agency_by_code("H44.102", dt.date(2026, 12, 1))
    assert heir is not None
    at = instant("01/12/2026 08:00")
    with frozen(at):
        watch_dossiers(timestamp=int(at.timestamp()))
    with acting(Scope.officer(agency_id=heir.id)):
        [card] = list_stuck(heir.id, at)
    assert (card.dossier_id, card.reasons[0]) == (dossier_id, StuckReason.AGENCY_GONE)


def test_a_finding_stands_once_however_often_the_watch_runs(world: World, lives: Lives) -> None:
    lives.to(State.IN_PROGRESS)
    end(world, "mai", world.at.date())
    for hour in range(3):
        watch(at=world.at + (hour + 1) * HOUR)
    assert sorted(Alarm.objects.values_list("reason", flat=True)) == ["holder_gone", "nobody_can_act"]
    assert set(Alarm.objects.values_list("since", flat=True)) == {world.at + HOUR}
