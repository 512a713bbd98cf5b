"""Everything that is missing is asked at once; the clock pauses while the citizen is waited for, and only then."""

from __future__ import annotations

import datetime as dt

import pytest

from vanlang.calendars.api import LimitUnit, TimeLimit
from vanlang.dossiers import services
from vanlang.dossiers.errors import ActNotAllowed, ActNotPossible, NotAcceptable
from vanlang.dossiers.models import Attachment, Dossier, DueChange, SupplementItem, SupplementRequest
from vanlang.dossiers.queries import explain_due
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.rules.supplement import Again, AgainGround, ItemKind
from vanlang.dossiers.rules.supplement import SupplementItem as Item
from vanlang.dossiers.tests.factories import MISSING, Lives, World
from vanlang.dossiers.types import Answer, Paper
from vanlang.files.api import store
from vanlang.kernel.clock import VIETNAM


def a_paper(world: World) -> Paper:
    png = (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
        b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
    )
    card = store(content=png, name="giay-chung-sinh.png", at=world.at)
    return Paper(file_id=card.id, name="Giấy chứng sinh", required_document_id=world.document_id)


def answers(world: World) -> list[Answer]:
    return [
        Answer(kind="document", key="birth", paper=a_paper(world)),
        Answer(kind="field", key="mother_name", value="Nguyễn Thị Lan Anh"),
    ]


def test_asked_before_receipt_nothing_runs_and_the_filing_comes_back(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.AWAITING_COMPLETION)
    later = world.at + dt.timedelta(days=3)
    moved = services.answer_supplement(
        dossier_id=dossier_id, answers=answers(world), actor=world.lan, at=later
    )
    assert (moved.state, moved.code, moved.due_at) == (State.SUBMITTED, None, None)
    row = Dossier.objects.get(pk=dossier_id)
    assert row.paused_at is None
    assert row.answer_due_at > later
    assert row.answers["mother_name"] == "Nguyễn Thị Lan Anh"
    assert not DueChange.objects.exists()


def test_a_wait_during_processing_moves_the_appointment_by_its_length(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.AWAITING_SUPPLEMENT)
    row = Dossier.objects.get(pk=dossier_id)
    assert (row.paused_at, row.due_at) == (world.at, row.original_due_at)
    # The limit runs from the day after receipt. Tuesday is a day off, so what was waited of it is Wednesday 07:00-09:00.
    answered_at = dt.datetime(2026, 11, 25, 9, 0, tzinfo=VIETNAM)
    services.answer_supplement(dossier_id=dossier_id, answers=answers(world), actor=world.lan, at=answered_at)
    row.refresh_from_db()
    assert row.original_due_at == dt.datetime(2026, 11, 27, 17, 0, tzinfo=VIETNAM)
    assert row.due_at == dt.datetime(2026, 11, 30, 9, 0, tzinfo=VIETNAM)
    change = DueChange.objects.get(dossier=row)
    assert (change.kind, change.paused_from_at, change.paused_to_at) == ("resumed", world.at, answered_at)
    assert (change.from_due_at, change.to_due_at) == (row.original_due_at, row.due_at)
    assert (row.state, row.holder_id) == (State.IN_PROGRESS, world.mai.appointment_id)
    explained = explain_due(dossier_id, actor=world.lan)
    assert explained is not None
    assert explained.due.due_at == row.due_at
    assert dt.datetime.fromisoformat(row.process[-1]["due_at"]) == row.due_at


def test_the_explanation_of_an_open_pause_promises_no_day(world: World, lives: Lives) -> None:
    explained = explain_due(lives.to(State.AWAITING_SUPPLEMENT), actor=world.mai)
    assert explained is not None
    assert explained.due.is_stopped


def test_answers_are_kept_beside_what_was_wrong(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.AWAITING_SUPPLEMENT)
    services.answer_supplement(dossier_id=dossier_id, answers=answers(world), actor=world.lan, at=world.at)
    name = SupplementItem.objects.get(dossier_id=dossier_id, key="mother_name")
    assert (name.before, name.answer) == ("Nguyễn Thị Lan", "Nguyễn Thị Lan Anh")
    paper = SupplementItem.objects.get(dossier_id=dossier_id, key="birth")
    assert paper.attachment == Attachment.objects.get(dossier_id=dossier_id, kind="supplement")
    assert SupplementRequest.objects.get(dossier_id=dossier_id).answered_at == world.at


def test_half_an_answer_is_refused_by_name_and_nothing_is_kept(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.AWAITING_SUPPLEMENT)
    with pytest.raises(NotAcceptable) as refused:
        services.answer_supplement(
            dossier_id=dossier_id, answers=answers(world)[1:], actor=world.lan, at=world.at
        )
    assert refused.value.facts["missing"] == "Giấy chứng sinh"
    empty = Answer(kind="field", key="mother_name", value="")
    with pytest.raises(NotAcceptable):
        services.answer_supplement(
            dossier_id=dossier_id, answers=[answers(world)[0], empty], actor=world.lan, at=world.at
        )
    assert Dossier.objects.get(pk=dossier_id).state == State.AWAITING_SUPPLEMENT
    assert not Attachment.objects.exists()


def test_a_second_request_is_counted(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.AWAITING_SUPPLEMENT)
    services.answer_supplement(dossier_id=dossier_id, answers=answers(world), actor=world.lan, at=world.at)
    with pytest.raises(ActNotPossible) as refused:
        lives.ask(dossier_id, world.at)
    assert refused.value.code == "dossiers.supplement_needs_leader"
    again = Again(AgainGround.OVERSIGHT, "Lần trước chưa xem trang sau")
    services.propose_supplement(
        dossier_id=dossier_id, items=MISSING, again=again, actor=world.mai, at=world.at
    )
    services.approve_supplement(dossier_id=dossier_id, actor=world.phuc, at=world.at)
    row = Dossier.objects.get(pk=dossier_id)
    assert row.supplements == 2
    assert list(row.supplement_requests.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_an_unclear_request_is_refused(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    silent = Item(ItemKind.FIELD, "child_name", "Họ tên con", " ")
    for items in ([], [*MISSING, MISSING[0]], [silent]):
        with pytest.raises(NotAcceptable):
            services.request_supplement(dossier_id=dossier_id, items=items, actor=world.mai, at=world.at)
    assert not SupplementRequest.objects.exists()


def test_the_counter_may_bring_in_what_the_citizen_carries_there(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.AWAITING_SUPPLEMENT)
    services.answer_supplement(dossier_id=dossier_id, answers=answers(world), actor=world.hung, at=world.at)
    again = lives.to(State.AWAITING_SUPPLEMENT)
    with pytest.raises(ActNotAllowed):
        services.answer_supplement(dossier_id=again, answers=answers(world), actor=world.mai, at=world.at)


def test_an_opinion_pauses_seats_and_unseats(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.AWAITING_OPINION)
    there = world.nong_trang
    assert Dossier.objects.get(pk=dossier_id).seats.get(agency_id=there.id).advises
    services.give_opinion(
        dossier_id=dossier_id,
        opinion="Đã thường trú từ 2019",
        actor=there.leader,
        at=world.at + dt.timedelta(days=2),
    )
    row = Dossier.objects.get(pk=dossier_id)
    assert not row.seats.filter(agency_id=there.id).exists()
    assert row.due_at is not None and row.original_due_at is not None
    assert row.due_at > row.original_due_at
    stopped = lives.to(State.AWAITING_OPINION)
    lives.stop(stopped, world.at)
    assert not Dossier.objects.get(pk=stopped).seats.filter(agency_id=there.id).exists()


def test_an_extension_apologises_keeps_the_old_date_and_is_counted(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    late = dt.datetime(2026, 11, 30, 9, 0, tzinfo=VIETNAM)
    more = TimeLimit(2, LimitUnit.WORKING_DAY)
    moved = services.extend(
        dossier_id=dossier_id, more=more, reason="Chờ xác minh", actor=world.phuc, at=late
    )
    row = Dossier.objects.get(pk=dossier_id)
    assert row.original_due_at == dt.datetime(2026, 11, 27, 17, 0, tzinfo=VIETNAM)
    assert moved.due_at == row.due_at == dt.datetime(2026, 12, 1, 17, 0, tzinfo=VIETNAM)
    assert (row.extensions, row.state, row.holder_id) == (1, State.IN_PROGRESS, world.mai.appointment_id)
    with pytest.raises(NotAcceptable):
        services.extend(dossier_id=dossier_id, more=more, reason=" ", actor=world.phuc, at=late)
    with pytest.raises(ActNotAllowed):
        services.extend(dossier_id=dossier_id, more=more, reason="x", actor=world.mai, at=late)


def test_lateness_never_blocks_a_result(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    a_year_late = world.at + dt.timedelta(days=365)
    for act in (lives.propose, lives.approve, lives.release, lives.deliver):
        act(dossier_id, a_year_late)
    assert Dossier.objects.get(pk=dossier_id).state == State.DELIVERED


def test_without_a_time_limit_nothing_is_received_and_nothing_is_lost(world: World, lives: Lives) -> None:
    from vanlang.catalogue.models import ProcedureVersion
    from vanlang.catalogue.models import TimeLimit as Row

    dossier_id = lives.to(State.SUBMITTED)
    Row.objects.filter(version_id=world.version_id).delete()
    ProcedureVersion.objects.filter(pk=world.version_id).update(revision=1)
    with pytest.raises(ActNotPossible) as refused:
        services.receive(dossier_id=dossier_id, actor=world.hung, at=world.at)
    assert refused.value.code == "dossiers.no_time_limit"
    assert Dossier.objects.get(pk=dossier_id).state == State.SUBMITTED
