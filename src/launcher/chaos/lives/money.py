"""Money: into the drawer, for a dossier in cash, at the payment platform, and back to who paid."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Callable
from urllib.parse import urlencode

from launcher.chaos.clients import Client, LostError
from launcher.chaos.diary import Kind, Line, Outcome
from launcher.chaos.hand import Deed, Hand
from launcher.demo.forms import Sending
from launcher.demo.pages import Node, Page, nodes

FEE, COPIES = 8_000, 2
OWED = COPIES * FEE
COUNT = "Phí cấp bản sao trích lục: số bản sao"
RAISE, TAKE = "Lập khoản phải nộp", "Đã thu đủ"
PLATFORM, TO_PLATFORM, PAID = (
    "Nền tảng thanh toán quốc gia",
    "Sang trang thanh toán quốc gia",
    "Đã nhận đủ tiền",
)
REFUNDS = "/can-bo/thanh-toan/hoan-tien/"
FORM = "application/x-www-form-urlencoded"
WITHDRAWN = 0.3
"""How many of those who paid take their dossier back, and get their money back."""


def take_cash(hand: Hand) -> None:
    """Take money into the drawer for something beside any dossier."""
    key = f"Thu lẻ {uuid.uuid4().hex[:16]}"
    page = hand.look("hung", hand.shared.drawer)
    hung = hand.client("hung")
    hand.write(Kind.CASH, key, hung, hung.press(page, "Ghi thu", {"Thu khoản gì": key, "Số tiền": str(FEE)}))


def take_fee(hand: Hand, dossier_id: str) -> bool:
    """Count what a dossier owes, and take it."""
    address = f"/can-bo/thanh-toan/ho-so/{dossier_id}/"
    page = hand.look("hung", address)
    if page.has_button(RAISE):  # raised once for a dossier, whoever raises it
        hand.client("hung").press(page, RAISE, {COUNT: str(COPIES)})
    elif not page.has_button(TAKE):
        return False
    return hand.do(
        Deed(
            Kind.FEE, dossier_id, "hung", address, TAKE, {"Số tiền nhận (đồng)": str(OWED)},
            lambda client: "Đã nộp" in client.look(address).text,
        )
    )  # fmt: skip


def pay(hand: Hand, citizen: str, dossier_id: str, *, when_paid: Callable[[], object] | None = None) -> None:
    """Begin to pay at the platform; the way there opens when the platform has answered."""
    page = hand.look(citizen, f"/ho-so/{dossier_id}/thanh-toan/")
    if not page.has_button(PLATFORM):
        return
    begun = hand.client(citizen).press(page, PLATFORM)
    if begun.answer is None or not begun.answer.is_done:
        return
    address = begun.answer.location

    def go_there() -> bool:
        shown = hand.look(citizen, address)
        if not shown.has_link(TO_PLATFORM):
            return PAID in shown.text
        platform = Client(citizen, "", {}, hand.numbers)
        with contextlib.suppress(LostError):  # the platform's own memory says later what it took
            platform.ask(Sending(shown.link(TO_PLATFORM), b"deed=pay", FORM), "")
        if when_paid is not None:
            hand.later(see_it_paid)
        return True

    def see_it_paid() -> bool:
        is_paid = PAID in hand.look(citizen, address).text
        if is_paid and when_paid is not None:
            when_paid()
        return is_paid

    hand.later(go_there)


def decide_refunds(hand: Hand) -> None:
    """Let the leader decide everything that is proposed to go back; cash is handed out at once."""
    if not hand.shared.refunds.acquire(blocking=False):
        return
    try:
        for button, act in (("quyet", "ask_refund"), ("da-hoan", "confirm_refund")):
            page = hand.look("phuc", REFUNDS)
            for form in nodes(page.tree, "//form[.//input[@name='hoan']]"):
                if _offers(form, button):
                    _decide(hand, page, form, button, act)
    finally:
        hand.shared.refunds.release()


def _offers(form: Node, button: str) -> bool:
    return bool(nodes(form, ".//*[@name='viec' and @value=$button]", button=button))


def _decide(hand: Hand, page: Page, form: Node, button: str, act: str) -> None:
    """Send one of many forms of a page: each decides one refund, which its fields name."""
    told = {str(one.get("name")): str(one.get("value")) for one in nodes(form, ".//input[@type='hidden']")}
    slip = {"chung-tu": f"CT{uuid.uuid4().hex[:10]}"} if button == "da-hoan" else {}
    sending = Sending(page.url, urlencode({**told, **slip, "viec": button}).encode(), FORM)
    phuc = hand.client("phuc")
    pressed = phuc.send(sending, page.url)
    if pressed.outcome is Outcome.REFUSED and pressed.answer is not None:
        hand.trouble(f"{act}: {pressed.answer.page.status} {pressed.answer.page.said}")
    hand.write(Kind.REFUND, f"{told['hoan']}/{act}", phuc, pressed)


def moved_at_platform(transactions: list[dict[str, object]]) -> list[Line]:
    """Return a line for every sum that the platform says it moved, in or back."""
    lines = []
    for one in transactions:
        answers = [str(answer) for answer in one["answers"]] if isinstance(one["answers"], list) else []
        if one["kind"] in {"pay", "refund"}:
            heard = Outcome.ACKNOWLEDGED if "00" in answers else Outcome.UNKNOWN
            lost = sum(not answer for answer in answers)
            lines.append(
                Line(Kind.PAYMENT, str(one["id"]), "nền tảng", heard, lost=lost, presses=max(1, len(answers)))
            )
    return lines
