"""The accountant's pages: a day compared, explained, closed; a file with bad cells refused by their address; the books."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook
from tests.support.people import sign_in

from vanlang.identity.api import SYSTEM as HOUSE
from vanlang.identity.api import Role
from vanlang.identity.models import Appointment
from vanlang.kernel import clock
from vanlang.kernel.scope import Scope, acting
from vanlang.payments import api
from vanlang.payments.api import PaymentWay
from vanlang.payments.errors import MoneyNotFound
from vanlang.payments.models import (
    CarriedDifference,
    DayClose,
    HeldStatement,
    MoneyDifference,
    MonthClose,
    Stray,
)
from vanlang.payments.services import reconciling
from vanlang.payments.tests.conftest import Money
from vanlang.payments.tests.reconciling.conftest import Books
from vanlang.payments.types import UnreadRow

START = "/can-bo/thanh-toan/doi-soat/"
DAY = dt.timedelta(days=1)


@pytest.fixture
def books(money: Money, at: dt.datetime) -> Iterator[Books]:
    """Cô Thảo's desk is Cô Hạnh's today: an accountant with a session."""
    thao = money.world.thao
    Appointment.objects.filter(pk=thao.appointment_id).update(roles=[Role.ACCOUNTANT])
    hanh = dataclasses.replace(thao, roles=frozenset({Role.ACCOUNTANT}))
    with acting(Scope.system()), clock.frozen(at + DAY):
        yield Books(money, hanh, at)


@pytest.fixture
def hanh(books: Books) -> Client:
    return sign_in(Client(), books.hanh)


def url(books: Books, way: str = "nen-tang", more: str = "") -> str:
    return f"{START}{way}/{books.on.isoformat()}/{more}"


def text(client: Client, where: str, status: int = 200) -> str:
    answer = client.get(where)
    assert answer.status_code == status, answer.content[:2000]
    return answer.content.decode()


def workbook(client: Client, where: str) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(where).content))
    return {
        name: [list(row) for row in book.get_sheet_by_name(name).to_python()] for name in book.sheet_names
    }


def csv(*rows: str) -> SimpleUploadedFile:
    content = "\n".join(["Mã giao dịch;Ngày giao dịch;Số tiền;Loại;Mã tham chiếu", *rows])
    return SimpleUploadedFile("sao-ke.csv", content.encode("utf-8-sig"), content_type="text/csv")


def test_a_day_from_its_statement_to_its_close(books: Books, hanh: Client) -> None:
    books.pay("GD1")
    books.pay("GD2")
    assert "chưa khóa" in text(hanh, START).lower()
    assert "Chưa có sao kê" in text(hanh, url(books))
    day = f"{books.on:%d/%m/%Y}"
    answer = hanh.post(
        url(books, more="nop/"), {"file": csv(f"GD1;{day};58.000;Thu;x", f"GD3;{day};9000;;khac")}
    )
    assert answer.status_code == 303
    page = text(hanh, url(books))
    assert "Sổ có, sao kê không có" in page
    assert "Sao kê có, sổ chưa có" in page
    assert "Còn 2 chênh lệch chưa rõ" in page
    by_name = {row.transaction: row.pk for row in MoneyDifference.objects.all()}
    assert hanh.post(f"{START}chenh-lech/{by_name['GD3']}/ghi-nhan/").status_code == 303
    assert Stray.objects.get().transaction == "GD3"
    short = hanh.post(f"{START}chenh-lech/{by_name['GD2']}/giai-trinh/", {"explanation": "quên"})
    assert short.status_code == 422
    assert "quên</textarea>" in short.content.decode(), "what was typed is kept"
    words = "Nền tảng hẹn bổ sung vào sao kê ngày sau"
    assert (
        hanh.post(f"{START}chenh-lech/{by_name['GD2']}/giai-trinh/", {"explanation": words}).status_code
        == 303
    )
    assert hanh.post(url(books, more="khoa/")).status_code == 303
    assert "Đã khóa sổ" in text(hanh, url(books))
    assert DayClose.objects.get().explained == 1
    assert hanh.post(url(books, more="khoa/")).status_code == 409


@pytest.mark.parametrize(
    ("row", "cell"),
    [("GD1;23/11/2026;0;Thu;", "C2"), ("GD1;23/13/2026;5000;Thu;", "B2"), (";23/11/2026;5000;Thu;", "A2"),
     ("GD1;23/11/2026;năm nghìn;Thu;", "C2"), ("GD1;23/11/2026;5000;Cho;", "D2")],
)  # fmt: skip
def test_a_bad_cell_is_named_and_nothing_is_taken(books: Books, hanh: Client, row: str, cell: str) -> None:
    answer = hanh.post(url(books, more="nop/"), {"file": csv("GD0;23/11/2026;1000;Thu;", row).open()})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f">{cell[0]}3<" in page, "the first line is good, the second is not"
    assert "Chưa có sao kê" in page


@pytest.mark.parametrize("content", [b"", b"\x00\x01nonsense", b"PK\x03\x04broken"])
def test_what_is_no_table_is_refused(books: Books, hanh: Client, content: bytes) -> None:
    file = SimpleUploadedFile("sao-ke.xlsx", content)
    assert hanh.post(url(books, more="nop/"), {"file": file}).status_code == 422
    assert hanh.post(url(books, more="nop/")).status_code == 422


def test_cash_is_counted_and_the_month_closed(books: Books, hanh: Client) -> None:
    demand = books.money.demand()
    api.take_cash(
        demand_id=demand.id, amount_vnd=58_000, what_for="Lệ phí", actor=books.money.world.hung, at=books.at
    )
    bad = hanh.post(f"{START}tien-mat/{books.on}/dem/", {"vnd": "năm tám"})
    assert (bad.status_code, "năm tám" in bad.content.decode()) == (422, True)
    assert hanh.post(f"{START}tien-mat/{books.on}/dem/", {"vnd": "58.000"}).status_code == 303
    assert hanh.post(url(books, "tien-mat", "khoa/")).status_code == 303
    assert hanh.post(f"{START}khoa-thang/", {"thang": "2026-11"}).status_code == 409
    with clock.frozen(dt.datetime(2026, 12, 1, 8, 0, tzinfo=clock.VIETNAM)):
        december = sign_in(Client(), books.hanh)
        assert december.post(f"{START}khoa-thang/", {"thang": "2026-11"}).status_code == 303
        assert "không ghi thêm được nữa" in text(december, f"{START}?thang=2026-11")
    assert MonthClose.objects.count() == 1


def test_the_books_and_the_journal(books: Books, hanh: Client) -> None:
    books.pay("GD1")
    page = text(hanh, f"{START}so/")
    assert "Sổ cân" in page
    assert "Nộp qua nền tảng quốc gia" in page
    filtered = text(hanh, f"{START}so/?tai-khoan=receivable&but-toan=demand_fee")
    rows = filtered[filtered.index("<tbody>", filtered.index('id="nhat-ky"')) :]
    assert "Phải thu phí" in rows
    assert "Nộp qua nền tảng quốc gia" not in rows
    assert "ngày/tháng/năm" in text(hanh, f"{START}so/?tu=hôm qua", 422)
    book = workbook(hanh, f"{START}so.xlsx")
    assert list(book) == ["Số dư", "Nhật ký"]
    assert len(book["Nhật ký"]) == 1 + 3, "two lines of the demand, one payment"


def test_a_day_as_a_workbook(books: Books, hanh: Client) -> None:
    books.pay("GD1")
    book = workbook(hanh, url(books, more="doi-soat.xlsx"))
    assert book["Giao dịch"][1][0] == "GD1"
    assert workbook(hanh, f"{START}sao-ke-mau.xlsx")["Sao kê"][0][0] == "Mã giao dịch (*)"


def test_money_in_suspense_is_matched(books: Books, hanh: Client) -> None:
    demand = books.money.demand()
    other = books.money.demand()
    api.confirm(
        way=PaymentWay.BANK_QR, reference="LE PHI", transaction_id="FT1", amount_vnd=58_000, at=books.at,
        agency_id=books.agency, actor=HOUSE,
    )  # fmt: skip
    page = text(hanh, f"{START}cho-lam-ro/")
    assert str(demand.id) in page
    assert str(other.id) in page
    where = f"{START}cho-lam-ro/{Stray.objects.get().pk}/"
    assert hanh.post(where, {"demand": "x"}).status_code == 422
    assert hanh.post(where, {"demand": str(other.id)}).status_code == 303
    assert api.get_demand(other.id).state is api.DemandState.PAID
    assert hanh.post(where, {"demand": str(demand.id)}).status_code == 409
    assert "Không có khoản tiền nào" in text(hanh, f"{START}cho-lam-ro/")


def test_a_difference_of_a_closed_day_is_cleared(books: Books, hanh: Client) -> None:
    books.pay("GD1")
    books.state([*books.taken, *books.taken])
    books.explain("GD1")
    books.close()
    assert "chênh lệch chờ bù trừ" in text(hanh, START)
    page = text(hanh, f"{START}bu-tru/")
    assert "Đưa thừa" in page
    assert "Nền tảng xác nhận bằng văn bản" in page
    where = f"{START}bu-tru/{CarriedDifference.objects.get().pk}/"
    for told in ({"clearing": "bank", "document": " x "}, {"clearing": "evened", "document": "UNC 17"}, {}):
        assert hanh.post(where, told).status_code == 422
    kept = hanh.post(where, {"clearing": "cost", "document": "Q"}).content.decode()
    assert 'value="Q"' in kept
    assert '<option value="cost" selected>' in kept
    assert hanh.post(where, {"clearing": "bank", "document": "UNC 17 ngày 30/11/2026"}).status_code == 303
    assert "UNC 17 ngày 30/11/2026" in text(hanh, f"{START}bu-tru/")
    assert hanh.post(where, {"clearing": "bank", "document": "UNC 18"}).status_code == 409
    for actor in (books.money.world.hung, books.money.world.phuc, books.money.world.mai):
        assert sign_in(Client(), actor).get(f"{START}bu-tru/").status_code == 403
        assert sign_in(Client(), actor).post(where, {}).status_code == 403


def hold(books: Books) -> None:
    """Have a statement of which one row could not be read, as the night's job keeps it."""
    reconciling.hold_statement(
        agency_id=books.agency, way=PaymentWay.PLATFORM, on=books.on, lines=books.taken, actor=HOUSE, at=books.next_day,
        unread=[UnreadRow(7, "SoTien", "<b>năm mươi</b>", "GD7")],
    )  # fmt: skip


def test_a_statement_with_an_unreadable_row_is_a_persons_task(books: Books, hanh: Client) -> None:
    books.pay("GD1")
    hold(books)
    assert "Sao kê có dòng không đọc được" in text(hanh, START)
    page = text(hanh, url(books))
    for said in ("Dòng sao kê không đọc được", "&lt;b&gt;năm mươi&lt;/b&gt;", "GD7", "Số tiền", "GD1"):
        assert said in page
    assert "chưa tính vào đối soát" in page, "and the day cannot be closed"
    refused = hanh.post(url(books, more="khoa/"))
    assert refused.status_code == 409
    for actor in (books.money.world.hung, books.money.world.phuc, books.money.world.mai):
        assert sign_in(Client(), actor).post(url(books, more="nhan-phan-doc-duoc/")).status_code == 403
    assert hanh.post(url(books, more="nhan-phan-doc-duoc/")).status_code == 303
    page = text(hanh, url(books))
    assert "Dòng sao kê không đọc được" not in page
    assert "không kể dòng không đọc được" in page, "where the statement comes from says so"
    assert hanh.post(url(books, more="nhan-phan-doc-duoc/")).status_code == 409
    assert hanh.post(url(books, more="khoa/")).status_code == 303


def test_a_file_settles_a_held_statement(books: Books, hanh: Client) -> None:
    books.pay("GD1")
    hold(books)
    day = f"{books.on:%d/%m/%Y}"
    assert hanh.post(url(books, more="nop/"), {"file": csv(f"GD1;{day};58.000;Thu;x")}).status_code == 303
    assert "Dòng sao kê không đọc được" not in text(hanh, url(books))
    assert hanh.post(url(books, more="khoa/")).status_code == 303


def test_what_is_held_is_seen_by_its_agency_alone(books: Books) -> None:
    hold(books)
    with acting(Scope.officer(books.money.world.nong_trang.id)):
        assert not HeldStatement.objects.exists()
    with acting(Scope.officer(books.agency)):
        assert HeldStatement.objects.count() == 1
    stranger = dataclasses.replace(books.hanh, agency_id=books.money.world.nong_trang.id)
    with pytest.raises(MoneyNotFound):
        reconciling.take_held(held_id=HeldStatement.objects.get().pk, actor=stranger, at=books.next_day)


@pytest.mark.parametrize("where", ["nen-tang/2026-13-01/", "vi-dien-tu/2026-11-23/", "nen-tang/hom-nay/"])
def test_a_day_that_is_none(hanh: Client, where: str) -> None:
    assert hanh.get(f"{START}{where}").status_code == 404


def test_only_accountants_reconcile(books: Books) -> None:
    for actor in (books.money.world.hung, books.money.world.phuc):
        assert sign_in(Client(), actor).get(START).status_code == 403
