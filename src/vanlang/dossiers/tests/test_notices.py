"""Which event tells whom: every life's events, once each, in whole sentences."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from vanlang.dossiers import events, services
from vanlang.dossiers.events import DossierEvent
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.services.notices import NOTICES, notify, recipients
from vanlang.dossiers.tests.factories import Lives, make_citizen
from vanlang.kernel.clock import VIETNAM
from vanlang.notifications.models import Message
from vanlang.notifications.queries.messages import get_letter

pytestmark = pytest.mark.django_db


def event_of(row: Dossier, kind: type[DossierEvent], at: dt.datetime, **facts: Any) -> DossierEvent:
    return kind(
        at=at, dossier_id=row.pk, number=row.version, code=row.code, state=str(row.state),
        agency_id=row.competent_agency_id, **facts,
    )  # fmt: skip


def told(row: Dossier) -> list[str]:
    return list(
        Message.objects.filter(object_id=str(row.pk)).order_by("id").values_list("template", flat=True)
    )


def words(row: Dossier) -> str:
    letter = get_letter(Message.objects.get(object_id=str(row.pk)).pk)
    return "\n".join([letter.subject, *letter.paragraphs, letter.do_now, letter.short])


def test_received_says_code_and_appointment(lives: Lives) -> None:
    row = Dossier.objects.get(pk=lives.to(State.RECEIVED))
    event = event_of(row, events.DossierReceived, lives.world.at, due_at=row.due_at)
    notify(event)
    notify(event)
    assert told(row) == ["dossier_received"]
    assert row.due_at is not None
    due = row.due_at.astimezone(VIETNAM)
    assert f"hồ sơ {row.code}" in words(row)
    assert f"{due:%H:%M ngày %d/%m/%Y}" in words(row)


def test_a_supplement_request_lists_what_is_missing_and_leads_to_the_answer(lives: Lives) -> None:
    row = Dossier.objects.get(pk=lives.to(State.AWAITING_SUPPLEMENT))
    notify(event_of(row, events.SupplementRequested, lives.world.at))
    request = row.supplement_requests.get()
    item = request.items.order_by("position")[0]
    assert f"- {item.label}: {item.reason}" in words(row)
    assert Message.objects.get().link == f"/ho-so/{row.pk}/bo-sung/"


def test_before_there_is_a_code_the_day_names_the_dossier(lives: Lives) -> None:
    row = Dossier.objects.get(pk=lives.to(State.REFUSED))
    assert row.code is None
    notify(event_of(row, events.DossierRefused, lives.world.at))
    assert f"hồ sơ nộp ngày {row.submitted_at.astimezone(VIETNAM):%d/%m/%Y}" in words(row)
    assert "Lý do: " in words(row)


def test_a_result_says_where_and_how(lives: Lives) -> None:
    row = Dossier.objects.get(pk=lives.to(State.RELEASED))
    notify(event_of(row, events.OutcomeReleased, lives.world.at))
    assert "Nơi trả kết quả: UBND phường Việt Trì, Số 1 Hùng Vương." in words(row)


def test_every_other_event_is_said_in_whole_sentences(lives: Lives) -> None:
    at = lives.world.at
    stopped = Dossier.objects.get(pk=lives.to(State.STOPPED))
    notify(event_of(stopped, events.DossierStopped, at))
    withdrawn = Dossier.objects.get(pk=lives.to(State.WITHDRAWN))
    notify(event_of(withdrawn, events.DossierWithdrawn, at))
    delivered = Dossier.objects.get(pk=lives.to(State.DELIVERED))
    notify(event_of(delivered, events.DossierDelivered, at))
    moved = Dossier.objects.get(pk=lives.to(State.IN_PROGRESS))
    assert moved.due_at is not None
    later = moved.due_at + dt.timedelta(days=1)
    notify(
        event_of(
            moved, events.DossierDueMoved, at, from_due_at=moved.due_at, due_at=later, calendar_version=7
        )
    )
    notify(event_of(moved, events.DossierExtended, at, due_at=later))
    assert [told(row) for row in (stopped, withdrawn, delivered, moved)] == [
        ["dossier_stopped"],
        ["dossier_withdrawn"],
        ["dossier_delivered"],
        ["dossier_due_moved", "dossier_extended"],
    ]


def test_whoever_filed_is_told_of_what_asks_for_an_act(lives: Lives) -> None:
    row = Dossier.objects.get(pk=lives.to(State.AWAITING_SUPPLEMENT))
    son, _ = make_citizen("Trần Văn Sơn", "025085000777", "0987654321", lives.world.at)
    Dossier.objects.filter(pk=row.pk).update(operator_id=son.person_id)
    row.refresh_from_db()
    notify(event_of(row, events.SupplementRequested, lives.world.at))
    assert set(Message.objects.values_list("person_id", flat=True)) == {row.applicant_id, son.person_id}
    assert len(recipients(row, operator_too=False, on=lives.world.at.date())) == 1


def test_moves_inside_the_agency_are_nobodys_news() -> None:
    silent = {
        events.DossierMoved,
        events.OutcomeApproved,
        events.OutcomeSigned,
        events.DossierSubmitted,
        events.SupplementAnswered,
        events.SupplementProposed,
        events.OpinionAsked,
        events.ObligationFulfilled,
    }
    assert set(NOTICES) == set(events.EVENT_OF.values()) - silent | {events.DossierDueMoved}


def test_a_whole_life_tells_its_messages_once(lives: Lives) -> None:
    """By the jobs that the acts stored, run as a worker would, twice."""
    row = Dossier.objects.get(pk=lives.to(State.DELIVERED))
    for _ in range(2):
        for job in ProcrastinateJob.objects.order_by("id"):
            app.tasks[job.task_name](**job.args)
    assert told(row) == ["dossier_received", "result_ready", "dossier_delivered"]


def test_a_result_put_right_or_taken_out_of_force_is_said_with_its_reason(lives: Lives) -> None:
    world = lives.world
    dossier_id = lives.to(State.DELIVERED)
    later = world.at + dt.timedelta(days=30)
    services.reopen(
        dossier_id=dossier_id, reason="Sai tên đệm", to_appointment_id=world.mai.appointment_id or 0, days=2,
        actor=world.phuc, at=later,
    )  # fmt: skip
    row = Dossier.objects.get(pk=dossier_id)
    notify(event_of(row, events.DossierReopened, later))
    assert "Lý do: Sai tên đệm" in words(row)
    services.keep_outcome(dossier_id=dossier_id, reason="Đúng từ đầu", actor=world.phuc, at=later)
    services.revoke(
        dossier_id=dossier_id, reason="Giấy tờ không đúng sự thật", number="12/QĐ-UBND",
        revoked_on=later.date(), actor=world.phuc, at=later,
    )  # fmt: skip
    row.refresh_from_db()
    notify(
        event_of(row, events.OutcomeRevoked, later, outcome_id=row.outcomes.get().pk, revoked_on=later.date())
    )
    last = Message.objects.filter(object_id=str(row.pk)).order_by("-id")[0]
    said = "\n".join(get_letter(last.pk).paragraphs)
    assert "12/QĐ-UBND" in said and "Giấy tờ không đúng sự thật" in said and f"{later:%d/%m/%Y}" in said
