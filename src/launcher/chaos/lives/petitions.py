"""Somebody without an account sends a petition; it is answered, published, and judged by who sent it."""

from __future__ import annotations

import re
import uuid

from launcher.chaos.clients import Client
from launcher.chaos.diary import Kind, Outcome
from launcher.chaos.hand import Deed, Hand
from launcher.demo.forms import Value
from launcher.demo.pages import nodes

PETITION = re.compile(r"/phan-anh/([0-9a-f-]{36})/")
ANSWER = "Tổ điện của phường đã thay bóng đèn trong ngày."
KIND, WARD = "Phản ánh, kiến nghị khác", "phường Việt Trì"
ANSWERED, RATED = 0.7, 0.6


def live(hand: Hand) -> None:
    sender = _stranger(hand)
    petition_id = _send(hand, sender)
    is_answered = petition_id and hand.numbers.random() < ANSWERED and _answer(hand, petition_id)
    if is_answered and hand.numbers.random() < RATED:
        _rate(hand, sender, petition_id)


def _stranger(hand: Hand) -> Client:
    """Return somebody new, at an address of their own: an address may send six an hour."""
    hand.strangers += 1
    address = f"127.{10 + hand.number}.{hand.strangers // 250}.{hand.strangers % 250 + 2}"
    base = hand.shared.province.url + "/"
    return Client("người dân", base, {}, hand.numbers, address, keeps=True)


def _send(hand: Hand, sender: Client) -> str:
    page = sender.look("/phan-anh/gui/")
    key, where = f"PA-{uuid.uuid4().hex}", uuid.uuid4().hex[:8]
    told: dict[str, Value] = {
        "Mã hồ sơ liên quan": key,
        "Gửi đến cơ quan": WARD,
        "Tiêu đề": f"Đèn đường {where} không sáng",
        "Nội dung": f"Đèn ở ngõ {where} không sáng đã ba tối, đề nghị sửa.",
        "Số điện thoại": f"09{hand.numbers.randrange(10**8):08d}",
    }
    pressed = sender.press(page, "Gửi phản ánh", told)
    hand.write(Kind.PETITION, key, sender, pressed)
    if pressed.outcome is not Outcome.ACKNOWLEDGED or pressed.answer is None:
        return ""
    found = PETITION.search(pressed.answer.location)
    return found[1] if found else ""


def _answer(hand: Hand, petition_id: str) -> bool:
    here = f"/can-bo/phan-anh/{petition_id}/"
    words: dict[str, Value] = {"Trả lời người gửi": ANSWER, "Trả lời": ANSWER}
    steps: tuple[tuple[str, str, str, str, dict[str, Value]], ...] = (
        ("accept", "mai", f"{here}viec/tiep-nhan/", "Tiếp nhận", {}),
        ("propose_answer", "mai", f"{here}tra-loi/", "Trình lãnh đạo", words),
        ("approve_answer", "phuc", here, "Phê duyệt, công khai sau", {}),
        ("publish", "mai", f"{here}cong-khai/", "Xác nhận không nêu ai, công khai", {}),
    )
    return _classify(hand, petition_id, here) and all(
        hand.do(Deed(Kind.PETITION_ACT, f"{petition_id}/{act}", who, address, button, values))
        for act, who, address, button, values in steps
    )


def _classify(hand: Hand, petition_id: str, here: str) -> bool:
    def is_done(client: Client) -> bool:
        """Whether the page shows the kind as chosen: it lets an officer choose again."""
        page = client.look(here)
        return bool(nodes(page.tree, "//button[@aria-pressed='true'][contains(., $kind)]", kind=KIND))

    return hand.do(Deed(Kind.PETITION_ACT, f"{petition_id}/classify", "mai", here, KIND, is_done=is_done))


def _rate(hand: Hand, sender: Client, petition_id: str) -> None:
    page = sender.look(f"/phan-anh/{petition_id}/")
    question = "Ông/bà có hài lòng với trả lời không?"
    pressed = sender.press(page, "Gửi ý kiến", {question: "Hài lòng"})
    hand.write(Kind.PETITION_ACT, f"{petition_id}/say_satisfaction", sender, pressed)
