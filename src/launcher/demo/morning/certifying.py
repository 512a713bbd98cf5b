"""Forty originals of one person, one copy of each: forty numbers in the book, one after the other."""

from __future__ import annotations

import io

import pypdfium2
from python_calamine import CalamineWorkbook

from launcher.demo import papers
from launcher.demo.acting import Story
from launcher.demo.forms import Value
from launcher.demo.morning.day import CODE, DOSSIER, Morning
from launcher.demo.pages import Page, nodes

START = "/can-bo/chung-thuc/"
COPIES, ROWS, MORE = 40, 5, 5
LEADER, SPECIALIST = "Nguyễn Văn Phúc", "Lê Thị Mai"
UNIT = "Văn phòng HĐND và UBND"


def tell(morning: Morning) -> None:
    """Take in, enter in the book, print the words and the book, let the leader approve and the clerk release."""
    visit = _take_in(morning)
    story = _story(morning, visit)
    entered = _enter(morning, visit.url, story)
    numbers = [
        int(line["Số chứng thực"].split()[0]) for line in entered.rows() if line["Số chứng thực"] != "–"
    ]
    first = numbers[0] if numbers else 0
    is_row = numbers == list(range(first, first + COPIES))
    morning.check(
        "Bốn mươi số chứng thực liên tiếp, không hở", is_row, f"{first} … {numbers[-1] if numbers else 0}"
    )
    stamps = papers.expect_pdf(morning.cast.mai.press(entered, "In lời chứng lên các bản sao"))
    with pypdfium2.PdfDocument(stamps) as document:
        morning.check("Lời chứng: mỗi bản sao một trang", len(document) == COPIES, f"{len(document)} trang")
    _check_book(morning, numbers)


def _take_in(morning: Morning) -> Page:
    person, hung = morning.people.new(), morning.hung
    page = hung.click(hung.open(START), "Nhận bản chính")
    for _ in range((COPIES - ROWS) // MORE):
        page = hung.press(page, "Thêm dòng")
    rows: dict[str, Value] = {}
    for row in range(1, COPIES + 1):
        rows |= {
            f"Tên giấy tờ, văn bản#{row}": f"Học bạ quyển {row}",
            f"Số trang#{row}": "2",
            f"Bản sao#{row}": "1",
        }
    who: dict[str, Value] = {
        "Số định danh cá nhân": person.personal_id,
        "Người yêu cầu chứng thực": person.full_name,
        "Điện thoại": person.phone,
        "Nơi cư trú": person.address,
        "Người đối chiếu, vào sổ": SPECIALIST,
    }
    visit = hung.press(page, "Nhận tất cả", {**who, **rows})
    told = f"Đã nhận {COPIES} bản sao từ {COPIES} bản chính."
    morning.check("Nhận bốn mươi bản chính trong một lần bấm", told in visit.said, visit.said)
    return visit


def _story(morning: Morning, visit: Page) -> Story:
    """Return the dossier of the visit."""
    found = [DOSSIER.search(str(one.get("href"))) for one in nodes(visit.tree, "//aside//a")]
    codes = list(dict.fromkeys(CODE.findall(visit.text)))
    morning.besides += codes
    return Story(
        morning.report, morning.cast, next((one[1] for one in found if one), ""), codes[0] if codes else ""
    )


def _enter(morning: Morning, address: str, story: Story) -> Page:
    mai = morning.cast.mai
    page = mai.open(address)
    if not page.has_button("Vào sổ"):
        story.act(morning.hung, "Chuyển xử lý", {"Chuyển đến": UNIT})
        story.act(mai, "Nhận xử lý")
        page = mai.open(address)
    entered = mai.press(page, "Vào sổ", {"Người ký chứng thực": LEADER})
    morning.check("Chị Mai vào sổ và trình ký", f"Đã vào sổ {COPIES} bản chính" in entered.said, entered.said)
    return entered


def _check_book(morning: Morning, numbers: list[int]) -> None:
    """Compare paper and workbook of the book's month with the numbers of the visit."""
    thao = morning.cast.thao
    book = thao.open(f"{START}so/")
    printed = papers.text_in(papers.expect_pdf(thao.click(book, "In sổ")))
    morning.check("Sổ chứng thực in ra PDF", f"Học bạ quyển {COPIES}" in printed, f"{len(printed)} chữ")
    sheet = thao.click(book, "Xuất Excel")
    cells = CalamineWorkbook.from_filelike(io.BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    written = [int(float(str(row[0]))) for row in cells if str(row[0]).replace(".", "").isdigit()]
    is_whole = written == list(range(min(written, default=0), max(written, default=0) + 1))
    has_ours = set(numbers) <= set(written)
    morning.check(
        "Sổ Excel: đủ số của lượt này, không số nào thiếu hay lặp",
        is_whole and has_ours,
        f"{len(written)} số",
    )
