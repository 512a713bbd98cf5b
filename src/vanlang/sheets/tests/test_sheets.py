"""What people do to a table: forgiven where it is certain, refused by its address where it is not; export → import is the identity."""

from __future__ import annotations

import datetime as dt
import io

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.vietnamese import normalise
from vanlang.sheets.api import (
    EMPTY,
    CellKind,
    Column,
    Grid,
    Sheet,
    SheetError,
    Table,
    Values,
    address,
    grid_of,
    problem_text,
    read,
    shown,
    tables,
    workbook,
)
from vanlang.sheets.rules.cells import Bad, cell
from vanlang.sheets.rules.reading import letters

AT = dt.datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
ROLES = (("counter", "Một cửa"), ("leader", "Lãnh đạo"), ("specialist", "Chuyên viên"))
PEOPLE = Sheet(
    "Cán bộ",
    key=("username",),
    columns=(
        Column("username", "Tên đăng nhập", CellKind.CODE, required=True),
        Column("name", "Họ và tên", required=True, aliases=("Họ tên",)),
        Column("personal_id", "Số định danh", CellKind.CODE, digits=12),
        Column("roles", "Vai trò", CellKind.CHOICES, choices=ROLES),
        Column("kind", "Loại", CellKind.CHOICE, choices=ROLES),
        Column("from", "Từ ngày", CellKind.DATE),
        Column("fee", "Mức thu", CellKind.NUMBER),
        Column("opens", "Giờ mở", CellKind.TIME),
    ),
)
TITLES = [column.title for column in PEOPLE.columns]
WORDS = st.text("aăâeêoôơuưdđ ộạỉABC0123456789-=+@'&<>", max_size=30).map(normalise)
ROW = st.fixed_dictionaries(
    {
        "username": st.from_regex(r"[a-z]{1,8}\d{0,3}", fullmatch=True),
        "name": WORDS.filter(bool),
        "personal_id": st.one_of(st.just(""), st.from_regex(r"0\d{11}", fullmatch=True)),
        "roles": st.lists(st.sampled_from([code for code, _ in ROLES]), unique=True).map(sorted),
        "kind": st.sampled_from(["", *(code for code, _ in ROLES)]),
        "from": st.one_of(st.just(""), st.dates(dt.date(1980, 1, 1), dt.date(2090, 1, 1)).map(dt.date.isoformat)),
        "fee": st.one_of(st.none(), st.integers(0, 10**11)),
        "opens": st.one_of(st.just(""), st.times().map(lambda at: f"{at:%H:%M}")),
    }
)  # fmt: skip


def told(*lines: list[object], merged: tuple[object, ...] = ()) -> Grid:
    return Grid([TITLES, *lines], merged)  # type: ignore[arg-type] # ranges of the test


@given(st.lists(ROW, max_size=6, unique_by=lambda row: row["username"]))
def test_what_is_exported_is_imported_unchanged(rows: list[Values]) -> None:
    content = workbook(PEOPLE, rows, at=AT)
    reading = read(PEOPLE, grid_of(content, "can-bo.xlsx"))
    assert [row.values for row in reading.rows] == rows
    assert not reading.problems and not any(row.problems for row in reading.rows)


@pytest.mark.parametrize(
    ("kind", "said", "means"),
    [
        (CellKind.DATE, "01/12/2026", "2026-12-01"),
        (CellKind.DATE, "1-12-2026", "2026-12-01"),
        (CellKind.DATE, "1.12.2026", "2026-12-01"),
        (CellKind.DATE, "2026-12-01", "2026-12-01"),
        (CellKind.DATE, "Ngày 01 tháng 12 năm 2026", "2026-12-01"),
        (CellKind.DATE, dt.datetime(2026, 12, 1, 0, 0, tzinfo=VIETNAM), "2026-12-01"),
        (CellKind.DATE, 46357.0, "2026-12-01"),
        (CellKind.NUMBER, "8.000", 8000),
        (CellKind.NUMBER, "8,000 đồng", 8000),
        (CellKind.NUMBER, "1 200 000 VNĐ", 1_200_000),
        (CellKind.NUMBER, 8000.0, 8000),
        (CellKind.TIME, "7h30", "07:30"),
        (CellKind.TIME, "13:00:00", "13:00"),
        (CellKind.TIME, dt.time(7, 30), "07:30"),
        (CellKind.TIME, 0.3125, "07:30"),
        (CellKind.TIME, "7 giờ", "07:00"),
        (CellKind.TEXT, 42.0, "42"),
        (CellKind.TEXT, "  Hoà   Bình ", "Hòa Bình"),
        (CellKind.CHOICE, "MOT CUA", "counter"),
        (CellKind.CHOICES, "Lãnh đạo; một cửa\nLãnh đạo", ["counter", "leader"]),
    ],
)
def test_many_spellings_of_one_value(kind: CellKind, said: object, means: object) -> None:
    assert cell(said, Column("x", "X", kind, choices=ROLES)) == means


@pytest.mark.parametrize(
    ("kind", "said", "code"),
    [
        (CellKind.DATE, "31/02/2026", "sheets.not_a_date"),
        (CellKind.DATE, "01/12/26", "sheets.not_a_date"),
        (CellKind.DATE, 12.5, "sheets.not_a_date"),
        (CellKind.NUMBER, "8,5", "sheets.not_a_number"),
        (CellKind.NUMBER, "1.200,000", "sheets.not_a_number"),
        (CellKind.NUMBER, "tám nghìn", "sheets.not_a_number"),
        (CellKind.TIME, "25:00", "sheets.not_a_time"),
        (CellKind.CHOICE, "Giám đốc", "sheets.not_offered"),
        (CellKind.TEXT, "a" * 501, "sheets.too_long"),
    ],
)
def test_what_is_doubtful_is_refused(kind: CellKind, said: object, code: str) -> None:
    found = cell(said, Column("x", "X", kind, choices=ROLES))
    assert isinstance(found, Bad) and found.code == code


def test_a_number_that_a_spreadsheet_robbed_of_its_zero_gets_it_back() -> None:
    column = PEOPLE.column("personal_id")
    assert cell(25190012123.0, column) == "025190012123"
    assert isinstance(cell("25190012123", column), Bad)  # typed as text: somebody forgot a digit


def test_titles_in_any_order_and_spelling() -> None:
    grid = Grid(
        [["Danh sách cán bộ"], [], ["HO TEN (*)", "ghi chú", "ten dang nhap"], ["Lê Thị Mai", "x", "mai"]]
    )
    reading = read(PEOPLE, grid)
    (row,) = reading.rows
    assert (row.number, row.values) == (4, {"username": "mai", "name": "Lê Thị Mai"})
    assert reading.ignored == ("ghi chú",)


def test_a_missing_column_is_named() -> None:
    (problem,) = read(PEOPLE, Grid([["Tên đăng nhập"], ["mai"]])).problems
    assert "“Họ và tên”" in problem_text(problem).says


def test_the_address_of_every_problem() -> None:
    grid = told(
        ["mai", "Lê Thị Mai", "", "", "", "32/1/2026"],
        [],
        ["hung", "", "", "", "", "", "x"],
        ["mai", "Mai khác"],
    )
    found = [
        (row.number, problem.cell, problem.code)
        for row in read(PEOPLE, grid).rows
        for problem in row.problems
    ]
    assert found == [
        (2, "F2", "sheets.not_a_date"),
        (4, "B4", "sheets.missing"),
        (4, "G4", "sheets.not_a_number"),
        (5, "A5", "sheets.repeated"),
    ]


def test_merged_down_is_filled_and_merged_across_is_refused() -> None:
    grid = told(
        ["mai", "Lê Thị Mai", "", "Một cửa"], ["hung", "Trần Mạnh Hùng", "", ""], ["phuc", "Nguyễn Văn Phúc", "", ""],
        merged=(((1, 3), (2, 3)), ((3, 0), (3, 1))),
    )  # fmt: skip
    first, second, third = read(PEOPLE, grid).rows
    assert first.values["roles"] == second.values["roles"] == ["counter"]
    assert [(problem.cell, problem.facts["cells"]) for problem in third.problems] == [("A4", "A4:B4")]


def test_a_merged_workbook_from_a_spreadsheet() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet("Sheet1")
    for number, title in enumerate(TITLES):
        page.write(2, number, title)
    for number, name in enumerate(("mai", "hung"), start=3):
        page.write(number, 0, name)
        page.write(number, 1, f"Cán bộ {name}")
    page.merge_range(3, 3, 4, 3, "Chuyên viên")
    page.write_formula(3, 6, "=2*4000", None, 8000)
    book.close()
    rows = read(PEOPLE, grid_of(out.getvalue())).rows
    assert [(row.number, row.values["roles"], row.values["fee"]) for row in rows] == [
        (4, ["specialist"], 8000), (5, ["specialist"], None)
    ]  # fmt: skip


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_comma_separated_text(delimiter: str) -> None:
    text = "\ufeff" + "\n".join(
        delimiter.join(line) for line in (["Tên đăng nhập", "Họ và tên"], ["mai", "Lê Thị Mai"])
    )
    (row,) = read(PEOPLE, grid_of(text.encode(), "can-bo.csv")).rows
    assert row.values["name"] == "Lê Thị Mai"


@pytest.mark.parametrize(
    ("content", "name"), [(b"PK nonsense", "a.xlsx"), (b"%PDF-1.7", "a.pdf"), (b"", "a.xlsx")]
)
def test_what_is_no_table_is_refused(content: bytes, name: str) -> None:
    with pytest.raises(SheetError):
        grid_of(content, name)


def test_letters_run_as_in_a_spreadsheet() -> None:
    assert [letters(number) for number in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]
    assert address(16, 3) == "D17"


def test_values_are_shown_as_people_say_them() -> None:
    row: Values = {"roles": ["counter", "leader"], "from": "2026-12-01", "fee": 8000, "kind": "leader"}
    said = [shown(row[key], PEOPLE.column(key)) for key in row]
    assert said == ["Một cửa, Lãnh đạo", "01/12/2026", "8.000", "Lãnh đạo"]
    assert all(shown(EMPTY[column.kind], column) == "" for column in PEOPLE.columns)


def test_a_report_has_a_sheet_for_each_table() -> None:
    content = tables([Table("Thiếu", ("Mã", "Số"), [("1.001193", 3), ("=1+1", None)])], at=AT)
    assert [list(row) for row in grid_of(content).rows] == [["Mã", "Số"], ["1.001193", 3.0], ["=1+1", ""]]
