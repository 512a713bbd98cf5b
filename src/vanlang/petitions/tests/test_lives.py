"""Petitions live through the real commands: every state, every clock, every turn."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from vanlang.dossiers.models import Dossier
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import Lives
from vanlang.identity.api import SYSTEM
from vanlang.petitions import queries, services
from vanlang.petitions.errors import (
    PetitionActError,
    PetitionChangedError,
    PetitionNotAllowedError,
    PetitionNotFoundError,
)
from vanlang.petitions.models import (
    PetitionMovement,
)
from vanlang.petitions.tests.factories import ANSWER, SENDER, TEXT, Desk
from vanlang.petitions.types import (
    PetitionFilter,
    PetitionKind,
    PetitionSource,
    PetitionState,
    Sender,
)

_S = PetitionState


@pytest.mark.parametrize("state", list(PetitionState))
def test_every_state_is_reached_and_its_page_can_be_read(desk: Desk, state: PetitionState) -> None:
    filed = desk.in_state(state)
    row = desk.row(filed)
    assert row.state == state
    moves = list(PetitionMovement.objects.filter(petition=row).order_by("number"))
    assert [move.number for move in moves] == list(range(1, row.version + 1))
    assert moves[-1].to_state == state
    page = queries.get_petition(filed.id, actor=desk.world.mai, purpose="Xem phản ánh", at=desk.at)
    assert page.state is state
    assert queries.get_sender_page(filed.id, key=desk.key(filed), at=desk.at).state is state


def test_the_clocks_of_a_filed_petition(desk: Desk) -> None:
    """From Monday 23/11/2026, with 24/11 a day off since 2026."""
    row = desk.row(desk.file())
    assert row.decide_due_at.date() == dt.date(2026, 11, 26)
    assert row.ask_due_at.date() == dt.date(2026, 12, 1)
    assert row.handle_due_at is not None
    assert row.handle_due_at.date() == dt.date(2026, 12, 15)
    assert row.due_at == row.decide_due_at


def test_waiting_for_the_sender_stops_the_clock_of_handling(desk: Desk) -> None:
    filed = desk.asked()
    waiting = desk.row(filed)
    assert (waiting.handle_due_at, waiting.due_at) == (None, None)
    back = desk.at + dt.timedelta(days=7)
    services.supplement(petition_id=filed.id, text="Quầy số 2.", key=desk.key(filed), at=back)
    row = desk.row(filed)
    assert row.state == _S.ACCEPTED
    assert row.due_at == row.handle_due_at
    assert row.handle_due_at is not None
    assert row.handle_due_at.date() == dt.date(2026, 12, 21), "four working days were waited for"


def test_the_agency_goes_on_when_the_time_of_the_sender_is_over(desk: Desk) -> None:
    filed = desk.asked()
    with pytest.raises(PetitionActError, match="sender_has_time"):
        services.go_on(petition_id=filed.id, actor=desk.world.mai, at=desk.at + dt.timedelta(days=1))
    services.go_on(petition_id=filed.id, actor=desk.world.mai, at=desk.at + dt.timedelta(days=9))
    assert desk.row(filed).state == _S.ACCEPTED


def test_publishing_has_two_working_days_from_the_answer(desk: Desk) -> None:
    row = desk.row(desk.answered())
    assert row.publish_due_at is not None
    assert row.publish_due_at.date() == dt.date(2026, 11, 26)
    assert row.due_at == row.publish_due_at
    assert row.handled_at == desk.at


def test_routing_begins_the_first_clock_anew_and_leaves_the_one_of_handling(desk: Desk) -> None:
    filed = desk.classified()
    before = desk.row(filed)
    later = desk.at + dt.timedelta(days=2)
    services.route(
        petition_id=filed.id, agency_id=desk.world.nong_trang.id, note="Thuộc phường Nông Trang",
        actor=desk.world.mai, at=later,
    )  # fmt: skip
    row = desk.row(filed)
    assert row.agency_id == desk.world.nong_trang.id
    assert row.handle_due_at == before.handle_due_at
    assert row.decide_due_at > before.decide_due_at
    with pytest.raises(PetitionNotFoundError):
        queries.get_petition(filed.id, actor=desk.world.mai, purpose="Xem", at=later)
    other = desk.world.nong_trang.specialist
    assert queries.get_petition(filed.id, actor=other, purpose="Xem", at=later).code == filed.code


def test_a_stale_page_changes_nothing(desk: Desk) -> None:
    filed = desk.classified()
    with pytest.raises(PetitionChangedError):
        services.accept(petition_id=filed.id, actor=desk.world.mai, at=desk.at, expected_version=1)
    assert desk.row(filed).state == _S.CLASSIFIED


def test_who_wrote_an_answer_does_not_approve_it(desk: Desk) -> None:
    filed = desk.proposed()
    both = replace(desk.world.mai, roles=desk.world.mai.roles | desk.world.phuc.roles)
    with pytest.raises(PetitionNotAllowedError, match="own_answer"):
        services.approve_answer(petition_id=filed.id, actor=both, at=desk.at)
    with pytest.raises(PetitionNotAllowedError, match="act_not_for_role"):
        services.approve_answer(petition_id=filed.id, actor=desk.world.hung, at=desk.at)


def test_the_leader_sends_back_and_every_version_stays(desk: Desk) -> None:
    filed = desk.proposed()
    services.send_back(petition_id=filed.id, note="Nêu rõ ngày bắt đầu.", actor=desk.world.phuc, at=desk.at)
    leader = desk.world.phuc.appointment_id
    assert leader is not None
    again = replace(ANSWER, text=ANSWER.text + " Bắt đầu từ thứ Hai.")
    services.propose_answer(
        petition_id=filed.id, words=again, leader_id=leader, actor=desk.world.mai, at=desk.at
    )
    page = queries.get_petition(filed.id, actor=desk.world.phuc, purpose="Duyệt trả lời", at=desk.at)
    assert [one.number for one in page.answers] == [2, 1]
    assert page.answers[1].note == "Nêu rõ ngày bắt đầu."
    assert page.answer is not None
    assert page.answer.words.text == again.text


def test_before_there_is_an_answer_nothing_is_said_of_it(desk: Desk) -> None:
    filed = desk.accepted()
    with pytest.raises(PetitionActError):
        services.say_satisfaction(petition_id=filed.id, is_satisfied=True, key=desk.key(filed), at=desk.at)


@pytest.mark.parametrize("kind", [PetitionKind.COMPLAINT, PetitionKind.DENUNCIATION])
def test_a_complaint_is_told_where_it_belongs_and_shown_on_to_nobody(desk: Desk, kind: PetitionKind) -> None:
    filed = desk.referred(kind)
    page = queries.get_petition(filed.id, actor=desk.world.phuc, purpose="Xem phản ánh", at=desk.at)
    assert page.is_hidden
    assert TEXT not in repr(vars_of(page))
    assert page.sender == Sender()
    (line,) = queries.list_inbox(desk.world.mai, pile=PetitionFilter.DONE, at=desk.at)
    assert line.title == "Nội dung không hiển thị"
    told = queries.get_sender_page(filed.id, key=desk.key(filed), at=desk.at)
    assert "nơi tiếp công dân" in told.end_do_now
    assert told.text == TEXT


def vars_of(page: object) -> dict[str, object]:
    return {name: getattr(page, name) for name in page.__slots__}  # type: ignore[attr-defined] # a slotted card


def test_a_petition_about_a_dossier_is_known_there_and_stops_nothing(desk: Desk, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    dossier = Dossier.objects.get(pk=dossier_id)
    before = (dossier.version, dossier.due_at, dossier.state)
    filed = desk.file(dossier_code=dossier.code.lower())
    assert [one.code for one in queries.list_about_dossier(dossier.pk, actor=desk.world.mai)] == [filed.code]
    dossier.refresh_from_db()
    assert (dossier.version, dossier.due_at, dossier.state) == before
    desk.file(dossier_code="H44.100-990101-9999")
    services.classify(petition_id=filed.id, kind=PetitionKind.COMPLAINT, actor=desk.world.mai, at=desk.at)
    assert queries.list_about_dossier(dossier.pk, actor=desk.world.mai) == []


def test_what_is_told_outside(desk: Desk) -> None:
    national = {"actor": SYSTEM, "source": PetitionSource.NATIONAL, "external_id": "PAKN.7", "sender": SENDER}
    filed = desk.file(**national)  # type: ignore[arg-type] # fields by name
    assert queries.tell_outside(filed.id) is None
    services.classify(petition_id=filed.id, kind=PetitionKind.COMPLAINT, actor=desk.world.mai, at=desk.at)
    services.refer(petition_id=filed.id, actor=desk.world.mai, at=desk.at)
    told = queries.tell_outside(filed.id)
    assert told is not None
    assert told.external_id == "PAKN.7"
    assert "pháp luật về khiếu nại" in told.text
    assert queries.tell_outside(desk.published().id) is None, "nobody outside brought it"
