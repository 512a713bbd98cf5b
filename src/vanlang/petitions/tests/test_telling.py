"""Who is told what: the sender of what concerns them, officers of what is late; and clocks that a calendar moves."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from vanlang.calendars.api import Day, DayKind, change_days
from vanlang.identity.api import SYSTEM
from vanlang.notifications.models import Delivery, Message
from vanlang.petitions.demo import load
from vanlang.petitions.jobs import recount_petitions
from vanlang.petitions.models import Petition
from vanlang.petitions.services.digest import tell_what_is_late
from vanlang.petitions.tests.factories import SENDER, Desk
from vanlang.petitions.types import PetitionSource, PetitionState, Sender


def run_events() -> None:
    """Do every stored event job in order, as a worker would."""
    since = 0
    while job := ProcrastinateJob.objects.filter(id__gt=since).order_by("id").first():
        if job.queue_name == "events":
            app.tasks[job.task_name](**job.args)
        since = job.id


def told() -> list[str]:
    return list(Message.objects.order_by("told_at", "template").values_list("template", flat=True))


@pytest.mark.parametrize(
    ("state", "templates"),
    [
        (PetitionState.FILED, {"petition_filed"}),
        (PetitionState.AWAITING_SENDER, {"petition_filed", "petition_supplement"}),
        (PetitionState.ANSWERED, {"petition_filed", "petition_answered"}),
        (PetitionState.REFUSED, {"petition_filed", "petition_closed"}),
        (PetitionState.REFERRED, {"petition_filed", "petition_closed"}),
    ],
)
def test_the_sender_is_told_at_the_contact_they_left(
    desk: Desk, state: PetitionState, templates: set[str]
) -> None:
    desk.in_state(state)
    run_events()
    run_events()
    assert set(told()) == templates
    assert len(told()) == len(templates), "told twice, one message"
    assert {row.address for row in Delivery.objects.all()} <= {"84987654321", SENDER.email}
    letters = "".join(str(row.letter) for row in Message.objects.all())
    assert "Thịnh" not in letters
    assert "quầy số 2" not in letters


def test_who_left_no_contact_and_who_wrote_elsewhere_is_not_told_by_us(desk: Desk) -> None:
    desk.file(actor=desk.world.hung, source=PetitionSource.COUNTER, sender=Sender(name="Bà cụ"))
    desk.file(actor=SYSTEM, source=PetitionSource.NATIONAL, external_id="PAKN.1")
    run_events()
    assert told() == []


def test_each_working_morning_what_is_late_is_told_once(desk: Desk) -> None:
    desk.file()
    desk.proposed(
        text="Một việc khác hẳn, về bảng niêm yết mức phí ở phường.", sender=Sender(phone="0911222333")
    )
    later = desk.at + dt.timedelta(days=24)
    assert later.weekday() == 3
    first = tell_what_is_late(at=later)
    assert first > 0
    assert tell_what_is_late(at=later) == first, "the same messages again"
    messages = Message.objects.filter(template="petitions_late")
    assert messages.count() == first
    assert all("PA-261123" in str(one.letter) for one in messages)
    assert "Thịnh" not in "".join(str(one.letter) for one in messages)
    sunday = desk.at + dt.timedelta(days=27)
    assert sunday.weekday() == 6
    assert tell_what_is_late(at=sunday) == 0


def test_on_time_nobody_is_told(desk: Desk) -> None:
    desk.file()
    assert tell_what_is_late(at=desk.at) == 0


def test_a_new_day_off_moves_the_clocks_that_run(desk: Desk) -> None:
    filed, done = desk.file(), desk.published()
    before, closed = desk.row(filed), desk.row(done)
    off = Day(on=dt.date(2026, 11, 25), kind=DayKind.OFF, name="Nghỉ bão")
    change_days(days=[off], source="Công điện 1/CĐ-UBND", actor=SYSTEM, at=desk.at)
    recount_petitions()
    row = desk.row(filed)
    assert before.decide_due_at.date() == dt.date(2026, 11, 26)
    assert row.decide_due_at.date() == dt.date(2026, 11, 27)
    assert row.handle_due_at is not None
    assert before.handle_due_at is not None
    assert row.handle_due_at > before.handle_due_at
    assert row.due_at == row.decide_due_at
    assert desk.row(done).handle_due_at == closed.handle_due_at


def test_the_demo_has_petitions_of_many_states_and_is_loaded_once(desk: Desk) -> None:
    lines: list[str] = []
    load(settings.VANLANG_REFERENCE, lines.append)
    count = Petition.objects.count()
    load(settings.VANLANG_REFERENCE, lines.append)
    assert Petition.objects.count() == count >= 7
    assert len(set(Petition.objects.values_list("state", flat=True))) >= 4
    assert Petition.objects.filter(repeats__isnull=False).exists()
