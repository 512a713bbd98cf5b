"""Every adapter against the real wire: what a provider may do wrong, and what we make of it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from vanlang.kernel import clock
from vanlang.notifications.adapters.web_push import public_key
from vanlang.notifications.ports import Carried, Carrier, Parcel
from vanlang.notifications.queries.templates import get_template
from vanlang.notifications.rules import wording
from vanlang.notifications.tests.conftest import Post
from vanlang.notifications.tests.test_templates import ENVELOPE
from vanlang.notifications.types import NoticeChannel, ProviderVerdict

EMAIL, SMS, PUSH, MESSENGER = NoticeChannel
TO = {EMAIL: "lan@example.vn", SMS: "84912345678", MESSENGER: "84912345678", PUSH: ""}
WIRE = {EMAIL: "smtp", SMS: "smpp", MESSENGER: "messenger", PUSH: "push"}


def parcel(
    channel: NoticeChannel, *, to: str | None = None, code: str = "dossier_received", **changes: Any
) -> Parcel:
    template = get_template(code)
    letter = wording.compose(template, values=wording.examples(template), envelope=ENVELOPE, diacritics=False)
    made = Parcel(
        reference=str(uuid.uuid4()), to=TO[channel] if to is None else to, letter=letter, template=code,
        kind=template.kind, at=clock.now(),
    )  # fmt: skip
    return replace(made, **changes)


def parcel_for(post: Post, channel: NoticeChannel) -> Parcel:
    """Return a parcel that arrives, on any channel."""
    if channel is PUSH:
        return parcel(PUSH, subscriptions=(post.outside.subscribe_browser(),))
    return parcel(channel)


def carry(carrier: Carrier, parcels: Sequence[Parcel]) -> list[Carried]:
    results = list(carrier.carry(parcels))
    carrier.rest()
    return results


@pytest.fixture(params=list(NoticeChannel))
def channel(request: pytest.FixtureRequest) -> NoticeChannel:
    return NoticeChannel(request.param)


# --- what every provider does --------------------------------------------------------------------


def test_what_is_carried_arrives(post: Post, channel: NoticeChannel) -> None:
    sent = parcel_for(post, channel)
    [result] = carry(post.carrier(channel), [sent])
    assert result.verdict is ProviderVerdict.ACCEPTED
    [item] = post.inbox(channel.value)
    said = f"{item['subject']} {item['text']}"
    assert (sent.letter.short if channel is SMS else sent.letter.do_now) in said


@pytest.mark.parametrize(
    ("mode", "verdict"),
    [
        ("temporary", ProviderVerdict.TEMPORARY),
        ("throttle", ProviderVerdict.THROTTLED),
        ("permanent", ProviderVerdict.BAD_ADDRESS),
        ("reject", ProviderVerdict.REFUSED),
    ],
)
def test_what_a_refusal_is(post: Post, channel: NoticeChannel, mode: str, verdict: ProviderVerdict) -> None:
    sent = parcel_for(post, channel)
    post.misbehave(mode, WIRE[channel])
    [result] = carry(post.carrier(channel), [sent])
    assert result.verdict is verdict
    assert post.inbox(channel.value) == []


def test_a_share_of_refusals_is_that_share(post: Post, channel: NoticeChannel) -> None:
    post.misbehave("refuse", WIRE[channel], times=99, percent=25)
    parcels = [parcel_for(post, channel) for _ in range(12)]
    results = carry(post.carrier(channel), parcels)
    assert [result.verdict for result in results].count(ProviderVerdict.TEMPORARY) == 3
    assert len(post.inbox(channel.value)) == 9


@pytest.mark.parametrize("channel", [EMAIL, SMS])
def test_a_port_that_is_closed(post: Post, channel: NoticeChannel) -> None:
    post.misbehave("down", WIRE[channel])
    parcels = [parcel(channel), parcel(channel)]
    [result] = carry(post.carrier(channel), parcels)
    assert (result.reference, result.verdict) == (parcels[0].reference, ProviderVerdict.UNREACHABLE)
    post.behave()
    assert len(carry(post.carrier(channel), parcels)) == 2


def test_a_wrong_password_hands_nothing_over(post: Post, settings: Any) -> None:
    settings.VANLANG_SMTP = settings.VANLANG_SMTP.replace(post.outside.post_password, "wrong")
    settings.VANLANG_SMPP = settings.VANLANG_SMPP.replace(post.outside.post_password, "wrong")
    settings.VANLANG_MESSENGER = settings.VANLANG_MESSENGER.replace(post.outside.post_password, "wrong")
    for channel in (EMAIL, SMS, MESSENGER):
        [result] = carry(post.carrier(channel), [parcel(channel)])
        assert (channel, result.verdict) == (channel, ProviderVerdict.UNREACHABLE)
    assert post.inbox() == []


@pytest.mark.parametrize(
    ("channel", "mode", "verdict"),
    [
        (EMAIL, "nonsense", ProviderVerdict.TEMPORARY),
        (EMAIL, "nonsense_after_data", ProviderVerdict.UNCLEAR),
        (EMAIL, "hang_up", ProviderVerdict.UNREACHABLE),
        (EMAIL, "drop_after_accept", ProviderVerdict.UNCLEAR),
        (SMS, "nonsense", ProviderVerdict.UNCLEAR),
        (SMS, "hang_up", ProviderVerdict.UNCLEAR),
        (SMS, "drop_after_accept", ProviderVerdict.UNCLEAR),
        (MESSENGER, "nonsense", ProviderVerdict.UNCLEAR),
    ],
)
def test_what_breaks_in_the_middle(
    post: Post, channel: NoticeChannel, mode: str, verdict: ProviderVerdict
) -> None:
    post.misbehave(mode, WIRE[channel])
    [result] = carry(post.carrier(channel), [parcel(channel)])
    assert result.verdict is verdict
    assert len(post.inbox(channel.value)) == ("after" in mode)


# --- letters --------------------------------------------------------------------------------------


def test_a_letter_is_whole(post: Post) -> None:
    sent = parcel(EMAIL)
    [result] = carry(post.carrier(EMAIL), [sent])
    [item] = post.inbox("email")
    assert item["subject"] == sent.letter.subject
    assert item["text"].replace("\r\n", "\n") == wording.as_text(sent.letter)
    assert item["html"].strip() == wording.as_html(sent.letter)
    facts = item["facts"]
    assert facts["Message-ID"] == result.provider_ref == f"<{sent.reference}@phutho.example>"
    assert facts["From"] == "UBND phường Việt Trì <khong-tra-loi@phutho.example>"
    assert facts["List-Unsubscribe"] == f"<{ENVELOPE.stop_link}>"
    assert facts["Auto-Submitted"] == "auto-generated"


def test_the_same_letter_sent_again_has_the_same_id(post: Post) -> None:
    sent = parcel(EMAIL)
    carry(post.carrier(EMAIL), [sent, sent])
    assert len({item["facts"]["Message-ID"] for item in post.inbox("email")}) == 1


def test_a_duty_cannot_be_unsubscribed_by_a_mail_program(post: Post) -> None:
    carry(post.carrier(EMAIL), [parcel(EMAIL, code="supplement_requested")])
    assert "List-Unsubscribe" not in post.inbox("email")[0]["facts"]


def test_a_line_that_begins_with_a_dot_stays(post: Post) -> None:
    sent = parcel(EMAIL)
    sent = replace(sent, letter=replace(sent.letter, paragraphs=(".\n..hai chấm\n.",)))
    carry(post.carrier(EMAIL), [sent])
    assert "\n..hai chấm\n.\n" in post.inbox("email")[0]["text"].replace("\r\n", "\n")


def test_a_header_cannot_be_smuggled_in(post: Post) -> None:
    sent = parcel(EMAIL, to="lan@example.vn")
    sent = replace(sent, letter=replace(sent.letter, agency="UBND\r\nBcc: ai-do@example.vn"))
    with pytest.raises(ValueError, match="CR or LF"):
        carry(post.carrier(EMAIL), [sent])
    assert post.inbox("email") == []


def test_one_bad_address_does_not_stop_the_batch(post: Post) -> None:
    parcels = [parcel(EMAIL), parcel(EMAIL, to="khong-co@example.vn"), parcel(EMAIL)]
    results = carry(post.carrier(EMAIL), parcels)
    assert [result.verdict for result in results] == [
        ProviderVerdict.ACCEPTED,
        ProviderVerdict.BAD_ADDRESS,
        ProviderVerdict.ACCEPTED,
    ]


# --- text messages --------------------------------------------------------------------------------


def test_a_long_text_goes_in_parts_and_is_one_message(post: Post) -> None:
    sent = parcel(SMS)
    for text in ("x" * 159 + "€" * 100, "Hồ sơ đã nhận, hẹn trả thứ Ba 😀 " * 9):
        carry(post.carrier(SMS), [replace(sent, letter=replace(sent.letter, short=text))])
        assert post.inbox("sms")[-1]["text"] == text


def test_receipts_come_with_the_batch(post: Post) -> None:
    carrier = post.carrier(SMS)
    carrier.heard()
    results = carry(carrier, [parcel(SMS) for _ in range(25)])
    assert {result.verdict for result in results} == {ProviderVerdict.ACCEPTED}
    said = carrier.heard()
    assert {one.ids[0] for one in said} == {result.provider_ref for result in results}
    assert all(one.arrived for one in said)


def test_late_receipts_are_kept_for_the_next_bind(post: Post) -> None:
    carrier = post.carrier(SMS)
    carrier.heard()
    post.misbehave("late_receipts", "smpp", times=9)
    [result] = carry(carrier, [parcel(SMS)])
    assert carrier.heard() == []
    assert [one.ids[0] for one in carrier.confirmations()] == [result.provider_ref]


def test_a_receipt_may_say_that_it_was_lost(post: Post) -> None:
    carrier = post.carrier(SMS)
    carrier.heard()
    post.misbehave("undelivered", "smpp")
    carry(carrier, [parcel(SMS)])
    [said] = carrier.confirmations()
    assert (said.arrived, said.code) == (False, "UNDELIV/000")


def test_throttling_stops_the_batch_and_hands_the_rest_back(post: Post) -> None:
    post.misbehave("throttle", "smpp")
    results = carry(post.carrier(SMS), [parcel(SMS) for _ in range(30)])
    assert results[0].verdict is ProviderVerdict.THROTTLED
    assert len(results) <= 11  # what was on the way: one window


# --- browsers -------------------------------------------------------------------------------------


def test_only_the_browser_can_read_a_push(post: Post) -> None:
    sent = parcel(PUSH, subscriptions=(post.outside.subscribe_browser(),))
    carry(post.carrier(PUSH), [sent])
    [item] = post.inbox("push")
    assert (item["subject"], item["text"]) == (sent.letter.subject, sent.letter.do_now)
    assert item["facts"]["url"] == sent.letter.link
    assert item["facts"]["from"] == "mailto:khong-tra-loi@phutho.example"


def test_one_browser_that_is_gone_is_named_and_the_other_reads(post: Post) -> None:
    here = post.outside.subscribe_browser()
    gone = {**here, "endpoint": f"{post.outside.post_office}/push/gone"}
    [result] = carry(post.carrier(PUSH), [parcel(PUSH, subscriptions=(gone, here))])
    assert (result.verdict, result.gone) == (ProviderVerdict.ACCEPTED, (gone["endpoint"],))


def test_a_push_never_leaves_for_an_unknown_place(post: Post, settings: Any) -> None:
    settings.VANLANG_PUSH_HOSTS = ()
    [result] = carry(post.carrier(PUSH), [parcel(PUSH, subscriptions=(post.outside.subscribe_browser(),))])
    assert (result.verdict, result.code) == (ProviderVerdict.BAD_ADDRESS, "unknown_service")


def test_the_public_key_is_a_point(post: Post) -> None:
    assert len(public_key("AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE")) == 87


# --- messenger ------------------------------------------------------------------------------------


def test_the_same_message_twice_is_one(post: Post) -> None:
    sent = parcel(MESSENGER)
    results = carry(post.carrier(MESSENGER), [sent, sent])
    assert results[0].provider_ref == results[1].provider_ref
    assert len(post.inbox("messenger")) == 1


def test_whoever_has_no_account_there_is_a_bad_address(post: Post) -> None:
    [result] = carry(post.carrier(MESSENGER), [parcel(MESSENGER, to="84900000404")])
    assert result.verdict is ProviderVerdict.BAD_ADDRESS


def test_our_templates_are_mapped_to_theirs(post: Post, settings: Any) -> None:
    settings.VANLANG_MESSENGER += "?template.dossier_received=317202"
    carry(post.carrier(MESSENGER), [parcel(MESSENGER)])
    assert post.inbox("messenger")[0]["subject"] == "317202"
