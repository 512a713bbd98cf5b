"""The law of telling people: tables a reader can check, and what always holds."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.kernel.circuit import Sign
from vanlang.kernel.clock import VIETNAM
from vanlang.notifications.rules import (
    fates,
    hours,
    money,
    phones,
    push,
    receipts,
    smpp_codes,
    sms,
    smtp_codes,
    ways,
)
from vanlang.notifications.rules.masking import hint
from vanlang.notifications.rules.receipts import IdNotation
from vanlang.notifications.rules.signs import sign_of
from vanlang.notifications.rules.sms import SmsCoding
from vanlang.notifications.types import (
    DeliveryState,
    Importance,
    NoticeChannel,
    NoticeKind,
    ProviderVerdict,
)

EMAIL, SMS, PUSH, MESSENGER = NoticeChannel
channels = st.frozensets(st.sampled_from(NoticeChannel))
instants = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: dt.datetime(2026, 1, 1, tzinfo=VIETNAM) + dt.timedelta(minutes=minutes)
)

# --- text messages --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "coding", "parts"),
    [
        ("", SmsCoding.GSM7, 1),
        ("a" * 160, SmsCoding.GSM7, 1),
        ("a" * 161, SmsCoding.GSM7, 2),
        ("a" * 306, SmsCoding.GSM7, 2),
        ("a" * 307, SmsCoding.GSM7, 3),
        ("€" * 80, SmsCoding.GSM7, 1),
        ("€" * 81, SmsCoding.GSM7, 2),
        ("ạ" * 70, SmsCoding.UCS2, 1),
        ("ạ" * 71, SmsCoding.UCS2, 2),
        ("😀" * 35, SmsCoding.UCS2, 1),
        ("😀" * 36, SmsCoding.UCS2, 2),
    ],
)
def test_parts_of_a_text(text: str, coding: SmsCoding, parts: int) -> None:
    shape = sms.shape_of(text)
    assert (shape.coding, len(shape.parts)) == (coding, parts)
    assert shape.cost(350) == parts * 350


@given(st.text(max_size=900))
def test_parts_are_the_text_and_each_fits(text: str) -> None:
    shape = sms.shape_of(text)
    assert "".join(shape.parts) == text
    whole, each = sms.LIMITS[shape.coding]
    most = whole if len(shape.parts) == 1 else each
    assert all(sms.units(part, shape.coding) <= most for part in shape.parts)


@given(st.text(alphabet=sms.BASIC.replace("\x1b", "") + "".join(sms.EXTENSION), max_size=400))
def test_no_escape_is_cut_from_its_letter(text: str) -> None:
    for part in sms.shape_of(text).parts:
        assert not sms.encode_gsm7(part).endswith(b"\x1b")


@given(st.text(max_size=300))
def test_bare_letters_always_go_as_gsm(text: str) -> None:
    bare = sms.without_diacritics(text)
    assert sms.shape_of(bare).coding is SmsCoding.GSM7
    assert sms.without_diacritics(bare) == bare


def test_vietnamese_in_bare_letters() -> None:
    assert sms.without_diacritics("Đã nhận hồ sơ – hẹn trả “thứ Ba”") == 'Da nhan ho so - hen tra "thu Ba"'


# --- telephone numbers, masks ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("0912345678", "84912345678"),
        ("+84 912 345 678", "84912345678"),
        ("84912345678", "84912345678"),
        ("+84(0)912.345.678", "84912345678"),
        ("0084912345678", "84912345678"),
        ("0210 3846 647", ""),  # a landline of Phú Thọ
        ("01234567890", ""),  # eleven digits, gone since 2018
        ("+1 202 555 0100", ""),
        ("091234567", ""),
        ("٠٩١٢٣٤٥٦٧٨", ""),
        ("", ""),
    ],
)
def test_a_number_is_a_vietnamese_mobile_or_none(written: str, normal: str) -> None:
    assert phones.mobile(written) == normal


@given(st.text(max_size=20))
def test_normalising_twice_changes_nothing(written: str) -> None:
    once = phones.mobile(written)
    assert phones.mobile(once) == once
    assert phones.mobile(phones.shown(once)) == once if once else True


@given(st.from_regex(r"84[35789][0-9]{8}", fullmatch=True))
def test_a_mask_shows_three_digits(number: str) -> None:
    assert hint(SMS, number).replace("*", "").strip() == number[-3:]


# --- hours ----------------------------------------------------------------------------------------


@given(instants, st.sampled_from(NoticeChannel), st.booleans())
def test_nothing_sounds_at_night_and_nothing_is_held_longer(
    at: dt.datetime, channel: NoticeChannel, urgent: bool
) -> None:
    goes_at = hours.may_sound_at(at, channel=channel, urgent=urgent)
    assert at <= goes_at < at + dt.timedelta(hours=10, minutes=1)
    if channel is EMAIL or urgent:
        assert goes_at == at
    else:
        assert not hours.is_quiet(goes_at)


@pytest.mark.parametrize(
    ("clock", "quiet"), [("20:59", False), ("21:00", True), ("06:59", True), ("07:00", False)]
)
def test_where_the_quiet_hours_end(clock: str, quiet: bool) -> None:
    hour, minute = map(int, clock.split(":"))
    assert hours.is_quiet(dt.datetime(2026, 11, 23, hour, minute, tzinfo=VIETNAM)) is quiet


# --- ways -----------------------------------------------------------------------------------------


@given(st.sampled_from(NoticeKind), channels, channels)
def test_a_message_goes_where_its_reader_is_by_one_paid_way_at_most(
    kind: NoticeKind, wanted: frozenset[NoticeChannel], within_reach: frozenset[NoticeChannel]
) -> None:
    chosen = ways.choose(kind, wanted=wanted, within_reach=within_reach)
    assert set(chosen) <= within_reach
    assert len(set(chosen) & {SMS, MESSENGER}) <= 1
    if kind is not NoticeKind.DUTY:
        assert set(chosen) <= wanted


@given(channels, channels)
def test_a_duty_reaches_whoever_can_be_reached(
    wanted: frozenset[NoticeChannel], within_reach: frozenset[NoticeChannel]
) -> None:
    chosen = ways.choose(NoticeKind.DUTY, wanted=wanted, within_reach=within_reach)
    assert bool(chosen) is bool(within_reach - {MESSENGER} or within_reach & wanted)


@given(st.sampled_from(NoticeKind), channels, channels, channels)
def test_another_way_is_another_way(
    kind: NoticeKind,
    failed: frozenset[NoticeChannel],
    wanted: frozenset[NoticeChannel],
    reach: frozenset[NoticeChannel],
) -> None:
    other = ways.instead(kind, failed=failed, wanted=wanted, within_reach=reach)
    assert other is None or (other in reach and other not in failed)
    if kind in {NoticeKind.REMINDER, NoticeKind.DIGEST}:
        assert other is None


def test_only_a_duty_cannot_be_switched_off() -> None:
    off = {kind: ways.may_prefer(kind, ()) is None for kind in NoticeKind}
    assert [kind for kind, may in off.items() if not may] == [NoticeKind.DUTY]


START = dt.datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)

# --- circuits -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verdict", "sign"),
    [
        (ProviderVerdict.ACCEPTED, Sign.WELL),
        (ProviderVerdict.THROTTLED, Sign.WELL),
        (ProviderVerdict.BAD_ADDRESS, Sign.WELL),
        (ProviderVerdict.REFUSED, Sign.WELL),
        (ProviderVerdict.TEMPORARY, Sign.FAULT),
        (ProviderVerdict.UNCLEAR, Sign.FAULT),
        (ProviderVerdict.UNREACHABLE, Sign.CUT),
    ],
)
def test_only_its_own_faults_speak_against_a_provider(verdict: ProviderVerdict, sign: Sign) -> None:
    assert sign_of(verdict) is sign


# --- fates ----------------------------------------------------------------------------------------


@given(st.integers(1, 40), st.uuids())
def test_pauses_grow_are_bounded_and_repeatable(attempt: int, delivery_id: uuid.UUID) -> None:
    pause = fates.pause_before(attempt, delivery_id)
    whole = min(fates.FIRST_PAUSE * 2 ** min(attempt - 1, 20), fates.LONGEST_PAUSE)
    assert whole * 0.8 <= pause <= whole * 1.2
    assert pause == fates.pause_before(attempt, delivery_id)


@given(st.sampled_from(ProviderVerdict), st.sampled_from(Importance), st.integers(0, 40), st.uuids())
def test_a_fate_is_whole(
    verdict: ProviderVerdict, importance: Importance, tries: int, delivery_id: uuid.UUID
) -> None:
    fate = fates.fate_of(verdict, importance=importance, tries=tries, delivery_id=delivery_id, at=START)
    waits = fate.state is DeliveryState.QUEUED
    assert (fate.next_at is not None) is waits
    assert fate.next_at is None or fate.next_at >= START
    assert not (fate.another_way and waits)
    if verdict in {ProviderVerdict.UNREACHABLE, ProviderVerdict.THROTTLED}:
        assert waits and not fate.uses_a_try and not fate.costs


def test_what_matters_is_said_again_and_a_reminder_is_not() -> None:
    def after(importance: Importance) -> DeliveryState:
        return fates.after_unclear(importance, tries=0, delivery_id=uuid.UUID(int=1), at=START).state

    assert after(Importance.TRANSACTIONAL) is DeliveryState.QUEUED
    assert after(Importance.REMINDER) is DeliveryState.FAILED


# --- money ----------------------------------------------------------------------------------------


@given(
    st.lists(st.integers(0, 900), max_size=30),
    st.integers(0, 5000),
    st.lists(st.none() | st.integers(0, 9000), max_size=3),
)
def test_what_is_afforded_stays_under_every_cap_and_one_more_would_not(
    costs: list[int], spent: int, caps: list[int | None]
) -> None:
    count = money.affordable(costs, spent=spent, caps=caps)
    least = min((cap for cap in caps if cap is not None), default=None)
    if least is None:
        assert count == len(costs)
        return
    assert count == 0 or spent + sum(costs[:count]) <= least
    assert count == len(costs) or spent + sum(costs[: count + 1]) > least


# --- what providers say ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "text", "verdict"),
    [
        (550, "5.1.1 No such user", ProviderVerdict.BAD_ADDRESS),
        (550, "User unknown", ProviderVerdict.BAD_ADDRESS),
        (550, "5.7.1 Blocked", ProviderVerdict.REFUSED),
        (554, "Refused", ProviderVerdict.REFUSED),
        (552, "5.2.2 Mailbox full", ProviderVerdict.BAD_ADDRESS),
        (451, "4.3.0 Later", ProviderVerdict.TEMPORARY),
        (450, "4.7.1 Slow down", ProviderVerdict.THROTTLED),
        (421, "Closing", ProviderVerdict.UNREACHABLE),
        (-1, "xyzzy", ProviderVerdict.TEMPORARY),
    ],
)
def test_mail_codes(code: int, text: str, verdict: ProviderVerdict) -> None:
    assert smtp_codes.verdict_of(code, text) is verdict


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (0x58, ProviderVerdict.THROTTLED),
        (0x14, ProviderVerdict.THROTTLED),
        (0x0B, ProviderVerdict.BAD_ADDRESS),
        (0x08, ProviderVerdict.TEMPORARY),
        (0x45, ProviderVerdict.REFUSED),
    ],
)
def test_message_centre_codes(status: int, verdict: ProviderVerdict) -> None:
    assert smpp_codes.verdict_of(status) is verdict


def test_receipts() -> None:
    text = (
        "id:00000abc sub:001 dlvrd:001 submit date:2611230900 done date:2611230901 stat:DELIVRD err:000 text:"
    )
    said = receipts.read_receipt(text)
    assert said is not None and said.arrived and said.ids == ("00000abc",)
    lost = receipts.read_receipt("id:17 stat:UNDELIV err:027")
    assert lost is not None and not lost.arrived and lost.code == "UNDELIV/027"
    assert receipts.read_receipt("id:17 stat:ENROUTE") is None
    assert receipts.read_receipt("Xin chào") is None


@given(st.text(max_size=200), st.text(max_size=40))
def test_no_receipt_breaks_us(text: str, message_id: str) -> None:
    receipts.read_receipt(text, message_id=message_id)


@given(st.integers(0, 2**64))
def test_an_id_is_found_however_the_centre_says_it_again(number: int) -> None:
    assert f"{number:x}" in receipts.ids_of(str(number), IdNotation.DECIMAL)
    assert f"{number:08X}" in receipts.ids_of(str(number), IdNotation.DECIMAL)
    assert str(number) in receipts.ids_of(f"{number:08x}", IdNotation.HEXADECIMAL)


@given(st.from_regex(r"[0-9a-f]{8}", fullmatch=True))
def test_where_nothing_else_is_said_an_id_is_itself_alone(said: str) -> None:
    """Found by the bench: "00000010" is not the tenth message."""
    assert receipts.ids_of(said, IdNotation.SAME) == (said,)


# --- browsers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("endpoint", "known"),
    [
        ("https://fcm.googleapis.com/fcm/send/abc", True),
        ("https://sg2p.notify.windows.com/w/?token=1", True),
        ("http://fcm.googleapis.com/fcm/send/abc", False),
        ("https://fcm.googleapis.com.evil.example/x", False),
        ("https://evilfcm.googleapis.com@10.0.0.1/", False),
        ("https://fcm.googleapis.com@10.0.0.1/", False),
        ("https://127.0.0.1/x", False),
        ("https://fcm.googleapis.com:8443/x", False),
        ("http://127.0.0.1:9/push/1", False),
        ("https://[::1", False),
    ],
)
def test_only_known_push_services_are_posted_to(endpoint: str, known: bool) -> None:
    assert push.may_post_to(endpoint) is known


def test_the_sandbox_is_known_where_it_is_named() -> None:
    assert push.may_post_to("http://127.0.0.1:9/push/1", hosts=("http://127.0.0.1:9",))
    assert not push.may_post_to("http://127.0.0.1:99/push/1", hosts=("http://127.0.0.1:9",))
