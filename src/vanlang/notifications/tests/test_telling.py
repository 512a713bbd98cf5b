"""Telling: once per event and recipient, by the right ways, nothing readable in the database."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection, transaction

from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.scope import Scope, acting
from vanlang.notifications.api import (
    DeliveryState,
    NoticeChannel,
    NoticeKind,
    PreferenceError,
    Recipient,
    TemplateValuesError,
    list_messages_about,
    preferences_of,
    reach_of,
    set_preference,
)
from vanlang.notifications.models import Delivery, Message
from vanlang.notifications.queries.links import read_stop_token, stop_token
from vanlang.notifications.queries.messages import get_letter, list_messages_of
from vanlang.notifications.services.preferring import stop
from vanlang.notifications.tests.conftest import RECEIVED, Place

pytestmark = pytest.mark.django_db
EMAIL, SMS = NoticeChannel.EMAIL, NoticeChannel.SMS


def ways_of(place: Place) -> dict[str, str]:
    return {row.channel: row.state for row in Delivery.objects.order_by("id")}


def test_an_event_told_twice_is_one_message(place: Place) -> None:
    assert place.tell() == place.tell()
    assert Message.objects.count() == 1
    assert Delivery.objects.count() == 1


def test_the_next_time_is_another_message(place: Place) -> None:
    place.tell(occurrence=1)
    place.tell(occurrence=2)
    assert Message.objects.count() == 2


def test_progress_goes_by_the_free_way_and_a_duty_by_a_paid_one_too(place: Place) -> None:
    place.tell()
    assert ways_of(place) == {"email": "queued"}
    place.tell_duty(object_id="2")
    channels = sorted(Delivery.objects.filter(message__object_id="2").values_list("channel", flat=True))
    assert channels == ["email", "sms"]


def test_the_addresses_of_the_matter_come_first(place: Place) -> None:
    place.tell_duty(to=Recipient.person(place.lan, phone="+84 98 765 4321", email="con@example.vn"))
    found = {row.channel: row.address for row in Delivery.objects.all()}
    assert found == {"email": "con@example.vn", "sms": "84987654321"}


def test_at_night_the_telephone_is_left_alone_and_the_letter_goes(place: Place) -> None:
    night = dt.datetime(2026, 11, 23, 22, 30, tzinfo=VIETNAM)
    place.tell_duty(at=night)
    rows = {row.channel: row for row in Delivery.objects.all()}
    assert rows["email"].state == DeliveryState.QUEUED
    assert rows["sms"].state == DeliveryState.HELD_QUIET
    assert rows["sms"].next_at == dt.datetime(2026, 11, 24, 7, 0, tzinfo=VIETNAM)


def test_urgent_is_said_at_night(place: Place) -> None:
    place.tell_duty(at=dt.datetime(2026, 11, 23, 22, 30, tzinfo=VIETNAM), urgent=True)
    assert set(ways_of(place).values()) == {"queued"}


def test_nobody_reads_it_in_the_database(place: Place) -> None:
    place.tell_duty()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT message::text || delivery::text FROM notifications_message message, notifications_delivery delivery"
        )
        kept = "".join(row[0] for row in cursor.fetchall())
        cursor.execute("SELECT letter FROM notifications_message")
        sealed = bytes(cursor.fetchone()[0])
    assert "lan@example" not in kept
    assert "Nguyễn" not in kept and "Nguyễn".encode() not in sealed
    assert get_letter(Message.objects.get().pk).greeting == "Kính gửi Ông/Bà Nguyễn Thị Lan,"


def test_values_that_do_not_fit_are_refused(place: Place) -> None:
    with pytest.raises(TemplateValuesError), transaction.atomic():
        place.tell(values={**RECEIVED, "due_on": "mai"})
    with pytest.raises(TemplateValuesError), transaction.atomic():
        place.tell(template="no_such_words")


def test_a_rollback_tells_nobody(place: Place) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        place.tell()
        raise RuntimeError
    assert Message.objects.count() == 0


def test_a_choice_is_kept_and_a_duty_keeps_one_way(place: Place) -> None:
    lan = Recipient.person(place.lan)
    set_preference(recipient=lan, kind=NoticeKind.PROGRESS, channels=[SMS], at=place.at)
    assert preferences_of(lan)[NoticeKind.PROGRESS].channels == {SMS}
    place.tell()
    assert ways_of(place) == {"sms": "queued"}
    with pytest.raises(PreferenceError):
        set_preference(recipient=lan, kind=NoticeKind.DUTY, channels=[], at=place.at)


def test_who_wants_nothing_still_finds_it_on_their_page(place: Place) -> None:
    lan = Recipient.person(place.lan)
    set_preference(recipient=lan, kind=NoticeKind.PROGRESS, channels=[], at=place.at)
    place.tell()
    [card] = list_messages_of(lan)
    assert card.deliveries == ()
    assert card.title == "Đã tiếp nhận hồ sơ"


def test_a_link_to_stop_works_without_signing_in_and_only_for_its_kind(place: Place) -> None:
    lan = Recipient.person(place.lan)
    order = read_stop_token(stop_token(lan, NoticeKind.REMINDER))
    assert order is not None and stop(order=order, at=place.at)
    assert preferences_of(lan)[NoticeKind.REMINDER].channels == frozenset()
    assert preferences_of(lan)[NoticeKind.PROGRESS].is_default
    duty = read_stop_token(stop_token(lan, NoticeKind.DUTY))
    assert duty is not None and not stop(order=duty, at=place.at)
    token = stop_token(lan, NoticeKind.REMINDER)
    assert read_stop_token(token[:-2] + ("AA" if token[-2:] != "AA" else "BB")) is None


def test_an_officer_is_told_by_account(place: Place) -> None:
    place.tell(
        to=Recipient.account(place.hung),
        event="teamwork.digest",
        object_type="day",
        object_id="2026-11-23",
        template="officer_digest",
        values={"day": dt.date(2026, 11, 23), "summary": "3 hồ sơ đến hạn", "lines": ["một", "hai"]},
        link="/can-bo/",
    )
    row = Delivery.objects.get()
    assert (row.channel, row.address, row.hint) == ("email", "hung@viettri.example", "h***@viettri.example")
    letter = get_letter(row.message_id)
    assert "- một\n- hai" in letter.paragraphs


def test_whoever_asks_about_a_thing_sees_masked_addresses(place: Place) -> None:
    place.tell_duty()
    [card] = list_messages_about("dossier", "1")
    assert sorted(one.hint for one in card.deliveries) == ["*** *** 678", "l***@example.vn"]
    reach = reach_of(Recipient.person(place.lan))
    assert (reach.email, reach.phone, reach.bad) == ("l***@example.vn", "*** *** 678", ())


def test_rows_are_seen_by_their_reader_and_their_agency_only(place: Place) -> None:
    place.tell()
    with acting(Scope.citizen(place.lan)):
        assert Message.objects.count() == Delivery.objects.count() == 1
    with acting(Scope.officer(place.agency_id)):
        assert Message.objects.count() == Delivery.objects.count() == 1
    with acting(Scope.officer(place.agency_id + 1)):
        assert Message.objects.count() == Delivery.objects.count() == 0
    with acting(Scope.nobody()):
        assert Message.objects.count() == 0
