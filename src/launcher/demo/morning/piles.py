"""Piles: one person with four procedures, and a sheet of people with one procedure, of which three lines are wrong."""

from __future__ import annotations

from launcher.demo.forms import Value
from launcher.demo.morning.day import CODE, DOSSIER, Morning, Taken
from launcher.demo.morning.people import Person
from launcher.demo.pages import Page, nodes, text_of

ONE_PERSON = "/can-bo/quay/tiep-nhan-nhieu/mot-nguoi/"
MANY_PEOPLE = "/can-bo/quay/tiep-nhan-nhieu/mot-thu-tuc/?ma="
TICKED = ("1.001193", "2.000635")
"""Frequent ones, ticked in the list."""
TYPED = ("2.000908", "1.013314")
"""Others, typed by code."""
SHEET = "1.011609"
GOOD, MOST = 12, 300


def tell(morning: Morning) -> None:
    """Receive both piles, correct a line, drop two, print what the people take home."""
    _one_person(morning)
    _many_people(morning)
    _too_many(morning)


def _one_person(morning: Morning) -> None:
    person, hung = morning.people.new(), morning.hung
    values: dict[str, Value] = {
        "Số định danh cá nhân": person.personal_id,
        "Họ và tên": person.full_name,
        "Điện thoại": person.phone,
        "Nơi cư trú": person.address,
        **{f"Mã thủ tục khác#{place}": code for place, code in enumerate(TYPED, start=1)},
    }
    page = hung.open(ONE_PERSON)
    for box in nodes(page.tree, "//input[@type='checkbox' and @name='ma']"):
        if box.get("value") in TICKED:
            box.set("checked", "checked")
    pile = hung.press(page, "Tiếp nhận tất cả", values)
    received, wanted = _received_lines(pile), (*TICKED, *TYPED)
    for (dossier_id, code, _), procedure in zip(received, wanted, strict=False):
        morning.taken.append(Taken(dossier_id, code, procedure, person))
    morning.check(
        "Một người, bốn thủ tục: bốn hồ sơ",
        len(received) == len(wanted),
        f"{len(received)} hồ sơ. {pile.said}",
    )


def _many_people(morning: Morning) -> None:
    hung, people = morning.hung, [morning.people.new() for _ in range(GOOD + 1)]
    good, wrong = people[:GOOD], people[GOOD]
    broken = wrong.line.replace(wrong.personal_id, wrong.personal_id[:9])
    sheet = ["Số định danh\tHọ tên\tĐiện thoại\tNơi cư trú", *(one.line for one in good), broken]
    sheet += [f"\t\t{wrong.phone}\tkhông ghi tên", good[0].line]
    pile = hung.press(
        hung.open(f"{MANY_PEOPLE}{SHEET}"), "Xem lại danh sách", {"Danh sách": "\n".join(sheet)}
    )
    received = hung.press(pile, "Tiếp nhận")
    lines = received.rows()
    done = sum("Đã nhận" in line["Tình trạng"] for line in lines)
    morning.check(
        "Bảng có dòng sai: dòng đúng vẫn được nhận", done == GOOD, f"{done} trong {len(lines)} dòng"
    )
    for what, sentence in {
        "Dòng số định danh thiếu chữ số": "Số định danh cá nhân chưa đúng.",
        "Dòng không có tên": "Chưa có họ tên.",
        "Dòng trùng người": "Trùng người và nội dung với một dòng trước.",
    }.items():
        morning.check(f"{what} được chỉ ra", sentence in received.text, f"“{sentence}”")
    finished = _mend(morning, received, wrong)
    by_name = {one.full_name: one for one in people}
    got = [(dossier_id, code, who) for dossier_id, code, who in _received_lines(finished) if who in by_name]
    morning.taken += [Taken(dossier_id, code, SHEET, by_name[who]) for dossier_id, code, who in got]
    morning.check("Sửa một dòng, bỏ hai dòng: mười ba hồ sơ", len(got) == GOOD + 1, f"{len(got)} hồ sơ")
    printed = hung.click(finished, "In danh sách chung")
    morning.check(
        "In danh sách chung của lượt", printed.kind == "application/pdf", f"{len(printed.content)} byte"
    )


def _mend(morning: Morning, page: Page, wrong: Person) -> Page:
    """Correct the number, drop the line without a name and the double, receive the rest."""
    hung, number = morning.hung, f"Sửa dòng {GOOD + 1}"
    page = hung.press(page, "Lưu dòng", {"Số định danh": wrong.personal_id}, near=number)
    page = hung.press(page, "Bỏ dòng", near=f"Sửa dòng {GOOD + 3}")
    page = hung.press(page, "Bỏ dòng", near=f"Sửa dòng {GOOD + 2}")
    return hung.press(page, "Tiếp nhận tiếp")


def _too_many(morning: Morning) -> None:
    """Offer a sheet with one line more than a pile may have: nothing is begun."""
    hung, person = morning.hung, morning.people.new()
    sheet = "\n".join(f"{person.full_name} {place}" for place in range(MOST + 1))
    answer = hung.press(
        hung.open(f"{MANY_PEOPLE}{SHEET}"), "Xem lại danh sách", {"Danh sách": f"Họ tên\n{sheet}"}
    )
    morning.check_refused(
        "Bảng 301 dòng bị từ chối",
        answer,
        422,
        "Một lượt nhận nhiều nhất 300 dòng. Hãy chia danh sách thành nhiều lượt.",
    )


def _received_lines(pile: Page) -> list[tuple[str, str, str]]:
    """Return dossier, code and name of every line that was received, in the order of the pile."""
    found = []
    for line in nodes(pile.tree, "//tr[td]"):
        linked = DOSSIER.search(" ".join(str(one.get("href")) for one in nodes(line, ".//a")))
        code = CODE.search(text_of(line))
        if linked and code:
            who = text_of(nodes(line, "./th")[0])
            found.append((linked[1], code[0], who.rpartition(" ")[0] if who[-1].isdigit() else who))
    return found
