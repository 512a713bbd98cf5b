"""Every open dossier has an owner, a clock and a next step; the command finds the ones that do not."""

from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command

from vanlang.dossiers.models import Dossier
from vanlang.dossiers.queries import prove
from vanlang.dossiers.rules.states import OPEN, State
from vanlang.dossiers.tests.factories import Lives, World
from vanlang.identity.api import SYSTEM, end_appointment
from vanlang.kernel.clock import frozen


def test_lives_led_by_acts_are_proved(world: World, lives: Lives) -> None:
    for state in sorted(OPEN - {State.SIGNED}):
        lives.to(state)
    lives.to(State.DELIVERED)
    proof = prove(world.at)
    assert proof.holds
    assert proof.open == len(OPEN) - 1
    out = StringIO()
    with frozen(world.at):
        call_command("dossiers", "check", stdout=out)
    assert "Mọi hồ sơ đang mở đều có người giữ" in out.getvalue()


def test_a_holder_who_left_is_found(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    end_appointment(
        appointment_id=world.mai.appointment_id or 0, on=world.at.date(), actor=SYSTEM, at=world.at
    )
    found = {(v.dossier_id, v.lacks) for v in prove(world.at).violations}
    assert found == {(dossier_id, "owner"), (dossier_id, "next_step")}
    out = StringIO()
    with frozen(world.at), pytest.raises(SystemExit) as stopped:
        call_command("dossiers", "check", stdout=out)
    assert stopped.value.code == 1
    assert "H44.100-261123-0001 (Đang xử lý): chưa có người giữ" in out.getvalue()


def test_an_office_without_a_clerk_is_found(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.APPROVED)
    end_appointment(
        appointment_id=world.thao.appointment_id or 0, on=world.at.date(), actor=SYSTEM, at=world.at
    )
    [violation] = prove(world.at).violations
    assert (violation.dossier_id, violation.lacks) == (dossier_id, "next_step")


@pytest.mark.parametrize(
    ("state", "damage", "lacks"),
    [
        (State.SUBMITTED, {"waits_for": "leader"}, "owner"),
        (State.RELEASED, {"released_at": None}, "clock"),
    ],
)
def test_damaged_rows_are_found(
    world: World, lives: Lives, state: State, damage: dict[str, object], lacks: str
) -> None:
    dossier_id = lives.to(state)
    Dossier.objects.filter(pk=dossier_id).update(**damage)
    assert (dossier_id, lacks) in {(v.dossier_id, v.lacks) for v in prove(world.at).violations}


def test_a_dossier_at_the_wrong_agency_is_found(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.RECEIVED)
    Dossier.objects.filter(pk=dossier_id).update(lies_at=world.nong_trang.id)
    [violation] = prove(world.at + dt.timedelta(days=1)).violations
    assert (violation.dossier_id, violation.detail) == (dossier_id, "lies_at is not intake_agency_id")
