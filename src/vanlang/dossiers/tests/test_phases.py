"""Procedures of two phases: each has its due date, and between them the citizen owes something while the limit pauses."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.documents.tests.pages import text_of
from vanlang.dossiers import services
from vanlang.dossiers.errors import ActNotPossible, NotAcceptable
from vanlang.dossiers.events import ObligationRequested
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.queries import get_for_citizen, prove
from vanlang.dossiers.rules import steps
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.states import Party, State
from vanlang.dossiers.rules.steps import Step
from vanlang.dossiers.services.notices import notify
from vanlang.dossiers.tests.factories import Lives, World
from vanlang.dossiers.types import Form, Paper
from vanlang.kernel.clock import VIETNAM
from vanlang.notifications.models import Message
from vanlang.notifications.queries.messages import get_letter

A_DAY = dt.timedelta(days=1)
ROLES = st.sampled_from([Party.COUNTER, Party.SPECIALIST, Party.LEADER, Party.CLERK])
phased = st.lists(st.tuples(ROLES, st.integers(0, 1)), min_size=1, max_size=8).map(
    lambda rows: [
        Step("Bước", party, 1, phase=1 + sum(jump for _, jump in rows[1 : index + 1]))
        for index, (party, _) in enumerate(rows)
    ]
)


@given(phased, st.data())
def test_no_act_but_the_second_intake_leaves_a_phase(process: list[Step], data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(process) - 1))
    act = data.draw(st.sampled_from([one for one in Act if one is not Act.FULFIL_OBLIGATION]))
    after = steps.position_after(
        act, steps=process, position=position, waits_for=data.draw(ROLES), onward=data.draw(st.booleans())
    )
    assert process[after].phase == process[position].phase
    second = steps.position_after(
        Act.FULFIL_OBLIGATION, steps=process, position=position, waits_for=Party.SPECIALIST
    )
    assert second == position or process[second].phase > process[position].phase


@given(phased)
def test_phases_are_told_in_order_and_only_when_there_are_several(process: list[Step]) -> None:
    phases = steps.phases_of(steps=process, position=0)
    numbers = sorted({step.phase for step in process})
    assert [phase.number for phase in phases] == (numbers if len(numbers) > 1 else [])
    assert steps.phases_in_order([step.phase for step in process])
    assert sum(phase.is_now for phase in phases) <= 1


def test_a_life_of_two_phases(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS, **lives.phased())
    row = Dossier.objects.get(pk=dossier_id)
    due_at = row.due_at
    first, second = get_for_citizen(dossier_id, actor=world.lan, at=world.at).phases
    assert first.due_at is not None and second.due_at == due_at
    assert (first.is_now, first.due_at < due_at) == (True, True)  # type: ignore[operator] # received
    with pytest.raises(ActNotPossible) as refused:
        lives.propose(dossier_id, world.at)
    assert refused.value.code == "dossiers.phase_remains"
    with pytest.raises(NotAcceptable):
        services.close_phase(dossier_id=dossier_id, obligation=" ", actor=world.mai, at=world.at)
    lives.close_phase(dossier_id, world.at)
    page = get_for_citizen(dossier_id, actor=world.lan, at=world.at)
    assert "chờ người nộp thực hiện nghĩa vụ" in page.status
    assert [phase.is_over for phase in page.phases] == [True, False]
    assert page.history[-1].note == "Nộp lệ phí trước bạ"
    assert prove(world.at).holds
    paid_at = world.at + 7 * A_DAY
    receipt = Paper(name="Giấy nộp tiền", originals=1)
    services.fulfil_obligation(dossier_id=dossier_id, papers=(receipt,), actor=world.hung, at=paid_at)
    row.refresh_from_db()
    assert (row.state, row.holder_id, row.position) == (State.IN_PROGRESS, world.mai.appointment_id, 2)
    assert row.due_at is not None and due_at is not None and row.due_at > due_at, (
        "waiting for the citizen pauses"
    )
    now = get_for_citizen(dossier_id, actor=world.lan, at=paid_at)
    assert [phase.is_now for phase in now.phases] == [False, True]
    assert now.phases[1].due_at == row.due_at
    printed = services.print_form(
        dossier_id,
        form=Form.RECEIPT,
        address_of=lambda token: f"https://x/{token}",
        actor=world.hung,
        at=paid_at,
    )
    text = " ".join(text_of(printed).split())
    assert "giai đoạn 02" in text and "Giấy tờ nộp lần này gồm" in text
    assert "Giấy nộp tiền" in text and "Giấy chứng sinh" not in text, (
        "what was handed in now, and nothing else"
    )
    assert "Nộp lệ phí trước bạ" in text, "what was owed before it"
    due, received = (when.astimezone(VIETNAM) for when in (row.due_at, paid_at))
    told = [f"ngày {when.day:02d} tháng {when.month:02d} năm {when.year}" for when in (due, received)]
    assert "hẹn lại" in text and all(one in text for one in told), (told, text)
    lives.propose(dossier_id, paid_at)


def test_a_process_of_one_phase_has_none(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    assert get_for_citizen(dossier_id, actor=world.lan, at=world.at).phases == ()
    with pytest.raises(ActNotPossible) as refused:
        lives.close_phase(dossier_id, world.at)
    assert refused.value.code == "dossiers.no_phase_follows"


def test_the_citizen_is_told_what_they_owe(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS, **lives.phased())
    lives.close_phase(dossier_id, world.at)
    row = Dossier.objects.get(pk=dossier_id)
    notify(
        ObligationRequested(
            at=world.at, dossier_id=row.pk, number=row.version, code=row.code, state=str(row.state),
            agency_id=row.competent_agency_id,
        )
    )  # fmt: skip
    [message] = Message.objects.filter(object_id=str(row.pk), template="obligation_requested")
    assert any("Nộp lệ phí trước bạ" in line for line in get_letter(message.pk).paragraphs)
