"""Anh Hùng takes in what people bring, sometimes its fee, and leads it on."""

from __future__ import annotations

import re

from launcher.chaos.diary import Kind, Outcome
from launcher.chaos.hand import Hand
from launcher.chaos.lives import acting, money
from launcher.demo.extract import EXTRACT
from launcher.demo.morning.day import CODE, EVERYTHING, first_choice, typed
from launcher.demo.pages import Page

AT_COUNTER = (EXTRACT, EXTRACT, "1.013314", "1.001193")
WITH_FEE = 0.5
"""How many of those that cost something are paid for at once."""


def live(hand: Hand) -> None:
    procedure = hand.numbers.choice(AT_COUNTER)
    dossier_id = take_in(hand, procedure)
    if not dossier_id:
        return
    is_paid = procedure == EXTRACT and hand.numbers.random() < WITH_FEE and money.take_fee(hand, dossier_id)
    if is_paid and hand.numbers.random() < money.WITHDRAWN:
        acting.act(hand, dossier_id, acting.WITHDRAW)
    else:
        acting.lead(hand, dossier_id)


def take_in(hand: Hand, procedure: str) -> str:
    """Take in a dossier; return its id, nothing when it was not acknowledged."""
    page = hand.look("hung", f"/can-bo/tiep-nhan/{procedure}/")
    if not page.has_button("Tiếp nhận"):
        page = hand.look("hung", page.link(first_choice(page)))
    dossier_id = page.carried("dossier_id")
    hung = hand.client("hung")
    pressed = hung.press(page, "Tiếp nhận", {**typed(hand.shared.applicants.new()), **EVERYTHING})
    is_done = pressed.outcome is Outcome.ACKNOWLEDGED and pressed.answer is not None
    code = _code_in(hung.look(pressed.answer.location)) if is_done and pressed.answer else ""
    hand.write(Kind.INTAKE, dossier_id, hung, pressed, code)
    return dossier_id if is_done else ""


def _code_in(page: Page) -> str:
    found = re.search(CODE, page.text)
    return found[0] if found else ""
