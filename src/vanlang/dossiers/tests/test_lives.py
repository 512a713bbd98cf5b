"""A dossier from filing to delivery: every state is reached by the acts that lead there."""

from __future__ import annotations

import datetime as dt

import pytest

from vanlang.audit.api import list_records
from vanlang.dossiers import services
from vanlang.dossiers.events import DossierEvent
from vanlang.dossiers.models import Dossier, Movement, Outcome, Seat
from vanlang.dossiers.rules.states import FINAL, NATURE, State, waits_for
from vanlang.dossiers.tests.factories import Lives, World
from vanlang.kernel import events
from vanlang.kernel.clock import VIETNAM

ROW_STATES = [state for state in State if state is not State.DRAFT]


@pytest.mark.parametrize("state", [state for state in ROW_STATES if state is not State.SIGNED])
def test_every_state_is_reached_by_acts_and_keeps_its_owner(lives: Lives, state: State) -> None:
    row = Dossier.objects.get(pk=lives.to(state))
    assert row.waits_for == (waits_for(state, on_paper=row.on_paper) or "")
    assert (row.lies_at_id is None) == (state in FINAL)
    assert Movement.objects.filter(dossier=row).count() == row.version
    seat = Seat.objects.get(dossier=row, agency_id=row.competent_agency_id)
    assert (seat.state, seat.code, seat.waits_for, seat.holder_id) == (
        row.state,
        row.code,
        row.waits_for,
        row.holder_id,
    )
    assert seat.paused == (row.paused_at is not None)


def test_a_whole_life(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.DELIVERED)
    row = Dossier.objects.get(pk=dossier_id)
    assert row.code == "H44.100-261123-0001"
    # 3 working days from Monday 23/11: Tuesday 24/11 is a day off (Ngày Văn hóa Việt Nam)
    assert row.due_at == dt.datetime(2026, 11, 27, 17, 0, tzinfo=VIETNAM)
    assert row.original_due_at == row.due_at
    acts = list(Movement.objects.filter(dossier=row).order_by("number").values_list("act", flat=True))
    assert acts == ["submit", "receive", "assign", "propose", "approve", "release", "deliver"]
    audited = [record.act for record in list_records(object_type="dossier", object_id=dossier_id)]
    assert sorted(audited) == sorted(f"dossiers.{act}" for act in acts)
    outcome = Outcome.objects.get(dossier=row)
    assert outcome.number == "01/GKS-UBND"
    assert row.finished_at == row.released_at == world.at
    assert NATURE[State(row.state)].national == "10"


def test_the_process_orders_steps_and_shares_the_time(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.RECEIVED)
    row = Dossier.objects.get(pk=dossier_id)
    dues = [dt.datetime.fromisoformat(step["due_at"]) for step in row.process]
    assert dues == sorted(dues)
    assert dues[-1] == row.due_at
    lives.assign(dossier_id, world.at)
    row.refresh_from_db()
    assert row.process[row.position]["name"] == "Thẩm định"
    assert row.step_due_at == dues[1]
    assigned = Movement.objects.get(dossier=row, act="assign")
    assert (assigned.step_name, assigned.step_due_at) == ("Tiếp nhận", dues[0])


def test_filed_twice_is_one_dossier(world: World) -> None:
    first = services.submit(filing=world.filing(), actor=world.lan, at=world.at)
    again = services.submit(filing=world.filing(), actor=world.lan, at=world.at, dossier_id=first.dossier_id)
    assert again == first
    assert Dossier.objects.count() == 1


def test_at_the_counter_two_acts_are_one_transaction(world: World) -> None:
    moved = services.receive_at_counter(filing=world.filing(channel="direct"), actor=world.hung, at=world.at)
    assert (moved.state, moved.version, moved.code) == (State.RECEIVED, 2, "H44.100-261123-0001")


def test_every_act_publishes_its_event(world: World, lives: Lives, monkeypatch: pytest.MonkeyPatch) -> None:
    published: list[DossierEvent] = []
    monkeypatch.setattr("vanlang.kernel.events.publish", published.append)
    dossier_id = lives.to(State.DELIVERED)
    told = [event for event in published if isinstance(event, DossierEvent)]
    assert [event.name for event in told] == [
        "dossiers.submitted", "dossiers.received", "dossiers.moved", "dossiers.moved", "dossiers.outcome_approved",
        "dossiers.outcome_released", "dossiers.delivered",
    ]  # fmt: skip
    assert [event.number for event in told] == [1, 2, 3, 4, 5, 6, 7]
    assert {event.dossier_id for event in told} == {dossier_id}
    assert "Lan" not in repr(told)
    assert [events.from_json(event.name, events.to_json(event)) for event in told] == told
