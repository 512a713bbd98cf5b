"""Sending: nothing lost, nothing twice that could be helped, nothing at night, nothing beyond the day's money."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from vanlang.identity.api import Actor, ActorKind
from vanlang.kernel.circuit import CircuitState
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.scope import Scope, acting
from vanlang.notifications.errors import DeliveryNotPossibleError, MessageNotFoundError
from vanlang.notifications.models import (
    Attempt,
    BadAddress,
    DailyCap,
    Delivery,
    Message,
    ProviderHealth,
    PushSubscription,
    Receipt,
    Spending,
)
from vanlang.notifications.ports import Carried, Carrier, Confirmation, Parcel
from vanlang.notifications.queries.people import reach_of
from vanlang.notifications.services import forgetting, settling
from vanlang.notifications.services.preferring import set_preference, subscribe_browser
from vanlang.notifications.services.sending import BATCH, LEASE, Round, claim, rest, send_round
from vanlang.notifications.services.settling import confirm, send_again
from vanlang.notifications.tests.conftest import Place, Post, Script, always
from vanlang.notifications.types import (
    NoticeChannel,
    NoticeKind,
    ProviderVerdict,
    Recipient,
)

pytestmark = pytest.mark.django_db
EMAIL, SMS, PUSH, MESSENGER = NoticeChannel
MINUTE = dt.timedelta(minutes=1)


def send(carriers: list[Carrier], at: dt.datetime, channel: NoticeChannel = EMAIL) -> Round:
    """Send round after round at one instant, as the job does."""
    for _ in range(100):
        done = send_round(channel=channel, carriers=carriers, at=at)
        if not done.goes_on:
            rest(carriers, at=at)
            return done
    raise AssertionError("it never ends")


def state_of(channel: NoticeChannel = EMAIL) -> tuple[str, str]:
    row = Delivery.objects.get(channel=channel)
    return row.state, row.reason


def tell_many(place: Place, count: int) -> None:
    for number in range(count):
        place.tell(object_id=str(number))


# --- through --------------------------------------------------------------------------------------


def test_what_is_due_is_sent_and_remembered(place: Place) -> None:
    place.tell()
    script = Script()
    assert send([script], place.at).looked_at == 0
    row = Delivery.objects.get()
    assert (row.state, row.provider, row.sent_at, row.next_at) == ("sent", "script", place.at, None)
    attempt = Attempt.objects.get()
    assert (attempt.verdict, attempt.provider_ref) == ("accepted", str(row.pk))
    [parcel] = script.carried
    assert (parcel.to, parcel.reference) == ("lan@example.vn", str(row.pk))
    assert "26/11/2026" in parcel.letter.subject


def test_a_batch_is_a_batch_and_the_next_one_follows(place: Place) -> None:
    tell_many(place, BATCH + 5)
    script = Script()
    send([script], place.at)
    assert len(script.carried) == BATCH + 5
    assert Delivery.objects.filter(state="sent").count() == BATCH + 5


def test_nothing_is_sent_twice(place: Place) -> None:
    place.tell()
    script = Script()
    send([script], place.at)
    send([script], place.at + MINUTE)
    place.tell()
    send([script], place.at + 2 * MINUTE)
    assert len(script.carried) == 1


# --- tried again ----------------------------------------------------------------------------------


def test_a_temporary_refusal_is_tried_again_later_and_later_then_given_up(place: Place) -> None:
    place.tell_duty()
    script = Script(says=always(ProviderVerdict.TEMPORARY, "451"))
    at, pauses = place.at, []
    while (row := Delivery.objects.get(channel="email")).state == "queued":
        assert row.next_at is not None
        pauses.append(row.next_at - at)
        at = max(row.next_at, at)
        ProviderHealth.objects.all().delete()  # its illness is another test's
        send([script], at)
    assert len(script.carried) == 12
    assert pauses[1] < pauses[4] < pauses[7]
    assert state_of() == ("failed", "notifications.tried_enough")
    assert Attempt.objects.count() == 12


def test_a_bad_address_ends_it_marks_the_address_and_takes_another_way(place: Place) -> None:
    place.tell()
    send([Script(says=always(ProviderVerdict.BAD_ADDRESS, "550"))], place.at)
    assert state_of() == ("failed", "notifications.bad_address")
    assert state_of(SMS) == ("queued", "")
    [bad] = reach_of(Recipient.person(place.lan)).bad
    assert (bad.channel, bad.hint) == (EMAIL, "l***@example.vn")
    place.tell(object_id="2")
    assert Delivery.objects.get(message__object_id="2").channel == "sms"


def test_a_changed_address_is_not_bad(place: Place) -> None:
    place.tell()
    send([Script(says=always(ProviderVerdict.BAD_ADDRESS))], place.at)
    changed = Recipient.person(place.lan, email="lan.moi@example.vn")
    place.tell(to=changed, object_id="2")
    assert Delivery.objects.get(message__object_id="2").channel == "email"
    assert reach_of(changed).bad == ()


def test_another_way_takes_the_telephone_that_the_matter_gave(place: Place) -> None:
    place.tell(to=Recipient.person(place.lan, phone="0987654321"))
    send([Script(says=always(ProviderVerdict.REFUSED))], place.at)
    assert Delivery.objects.get(channel="sms").address == "84987654321"


# --- providers fall ill ---------------------------------------------------------------------------


def test_a_silent_provider_is_left_for_the_next_and_taken_back_after_three_probes(place: Place) -> None:
    first = Script("first", says=always(ProviderVerdict.UNREACHABLE))
    second = Script("second")
    tell_many(place, 4)
    send([first, second], place.at)
    assert Delivery.objects.filter(provider="second", state="sent").count() == 4
    assert ProviderHealth.objects.get(pk="first").state == CircuitState.OPEN

    first.says = Script().says
    tell_many(place, 9)
    send([first, second], place.at + MINUTE)
    assert ProviderHealth.objects.get(pk="first").state == CircuitState.CLOSED
    assert Delivery.objects.filter(provider="first", state="sent").count() == 5
    assert Delivery.objects.filter(provider="second").count() == 4


def test_fifteen_percent_of_failures_are_enough(place: Place) -> None:
    def says(parcel: Parcel) -> Carried:
        ill = len(first.carried) % 5 == 4
        return Carried(parcel.reference, ProviderVerdict.TEMPORARY if ill else ProviderVerdict.ACCEPTED)

    first, second = Script("first", says=says), Script("second")
    tell_many(place, BATCH + 10)
    send([first, second], place.at)
    assert ProviderHealth.objects.get(pk="first").state == CircuitState.OPEN
    assert len(second.carried) == 10


def test_with_every_provider_ill_nothing_is_written_and_nothing_is_used_up(place: Place) -> None:
    script = Script(says=always(ProviderVerdict.UNREACHABLE))
    place.tell()
    assert send([script], place.at).is_stuck
    before = list(Delivery.objects.values())
    assert send([script], place.at + dt.timedelta(seconds=30)).is_stuck
    assert list(Delivery.objects.values()) == before
    assert before[0]["tries"] == 0


def test_a_channel_without_provider_is_stuck(place: Place) -> None:
    place.tell()
    assert send([], place.at).is_stuck
    assert state_of() == ("queued", "")


def test_a_plea_to_go_slower_hands_back_the_rest(place: Place) -> None:
    tell_many(place, 5)

    def says(parcel: Parcel) -> Carried | None:
        if len(script.carried) == 3:
            return None
        throttled = len(script.carried) == 2
        return Carried(parcel.reference, ProviderVerdict.THROTTLED if throttled else ProviderVerdict.ACCEPTED)

    script = Script(says=says)
    assert send([script], place.at).is_slowed
    assert Delivery.objects.filter(state="sent").count() == 2
    assert set(Delivery.objects.filter(state="queued").values_list("next_at", "tries")) == {
        (place.at + dt.timedelta(seconds=5), 0)
    }


# --- a whole day's outage, over real sockets ------------------------------------------------------


def test_a_provider_that_is_down_for_a_day_loses_nothing(place: Place, post: Post) -> None:
    """A real port that refuses, under the clock of the house for a day; then everything arrives, once."""
    post.misbehave("down", "smtp")
    carrier = post.carrier(EMAIL)
    for hour in range(24):
        for number in range(5):
            place.tell(object_id=f"{hour}-{number}", at=place.at + dt.timedelta(hours=hour))
        for minute in range(0, 60, 5):
            send([carrier], place.at + dt.timedelta(hours=hour, minutes=minute))
    assert Delivery.objects.filter(state="queued", tries=0).count() == 120
    assert 60 < Attempt.objects.filter(verdict="unreachable").count() <= 110  # probes, not storms

    post.behave()
    back = place.at + dt.timedelta(hours=24)
    for minute in range(20):
        send([carrier], back + minute * MINUTE)
    arrived = [item["facts"]["Message-ID"] for item in post.inbox("email")]
    assert len(arrived) == len(set(arrived)) == 120
    assert Delivery.objects.filter(state="sent").count() == 120


def test_a_message_goes_over_every_wire(place: Place, post: Post) -> None:
    lan = Recipient.person(place.lan)
    subscribe_browser(recipient=lan, subscription=post.outside.subscribe_browser(), at=place.at)
    set_preference(recipient=lan, kind=NoticeKind.DUTY, channels=[EMAIL, PUSH, SMS], at=place.at)
    place.tell_duty()
    for channel in NoticeChannel:
        send([post.carrier(channel)], place.at, channel)
    assert sorted(item["channel"] for item in post.inbox()) == ["email", "push", "sms"]
    [text] = post.inbox("sms")
    assert text["to"] == "84912345678"
    assert text["text"].startswith("Phuong Viet Tri: ho so H44.100-261123-0001 can bo sung")
    assert state_of(SMS)[0] == "delivered"  # its receipt came with it


def test_a_browser_that_is_gone_is_forgotten(place: Place, post: Post) -> None:
    lan = Recipient.person(place.lan)
    here = post.outside.subscribe_browser()
    gone = {**post.outside.subscribe_browser(), "endpoint": f"{post.outside.post_office}/push/gone"}
    for one in (here, gone):
        subscribe_browser(recipient=lan, subscription=one, at=place.at)
    place.tell()
    send([post.carrier(PUSH)], place.at, PUSH)
    assert [row.subscription["endpoint"] for row in PushSubscription.objects.all()] == [here["endpoint"]]


# --- a worker dies --------------------------------------------------------------------------------


class KilledError(BaseException):
    """What a worker that is killed does to its code: nothing after this line runs."""


def dies_after(count: int) -> Callable[[Parcel], Carried]:
    taken: list[Parcel] = []

    def says(parcel: Parcel) -> Carried:
        if len(taken) == count:
            raise KilledError
        taken.append(parcel)
        return Carried(parcel.reference, ProviderVerdict.ACCEPTED, provider_ref=parcel.reference)

    return says


def test_what_matters_is_sent_again_by_the_same_reference_when_the_worker_died(place: Place) -> None:
    place.tell_duty()
    dead = Script(says=dies_after(0))
    with pytest.raises(KilledError):
        send_round(channel=EMAIL, carriers=[dead], at=place.at)
    assert state_of()[0] == "sending"
    alive = Script()
    send([alive], place.at + LEASE - MINUTE)
    assert alive.carried == []  # the claim still stands
    send([alive], place.at + LEASE)
    assert [parcel.reference for parcel in alive.carried] == [str(Delivery.objects.get(channel="email").pk)]
    assert Delivery.objects.get(channel="email").tries == 1


def test_a_reminder_is_rather_lost_than_said_twice(place: Place) -> None:
    place.tell()
    Message.objects.update(kind=NoticeKind.REMINDER)
    with pytest.raises(KilledError):
        send_round(channel=EMAIL, carriers=[Script(says=dies_after(0))], at=place.at)
    alive = Script()
    send([alive], place.at + LEASE)
    assert alive.carried == []
    assert state_of() == ("failed", "notifications.unclear")


def test_what_was_remembered_before_the_worker_died_is_not_sent_again(place: Place) -> None:
    tell_many(place, 25)
    with pytest.raises(KilledError):
        send_round(channel=EMAIL, carriers=[Script(says=dies_after(23))], at=place.at)
    assert (
        Delivery.objects.filter(state="sent").count() == 20
    )  # two tens; three were taken and not remembered
    alive = Script()
    send([alive], place.at + LEASE)
    assert len(alive.carried) == 5


# --- held -----------------------------------------------------------------------------------------


def test_a_text_message_that_comes_late_waits_for_the_morning(place: Place) -> None:
    place.tell_duty()
    script = Script(channel=SMS)
    night = place.at.replace(hour=23)
    send([script], night, SMS)
    assert (script.carried, state_of(SMS)) == ([], ("held_quiet", "notifications.quiet_hours"))
    send([script], (night + dt.timedelta(days=1)).replace(hour=7), SMS)
    assert len(script.carried) == 1


def test_a_reminder_whose_day_is_over_is_not_sent(place: Place) -> None:
    place.tell(expires_at=place.at + dt.timedelta(hours=2))
    script = Script()
    send([script], place.at + dt.timedelta(hours=2))
    assert (script.carried, state_of()) == ([], ("expired", "notifications.expired"))


@pytest.fixture
def priced(settings: object) -> int:
    settings.VANLANG_SMS_PART_VND = 500  # type: ignore[attr-defined] # pytest-django's settings
    return 500


def test_the_day_s_money_holds_a_duty_until_tomorrow(place: Place, priced: int) -> None:
    DailyCap.objects.create(agency_id=place.agency_id, daily_vnd=2 * priced + 1, changed_at=place.at)
    for number in range(3):
        place.tell_duty(object_id=str(number))
    script = Script(channel=SMS)
    send([script], place.at, SMS)
    assert len(script.carried) == 2
    held = Delivery.objects.get(state="held_cap")
    assert held.next_at == dt.datetime(2026, 11, 24, 7, 0, tzinfo=VIETNAM)
    assert set(Spending.objects.values_list("agency_id", "spent_vnd")) == {
        (place.agency_id, 1000),
        (None, 1000),
    }
    send([script], held.next_at, SMS)
    assert len(script.carried) == 3


def test_the_province_s_cap_binds_every_agency(place: Place, priced: int) -> None:
    DailyCap.objects.create(agency_id=None, daily_vnd=priced, changed_at=place.at)
    for number in range(2):
        place.tell_duty(object_id=str(number))
    script = Script(channel=SMS)
    send([script], place.at, SMS)
    assert len(script.carried) == 1


def test_beyond_the_money_progress_goes_by_letter_instead(place: Place, priced: int) -> None:
    DailyCap.objects.create(agency_id=place.agency_id, daily_vnd=0, changed_at=place.at)
    lan = Recipient.person(place.lan)
    set_preference(recipient=lan, kind=NoticeKind.PROGRESS, channels=[SMS], at=place.at)
    place.tell()
    send([Script(channel=SMS)], place.at, SMS)
    assert state_of(SMS) == ("expired", "notifications.cap_reached")
    assert state_of(EMAIL)[0] == "queued"


def test_what_was_not_taken_costs_nothing(place: Place, priced: int) -> None:
    DailyCap.objects.create(agency_id=place.agency_id, daily_vnd=priced, changed_at=place.at)
    place.tell_duty()
    send([Script(channel=SMS, says=always(ProviderVerdict.BAD_ADDRESS))], place.at, SMS)
    assert set(Spending.objects.values_list("spent_vnd", flat=True)) == {0}


# --- said later -----------------------------------------------------------------------------------


def sent(place: Place) -> Delivery:
    place.tell()
    send([Script()], place.at)
    return Delivery.objects.get(channel="email")


def test_a_receipt_said_twice_and_late_changes_a_state_once(place: Place) -> None:
    row = sent(place)
    said = Confirmation((row.provider_ref,), arrived=True)
    later = place.at + dt.timedelta(days=2)
    assert confirm("script", [said, said], at=later) == 1
    assert confirm("script", [said], at=later) == 0
    row.refresh_from_db()
    assert (row.state, row.finished_at) == ("delivered", later)
    assert Receipt.objects.count() == 1


def test_a_receipt_that_is_faster_than_our_memory_is_found(place: Place) -> None:
    place.tell()
    row = Delivery.objects.get()
    confirm("script", [Confirmation((str(row.pk),), arrived=True)], at=place.at)
    send([Script()], place.at)
    assert state_of()[0] == "delivered"


def test_another_provider_s_receipt_is_not_ours(place: Place) -> None:
    row = sent(place)
    assert confirm("other", [Confirmation((row.provider_ref,), arrived=True)], at=place.at) == 0


def test_lost_on_the_way_takes_another_way(place: Place) -> None:
    row = sent(place)
    confirm("script", [Confirmation((row.provider_ref,), arrived=False, code="UNDELIV")], at=place.at)
    assert state_of()[0] == "failed"
    assert state_of(SMS)[0] == "queued"


# --- by hand --------------------------------------------------------------------------------------


def quan(place: Place) -> Actor:
    return Actor(ActorKind.OFFICER, account_id=place.hung, agency_id=place.agency_id, name="Đỗ Minh Quân")


def test_an_officer_sends_again_what_failed(place: Place) -> None:
    place.tell()
    send([Script(says=always(ProviderVerdict.BAD_ADDRESS))], place.at)
    row = Delivery.objects.get(channel="email")
    with acting(Scope.officer(place.agency_id)):
        send_again(delivery_id=row.pk, actor=quan(place), at=place.at + MINUTE)
    assert not BadAddress.objects.exists()
    send([Script()], place.at + MINUTE)
    assert state_of()[0] == "sent"
    assert Attempt.objects.count() == 2
    with pytest.raises(DeliveryNotPossibleError):
        send_again(delivery_id=row.pk, actor=quan(place), at=place.at)


def test_another_agency_s_message_is_nobody_s_to_send(place: Place) -> None:
    place.tell()
    stranger = Actor(ActorKind.OFFICER, agency_id=place.agency_id + 1)
    with acting(Scope.officer(place.agency_id + 1)), pytest.raises(MessageNotFoundError):
        send_again(
            delivery_id=Delivery.objects.get().pk if Delivery.objects.exists() else place.lan,
            actor=stranger,
            at=place.at,
        )


# --- forgetting, histories ------------------------------------------------------------------------


def test_words_and_addresses_are_forgotten_once_it_is_through(place: Place) -> None:
    row = sent(place)
    waiting = place.tell(object_id="2")
    later = place.at + forgetting.KEPT + MINUTE
    assert forgetting.forget(at=later) == 1
    row.refresh_from_db()
    assert row.address is None and row.message.letter is None and row.hint == "l***@example.vn"
    assert Message.objects.get(pk=waiting).letter is not None


@pytest.mark.parametrize("model", [Attempt, Receipt])
def test_histories_are_only_added_to(place: Place, model: type[Attempt] | type[Receipt]) -> None:
    rows = model._base_manager.all()
    for change in (lambda: rows.update(provider=""), lambda: rows._raw_delete(rows.db)):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            change()


# --- two workers ----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_take_the_same(place: Place) -> None:
    tell_many(place, 40)
    taken: list[list[Delivery]] = []
    barrier = threading.Barrier(2)

    def work() -> None:
        with acting(Scope.system()):
            barrier.wait(timeout=20)
            taken.extend(claim(channel=EMAIL, at=place.at, room=10)[1] for _ in range(4))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)
    found = [row.pk for rows in taken for row in rows]
    assert len(found) == len(set(found)) == 40


def test_put_back_uses_nothing_up(place: Place) -> None:
    place.tell()
    _, rows = claim(channel=EMAIL, at=place.at, room=10)
    settling.put_back(rows, at=place.at)
    assert state_of() == ("queued", "")
