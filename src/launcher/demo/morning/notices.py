"""Somebody with an address of mail files from home: every event is one letter in the sandbox's mailbox."""

from __future__ import annotations

import json
from urllib.parse import quote, urlsplit

from launcher.demo.acting import Story
from launcher.demo.cast import sign_in_as_citizen
from launcher.demo.forms import Value
from launcher.demo.life import online
from launcher.demo.morning.day import CODE, PATIENCE_SECONDS, Morning
from launcher.demo.pages import Page, PageError
from launcher.settings import Ports

MAIL = "lan.nguyen@vi-du.example"
UNIT = "Văn phòng HĐND và UBND"
NOTE = "Giấy chứng sinh"
ASKED: dict[str, Value] = {
    f"{NOTE}, hoặc": True,
    f"Thiếu hoặc sai ở đâu: {NOTE}, hoặc": "Bản quét mờ, không đọc được ngày sinh.",
}


def tell(morning: Morning) -> None:
    """File, receive, ask for a better paper, withdraw: three events, three letters, one each."""
    hung, mai = morning.hung, morning.cast.mai
    story = Story(morning.report, morning.cast, _file(morning))
    story.act(hung, "Tiếp nhận")
    found = CODE.search(hung.open(story.at_desk).text)
    story.code = found[0] if found else ""
    morning.besides.append(story.code)
    story.act(hung, "Chuyển xử lý", {"Chuyển đến": UNIT})
    story.act(mai, "Nhận xử lý")
    story.act(mai, "Yêu cầu bổ sung", ASKED)
    story.act(hung, "Rút hồ sơ", {"Lý do người nộp nêu": "Nộp lại sau khi xin bản rõ hơn"})
    _check_letters(morning, story.code, events=3)


def _file(morning: Morning) -> str:
    """Let Bà Lan file a birth from home; return the dossier."""
    lan = morning.cast.lan
    begun = sign_in_as_citizen(lan, lan.open(f"/dang-nhap/?next={quote('/nop/moi/1.001193/')}"))
    place = lan.press(begun, "Bắt đầu" if begun.has_button("Bắt đầu") else "Soạn hồ sơ mới")
    form = lan.press(place, "Tiếp tục", {**online.PLACE, "Thư điện tử": MAIL})
    upload = lan.press(form, "Tiếp tục", online.ANSWERS)
    review = lan.press(upload, "Tiếp tục", online.papers_for(upload))
    filed = lan.press(review, "Nộp hồ sơ")
    morning.check(
        "Bà Lan nộp trực tuyến, có địa chỉ thư", filed.heading == "Đã nộp hồ sơ", filed.said or filed.heading
    )
    return urlsplit(filed.link("Xem hồ sơ này")).path.strip("/").rpartition("/")[2]


def _check_letters(morning: Morning, code: str, *, events: int) -> None:
    """Wait for the letters that name the dossier, and count them."""
    box = f"http://127.0.0.1:{Ports.at(urlsplit(morning.hung.base).port or 8000).post}/_sandbox/inbox?channel=email&to={MAIL}"

    def about(page: Page) -> list[str]:
        items = json.loads(page.content)["items"]
        return [str(one["subject"]) for one in items if code in f"{one['subject']} {one['text']}"]

    try:
        page = morning.wait(lambda: morning.cast.stranger.open(box), lambda page: len(about(page)) >= events)
    except PageError as silence:
        raise PageError(f"Hộp thư giả lập không trả lời: {silence}") from silence
    letters = about(page)
    morning.check(
        f"Ba việc, ba thư, mỗi việc một thư (chờ nhiều nhất {PATIENCE_SECONDS} giây)",
        len(letters) == events and len(set(letters)) == events,
        "; ".join(letters) or "không có thư nào",
    )
