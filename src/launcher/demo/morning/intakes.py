"""Whoever else comes: somebody known, a card that is scanned, a mandate, a company, an envelope; then up to sixty."""

from __future__ import annotations

import datetime as dt

from launcher.demo.forms import Value
from launcher.demo.morning.day import CODE, DOSSIER, EVERYTHING, NUMBER, PROCEDURES, Morning, typed
from launcher.demo.morning.people import Person, enterprise_number, tracking_number
from launcher.demo.pages import Page

SIXTY = 60
BIRTH, EXTRACT, COPY, SIGNATURE, CROPS = "1.001193", "2.000635", "2.000815", "2.000884", "1.008004"


def tell(morning: Morning) -> None:
    """Take in those who come in a way of their own."""
    _known_person(morning)
    _card(morning)
    _on_behalf(morning)
    _company(morning)
    _envelope(morning)
    _way_back_by_post(morning)
    _pressed_twice(morning)


def fill_up(morning: Morning) -> None:
    """Take in one after the other, the ten procedures in turn, until there are sixty."""
    while len(morning.taken) < SIXTY:
        morning.take_in(PROCEDURES[len(morning.taken) % len(PROCEDURES)], morning.people.new())
    codes = [one.code for one in morning.taken]
    used = {one.procedure for one in morning.taken}
    morning.check(
        "Sáu mươi hồ sơ, sáu mươi mã khác nhau", len(set(codes)) == SIXTY, f"{codes[0]} … {codes[-1]}"
    )
    morning.check("Đủ mười thủ tục", used == set(PROCEDURES), ", ".join(sorted(used)))


def _known_person(morning: Morning) -> None:
    """Type only the number of somebody who was here; the rest is filled in. The second dossier of the matter is warned of."""
    known, hung = morning.taken[0], morning.hung
    page = morning.intake_page(known.procedure)
    filled = hung.press(page, "Tra cứu", {NUMBER: known.person.personal_id})
    is_there = (
        known.person.full_name in filled.content.decode() and known.person.address in filled.content.decode()
    )
    morning.check("Người đã biết: gõ số định danh, họ tên và địa chỉ tự điền", is_there, filled.said)
    warned = hung.press(filled, "Tiếp nhận", EVERYTHING)
    morning.check_refused("Cùng người, cùng thủ tục: được báo trước khi nhận", warned, 422, "Có thể đã có")
    morning.check("Lời báo nêu mã hồ sơ đã có", known.code in warned.text, known.code)
    again = morning.received(hung.press(warned, "Vẫn tiếp nhận"), known.procedure, known.person)
    morning.check("Xem rồi vẫn tiếp nhận được, thành hồ sơ mới", again.code != known.code, again.code)


def _card(morning: Morning) -> None:
    """Scan the card of somebody new: the reader types the code's text, its Enter sends the page."""
    person, hung = morning.people.new(), morning.hung
    page = morning.intake_page(EXTRACT)
    read = hung.press(page, "Tiếp nhận", {NUMBER: card_text(person)})
    said = f"Đã đọc thẻ của {person.full_name}"
    morning.check(
        "Quét thẻ căn cước: người mới được điền từ thẻ",
        said in read.text,
        said if said in read.text else read.said,
    )
    answer = morning.press_receive(read, {"Điện thoại": person.phone, **EVERYTHING})
    morning.received(answer, EXTRACT, person)


def _on_behalf(morning: Morning) -> None:
    """A mother files for her child, on the ground of being a parent."""
    mother, child = morning.people.new(), morning.people.new()
    values: dict[str, Value] = {
        **typed(mother),
        **EVERYTHING,
        "Hồ sơ đứng tên": "Người khác (nộp thay)",
        "Họ và tên người đứng tên": child.full_name,
        "Quan hệ, lý do nộp thay": "Mẹ",
        "Ủy quyền xuất trình": "Cha, mẹ của người chưa thành niên",
    }
    answer = morning.press_receive(morning.intake_page(EXTRACT), values)
    taken = morning.received(answer, EXTRACT, mother)
    told = f"cho {child.full_name} (nộp thay: {mother.full_name})"
    morning.check("Mẹ nộp thay con: hồ sơ đứng tên con", told in answer.text, told)
    page = morning.hung.open(f"/can-bo/ho-so/{taken.dossier_id}/")
    morning.check(
        "Trang hồ sơ nêu người đứng tên và người nộp thay",
        child.full_name in page.text and mother.full_name in page.text,
    )


def _company(morning: Morning) -> None:
    """The clerk of a company files in its name."""
    visitor, number = morning.people.new(), enterprise_number()
    name = f"Công ty TNHH Chè Đất Tổ {number[-4:]}"
    values: dict[str, Value] = {
        **typed(visitor),
        **EVERYTHING,
        "Hồ sơ đứng tên": "Doanh nghiệp, tổ chức",
        "Mã số doanh nghiệp": number,
        "Tên doanh nghiệp, tổ chức": name,
        "Trụ sở": "Khu 3, phường Việt Trì",
        "Quan hệ, lý do nộp thay": "Kế toán",
    }
    answer = morning.press_receive(morning.intake_page(SIGNATURE), values)
    morning.received(answer, SIGNATURE, visitor)
    morning.check("Doanh nghiệp đứng tên hồ sơ", name in answer.text, name)


def _envelope(morning: Morning) -> None:
    """An envelope comes by post and is opened."""
    hung, person, number = morning.hung, morning.people.new(), tracking_number()
    values: dict[str, Value] = {"Số hiệu bưu gửi": number, "Người gửi": person.full_name}
    envelope = hung.press(hung.open("/can-bo/quay/buu-gui/den/"), "Ghi bưu gửi", values)
    visit = envelope.link("Tiếp nhận hồ sơ trong phong bì").partition("?")[2]
    taken = morning.take_in(CROPS, person, query=f"?{visit}")
    page = morning.wait(lambda: hung.open(envelope.url), lambda page: taken.code in page.text)
    morning.check("Phong bì đến ghi hồ sơ đã mở ra từ nó", taken.code in page.text, f"{number}: {taken.code}")
    case = hung.open(f"/can-bo/ho-so/{taken.dossier_id}/")
    morning.check("Hồ sơ trong phong bì ghi là đến qua bưu chính", "bưu chính" in case.text.lower())
    done = hung.press(page, "Đã tiếp nhận hết")
    morning.check("Phong bì được ghi là đã xong", "Đã xong" in done.text, done.said)


def _way_back_by_post(morning: Morning) -> None:
    person = morning.people.new()
    taken = morning.take_in(COPY, person, {"Gửi kết quả về nhà": True})
    post = morning.wait(
        lambda: morning.hung.open("/can-bo/quay/buu-gui/"), lambda page: taken.code in page.text
    )
    waiting = [line["Tình trạng"] for line in post.rows() if taken.code in line["Hồ sơ"]]
    state = waiting[0] if waiting else "không có trong danh sách"
    morning.check("Xin gửi kết quả về nhà: đã có chỗ trong bưu gửi", state == "Chờ có kết quả", state)
    morning.by_post = taken


def _pressed_twice(morning: Morning) -> None:
    """Press twice on the same page: one dossier."""
    person = morning.people.new()
    page = morning.intake_page(BIRTH)
    values = {**typed(person), **EVERYTHING}
    first, second = (morning.press_receive(page, values) for _ in range(2))
    taken = morning.received(first, BIRTH, person)
    is_same = _told(first) == _told(second) == (taken.dossier_id, taken.code)
    morning.check(
        "Bấm Tiếp nhận hai lần: một hồ sơ, một mã", is_same and second.status == 200, f"{_told(second)[1]}"
    )


def _told(page: Page) -> tuple[str, str]:
    found, code = DOSSIER.search(page.url), CODE.search(page.text)
    return (found[1] if found else "", code[0] if code else "")


def card_text(person: Person) -> str:
    """Return what the code of the person's identity card says."""
    born_on = dt.date(1900 + int(person.personal_id[4:6]), 3, 8)
    gender = "Nữ" if int(person.personal_id[3]) % 2 else "Nam"
    issued_on = dt.date(2023, 5, 19)
    return "|".join((
        person.personal_id, "", person.full_name, f"{born_on:%d%m%Y}", gender, person.address, f"{issued_on:%d%m%Y}",
    ))  # fmt: skip
