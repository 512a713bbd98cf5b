"""The province leaves its old system: wording, dry run, take-over, and the two compared while both run."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.journeys.visitors import Visitor
from tests.journeys.workbooks import Upload, table

TITLES = (
    "Số hồ sơ", "Mã TTHC", "Đơn vị thụ lý", "Tình trạng", "Chủ hồ sơ", "Điện thoại", "Ngày nộp", "Ngày tiếp nhận", "Hẹn trả",
    "Ngày kết thúc", "Ngày trả",
)  # fmt: skip
TAKEN = ("02/11/2026 08:00", "02/11/2026 09:00", "05/11/2026 17:00")
ROWS = [
    ["CU-0001", "1.001193", "Phường Nông Trang", "Đang thụ lý", "Vi Thị Dung", "0946111222", *TAKEN, "", ""],
    ["CU-0002", "2.000635", "Phường Nông Trang", "Đang thụ lý", "Trần Thị Huệ", "0933777888", *TAKEN, "", ""],
    ["CU-0003", "2.000815", "Phường Nông Trang", "Đã trả", "Lương Xuân Bách", "", *TAKEN, "04/11/2026 15:00", "04/11/2026 16:00"],
    ["CU-0004", "1.001193", "Phường Nông Trang", "Treo", "Hà Thị Nga", "", *TAKEN, "", ""],
    ["CU-0005", "9.999999", "Xã Không Có", "Đang thụ lý", "Phạm Anh Tuấn", "", *TAKEN, "", ""],
]  # fmt: skip
WORDING = [
    ("cột", "Số hồ sơ", "external_code"), ("cột", "Đơn vị thụ lý", "agency"), ("cột", "Tình trạng", "state"), ("cột", "Hẹn trả", "due_at"),
    ("trạng thái", "Đang thụ lý", "handed_over"), ("trạng thái", "Đã trả", "delivered"),
]  # fmt: skip


@pytest.fixture
def linh(at_desk: Callable[[str], Visitor]) -> Visitor:
    return at_desk("linh")


def export(rows: list[list[str]], name: str) -> Upload:
    return table(TITLES, rows, name=name)


def read(visitor: Visitor, file: Upload, *, parallel: bool = False) -> str:
    """Hand in an export to be read; return the path of what was found."""
    page = visitor.page
    page.get_by_role("radio", name="Đối chiếu" if parallel else "Chuyển hồ sơ").check()
    page.get_by_label("Tệp xuất", exact=False).set_input_files(file)  # type: ignore[arg-type] # Playwright's own shape
    visitor.press("Đọc và đối chiếu")
    return urlsplit(page.url).path


def test_from_the_first_dry_run_to_the_last_difference(linh: Visitor) -> None:
    page = linh.page
    linh.goto("/can-bo/chuyen-doi/")
    page.get_by_label("Mã hệ thống").fill("mot-cua-cu")
    page.get_by_label("Tên hệ thống").fill("Một cửa điện tử cũ")
    linh.press("Thêm hệ thống")
    read(linh, export(ROWS, "ho-so-2026-11.xlsx"))
    expect(page.get_by_role("alert")).to_contain_text("thiếu cột bắt buộc")
    words = table(("Loại", "Ở hệ thống kia", "Ở đây"), WORDING, name="anh-xa.xlsx")
    page.get_by_label("Tệp ánh xạ", exact=False).set_input_files(words)  # type: ignore[arg-type] # as above
    linh.press("Thay ánh xạ")
    expect(page.get_by_text("Đã ghi 6 dòng ánh xạ.")).to_be_visible()
    dry = read(linh, export(ROWS, "ho-so-2026-11.xlsx"))
    expect(page.get_by_role("main")).to_contain_text("Chưa biết trạng thái “Treo”")
    expect(page.get_by_role("main")).to_contain_text("mã “9.999999”")
    linh.picture("quan-tri-chuyen-chay-thu", kept=(1280,))
    linh.press("Chuyển các hồ sơ sẵn sàng")
    expect(page.locator("#progress")).to_contain_text("Đã chuyển xong", timeout=30_000)
    linh.goto(dry)
    expect(page.get_by_role("row", name=re.compile("CU-0001"))).to_contain_text("Đã chuyển")
    compare(linh)


def compare(linh: Visitor) -> None:
    """A day later the old system says other things of the same dossiers."""
    page = linh.page
    linh.goto("/can-bo/chuyen-doi/he-thong/mot-cua-cu/")
    later = [list(row) for row in ROWS[:3]]
    later[0][3], later[0][9] = "Đã trả", "04/11/2026 10:00"
    later[1][8] = "09/11/2026 17:00"
    new = ["CU-0006", "1.001193", "Phường Nông Trang", "Đang thụ lý", "Lê Thị Mùi", "", *TAKEN, "", ""]
    read(linh, export([*later, new], "doi-chieu.xlsx"), parallel=True)
    for code, says in (
        ("CU-0001", "Khác trạng thái"),
        ("CU-0002", "Khác ngày hẹn trả"),
        ("CU-0006", "Thiếu ở đây"),
    ):
        expect(page.get_by_role("row", name=re.compile(f"{code}.*{says}")).first).to_be_visible()
    linh.picture("quan-tri-doi-chieu", kept=(1280,))
    assert linh.download("Xuất Excel").startswith(b"PK")
    linh.goto("/can-bo/chuyen-doi/he-thong/mot-cua-cu/")
    expect(page.get_by_role("heading", name="Khác biệt theo ngày")).to_be_visible()
    linh.picture("quan-tri-chuyen-he-thong", kept=())
