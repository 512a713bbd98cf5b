"""Two requests for newborns: one birth is worked to its result and the residence opens by itself; the other is withdrawn."""

from __future__ import annotations

import re

from launcher.demo import acting
from launcher.demo.acting import Story
from launcher.demo.forms import Value
from launcher.demo.morning.day import CODE, DOSSIER, EVERYTHING, Morning
from launcher.demo.morning.people import Person
from launcher.demo.pages import Node, Page, PageError, nodes, text_of

INTAKE = "/can-bo/lien-thong/tiep-nhan/birth-residence-insurance/"
BIRTH, RESIDENCE, INSURANCE = (
    "Đăng ký khai sinh",
    "Đăng ký thường trú cho trẻ",
    "Cấp thẻ bảo hiểm y tế cho trẻ",
)
UNIT = "Văn phòng HĐND và UBND"
CHILD = "Trần Gia Bảo"
WAITING, STOP = "Chờ bước trước", "Dừng bước này"
COMMUNE = "Phường Việt Trì"
ANSWERS: dict[str, Value] = {
    "Nơi cư trú (xã, phường)": COMMUNE,
    "Quan hệ với người được khai sinh": "Mẹ",
    "Họ, chữ đệm, tên của trẻ": CHILD,
    "Giới tính": "Nam",
    "Ngày sinh": "02/11/2026",
    "Dân tộc": "Kinh",
    "Nơi sinh": "Bệnh viện Sản Nhi tỉnh Phú Thọ",
    "Quê quán": "Phường Việt Trì, tỉnh Phú Thọ",
    "Số bản sao Giấy khai sinh đề nghị cấp": "1",
    "Tôi cam đoan": True,
    "Nơi đề nghị đăng ký (xã, phường)": COMMUNE,
    "Địa chỉ chỗ ở đề nghị đăng ký": "Tổ 5, khu Gia Cẩm, phường Việt Trì",
}


def tell(morning: Morning) -> None:
    """Open both chains; follow the first to its second leg, end the second."""
    mother, other = morning.people.new(), morning.people.new()
    chain = _open(morning, mother)
    waits = WAITING in text_of(_leg(chain, RESIDENCE))
    morning.check("Bước thường trú chờ bước khai sinh", waits)
    _work(_first_leg(morning, chain), mother)
    opened = _wait_for_residence(morning, chain)
    _check_opened(morning, opened)
    _check_public(morning, opened, mother)
    _ended(morning, _open(morning, other))


def _first_leg(morning: Morning, chain: Page) -> Story:
    """Return the dossier of the birth, which every chain has from its first minute."""
    birth = _leg(chain, BIRTH)
    code, found = CODE.search(text_of(birth)), DOSSIER.search(_links(birth))
    if code is None or found is None:
        raise PageError(f"Bước khai sinh chưa có hồ sơ. {chain.said}")
    morning.check(
        "Chuỗi liên thông được nhận, bước khai sinh có mã", "Đã tiếp nhận cả chuỗi" in chain.said, code[0]
    )
    morning.besides.append(code[0])
    return Story(morning.report, morning.cast, found[1], code[0])


def _wait_for_residence(morning: Morning, chain: Page) -> Page:
    """Look at the chain again until its second leg waits no longer."""
    return morning.wait(
        lambda: morning.hung.open(chain.url), lambda page: WAITING not in text_of(_leg(page, RESIDENCE))
    )


def _ended(morning: Morning, chain: Page) -> None:
    """The mother withdraws the birth: what stands after it is ended by an officer, with a reason and not without."""
    hung, story = morning.hung, _first_leg(morning, chain)
    story.act(hung, "Rút hồ sơ", {"Lý do người nộp nêu": "Nộp ở nơi cư trú mới"})
    lost = morning.wait(lambda: hung.open(chain.url), lambda page: page.has_button(STOP))
    answer = hung.press(lost, STOP, near=RESIDENCE)
    morning.check_refused("Dừng một bước liên thông mà không ghi lý do", answer, 422, "Chưa ghi nội dung.")
    morning.check("Bước ấy vẫn như cũ", WAITING in text_of(_leg(hung.open(chain.url), RESIDENCE)))
    dropped = hung.press(lost, STOP, {"Lý do, người dân đọc được": "Người yêu cầu đã rút."}, near=RESIDENCE)
    morning.check(
        "Có lý do thì dừng được", "Không làm tiếp" in text_of(_leg(dropped, RESIDENCE)), dropped.said
    )


def _open(morning: Morning, mother: Person) -> Page:
    person: dict[str, Value] = {
        "Số định danh cá nhân": mother.personal_id,
        "Họ và tên người yêu cầu": mother.full_name,
        "Điện thoại": mother.phone,
        "Nơi cư trú": mother.address,
        "Họ, chữ đệm, tên người mẹ": mother.full_name,
    }
    page = morning.hung.open(INTAKE)
    return morning.hung.press(page, "Tiếp nhận cả 3 bước", {**person, **ANSWERS, **EVERYTHING})


def _work(story: Story, mother: Person) -> None:
    """Lead the birth from the counter to its signed result in the mother's hand."""
    story.act(story.cast.hung, "Chuyển xử lý", {"Chuyển đến": UNIT})
    story.act(story.cast.mai, "Nhận xử lý")
    acting.propose(story, {})
    acting.decide_and_deliver(story, mother.full_name)


def _check_opened(morning: Morning, page: Page) -> None:
    residence = text_of(_leg(page, RESIDENCE))
    code = CODE.search(residence)
    if code:
        morning.besides.append(code[0])
    morning.check(
        "Khai sinh có kết quả: hồ sơ thường trú tự mở", "Đang giải quyết" in residence and code, residence
    )
    insurance = text_of(_leg(page, INSURANCE))
    morning.check(
        "Bước bảo hiểm y tế sang cơ quan ngoài hệ thống",
        "Ở cơ quan ngoài hệ thống" in insurance,
        insurance[:120],
    )


def _check_public(morning: Morning, page: Page, mother: Person) -> None:
    public = morning.cast.stranger.open(page.link("Trang theo dõi của người dân"))
    days = re.findall(r"Hẹn trả ([\d:, /]*\d{4})", public.text)
    morning.check("Trang theo dõi công khai: một ngày hẹn cho cả chuỗi", len(days) == 1, ", ".join(days))
    names = [name for name in (mother.full_name, CHILD) if name in public.content.decode()]
    morning.check(
        "Trang theo dõi công khai không có tên ai", not names and public.status == 200, ", ".join(names)
    )


def _leg(page: Page, title: str) -> Node:
    return nodes(
        page.tree, "//li[contains(@class,'chains-leg')][.//h2[normalize-space()=$title]]", title=title
    )[0]


def _links(leg: Node) -> str:
    return " ".join(str(one.get("href")) for one in nodes(leg, ".//a"))
