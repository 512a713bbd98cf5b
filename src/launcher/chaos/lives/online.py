"""A citizen files with a paper; the counter receives; the citizen pays, answers what is asked, or withdraws."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping

from launcher.chaos.clients import Client, Pressed
from launcher.chaos.diary import Kind, Outcome
from launcher.chaos.hand import Deed, Hand
from launcher.chaos.lives import acting, money
from launcher.chaos.people import CITIZENS
from launcher.demo import papers
from launcher.demo.extract import EXTRACT, answers_of, papers_for
from launcher.demo.forms import Value
from launcher.demo.pages import Page, PageError, nodes, text_of

WARD = "Phường Việt Trì"
PLACE: Mapping[str, Value] = {"Nơi nộp hồ sơ": WARD, "Số điện thoại": "0900000001"}
DOSSIER = re.compile(r"/ho-so/([0-9a-f-]{36})/")
PAYS, ANSWERS, WITHDRAWS = 0.55, 0.15, 0.10


def live(hand: Hand) -> None:
    citizen = hand.numbers.choice(CITIZENS)
    with hand.shared.citizens[citizen]:  # an untouched draft is the same draft in every window of one person
        draft_id, pressed = _file(hand, citizen)
    client = hand.client(citizen)
    dossier_id = ""
    if pressed.outcome is Outcome.ACKNOWLEDGED:
        found = DOSSIER.search(client.look(f"/nop/{draft_id}/xong/").content.decode())
        dossier_id = found[1] if found else ""
    hand.write(Kind.FILING, draft_id, client, pressed, dossier_id)
    if dossier_id and acting.act(hand, dossier_id, acting.RECEIVE):
        _go_on(hand, citizen, dossier_id)


def _go_on(hand: Hand, citizen: str, dossier_id: str) -> None:
    chance = hand.numbers.random()
    if chance < PAYS:
        if hand.numbers.random() < money.WITHDRAWN:
            money.pay(hand, citizen, dossier_id, when_paid=lambda: withdraw(hand, citizen, dossier_id))
        else:
            money.pay(hand, citizen, dossier_id)
            acting.lead(hand, dossier_id)
    elif chance < PAYS + ANSWERS:
        asked = (*acting.TO_SPECIALIST, acting.REQUEST_SUPPLEMENT)
        if acting.take(hand, dossier_id, asked) and supplement(hand, citizen, dossier_id):
            acting.take(hand, dossier_id, (acting.PROPOSE, acting.APPROVE))
    elif chance < PAYS + ANSWERS + WITHDRAWS:
        withdraw(hand, citizen, dossier_id)
    else:
        acting.lead(hand, dossier_id)


def withdraw(hand: Hand, citizen: str, dossier_id: str) -> bool:
    address = f"/ho-so/{dossier_id}/rut/"
    return hand.do(Deed(Kind.ACT, f"{dossier_id}/withdraw", citizen, address, "Rút hồ sơ"))


def supplement(hand: Hand, citizen: str, dossier_id: str) -> bool:
    """Hand in everything that was asked for, as files."""
    return hand.do(
        Deed(
            Kind.ACT, f"{dossier_id}/answer_supplement", citizen, f"/ho-so/{dossier_id}/bo-sung/", "Gửi bổ sung",
            _files,
        )
    )  # fmt: skip


def _file(hand: Hand, citizen: str) -> tuple[str, Pressed]:
    client = hand.client(citizen)
    begun = _onward(client, hand.look(citizen, f"/nop/moi/{EXTRACT}/"), ("Bắt đầu", "Soạn hồ sơ mới"), {})
    client = hand.client(citizen)
    draft_id = begun.url.split("/nop/")[1].split("/")[0]
    form = _onward(client, begun, ("Tiếp tục",), PLACE)
    upload = _onward(client, form, ("Tiếp tục",), answers_of(citizen, lives_in=WARD))
    review = _onward(client, upload, ("Tiếp tục",), papers_for(upload))
    return draft_id, client.press(review, "Nộp hồ sơ", persistent=False)


def _onward(client: Client, page: Page, buttons: tuple[str, ...], values: Mapping[str, Value]) -> Page:
    """Go one step on in the wizard: harmless, so pressed until it leads on."""
    button = next((one for one in buttons if page.has_button(one)), buttons[0])
    pressed = client.press(page, button, values)
    if pressed.answer is None or not pressed.answer.is_done:
        said = pressed.answer.page.said if pressed.answer else ""
        raise PageError(f"{page.url}: {button}: {said}")
    return client.look(pressed.answer.location)


def _files(page: Page) -> dict[str, Value]:
    """Return a new file for everything that a page asks to choose."""
    labels = nodes(page.tree, "//label[starts-with(normalize-space(),'Chọn tệp')]")
    return {
        text_of(one): papers.pdf(f"bo-sung-{number}.pdf", uuid.uuid4().hex)
        for number, one in enumerate(labels, start=1)
    }
