"""Numbers: what they look like, when none is given, and that 50 clerks at once leave no gap."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.db.utils import ProgrammingError
from hypothesis import given
from hypothesis import strategies as st

from vanlang.documents import api
from vanlang.documents.models import Book, RegisterEntry
from vanlang.documents.rules.numbering import mark_of, may_number, symbol_of
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.scope import Scope, acting
from vanlang.organizations import api as organizations
from vanlang.organizations.api import AgencyKind, NewName

TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("number", "kind", "agency_mark", "unit_mark", "symbol"),
    [
        (5, "QĐ", "UBND", "", "05/QĐ-UBND"),
        (15, "TLKS", "UBND", "", "15/TLKS-UBND"),
        (12, "CV", "UBND", "KSTT", "12/UBND-KSTT"),
        (9, "CV", "STP", "", "09/STP"),
        (100, "GP", "SXD", "QLXD", "100/GP-SXD"),
        (1204, "TB", "SNNMT", "", "1204/TB-SNNMT"),
        (1204, "SCT", "UBND", "", "1204"),
    ],
)
def test_symbols(number: int, kind: str, agency_mark: str, unit_mark: str, symbol: str) -> None:
    assert symbol_of(number, kind=kind, agency_mark=agency_mark, unit_mark=unit_mark) == symbol


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_symbols_differ_when_numbers_do(one: int, other: int) -> None:
    symbols = {symbol_of(number, kind="QĐ", agency_mark="UBND") for number in (one, other)}
    assert (len(symbols) == 1) == (one == other)
    assert all(len(symbol.split("/")[0]) >= 2 for symbol in symbols)


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("UBND phường Việt Trì", "UBND"),
        ("Ủy ban nhân dân xã Lâm Thao", "UBND"),
        ("Sở Tư pháp", "STP"),
        ("Sở Nông nghiệp và Môi trường", "SNNMT"),
        ("Ban quản lý các khu công nghiệp", "BQLKCN"),
        ("Văn phòng UBND Tỉnh", "VPUBNDT"),
    ],
)
def test_marks_of_agencies(name: str, mark: str) -> None:
    assert mark_of(name) == mark


@pytest.mark.parametrize(
    ("kind", "on", "code"),
    [
        ("QĐ", TODAY, None),
        ("QyĐ", TODAY, None),
        ("TLKS", TODAY, None),
        ("", TODAY, "documents.book_kind_malformed"),
        ("qd", TODAY, "documents.book_kind_malformed"),
        ("QĐ-UBND", TODAY, "documents.book_kind_malformed"),
        ("A; DROP", TODAY, "documents.book_kind_malformed"),
        ("QĐ", TODAY - dt.timedelta(days=1), "documents.number_backdated"),
        ("QĐ", TODAY + dt.timedelta(days=1), "documents.number_backdated"),
    ],
)
def test_when_a_number_is_given(kind: str, on: dt.date, code: str | None) -> None:
    refusal = may_number(kind=kind, on=on, today=TODAY)
    assert (refusal.code if refusal else None) == code


# ---- the books ---------------------------------------------------------------------------------


def add_agency(code: str = "H44.100", name: str = "UBND phường Việt Trì") -> int:
    return organizations.add_agency(
        code=code, kind=AgencyKind.COMMUNE, name=NewName(name, name), valid_from=dt.date(2025, 7, 1)
    )


def take(agency_id: int, at: dt.datetime, kind: str = "QĐ") -> api.DocumentNumber:
    with transaction.atomic():
        return api.take_number(agency_id=agency_id, book_kind=kind, on=at.astimezone(VIETNAM).date(), at=at)


def test_books_are_apart_and_restart_on_the_first_of_january(db: None, at: dt.datetime) -> None:
    ward, department = add_agency(), add_agency("H44.19", "Sở Tư pháp")
    assert [take(ward, at).symbol for _ in range(3)] == ["01/QĐ-UBND", "02/QĐ-UBND", "03/QĐ-UBND"]
    assert take(ward, at, "TLKS").symbol == "01/TLKS-UBND"
    assert take(department, at).symbol == "01/QĐ-STP"
    last_minute = dt.datetime(2026, 12, 31, 23, 59, tzinfo=VIETNAM)
    assert take(ward, last_minute).symbol == "04/QĐ-UBND"
    new_year = last_minute + dt.timedelta(minutes=1)
    assert new_year.astimezone(dt.UTC).year == 2026, "the year that counts is Vietnam's"
    assert take(ward, new_year).symbol == "01/QĐ-UBND"
    assert [line.symbol for line in api.list_register(agency_id=ward, book_kind="QĐ", year=2026)] == [
        "01/QĐ-UBND", "02/QĐ-UBND", "03/QĐ-UBND", "04/QĐ-UBND",
    ]  # fmt: skip


def test_the_mark_of_a_book_is_the_agency_s_to_choose(db: None, at: dt.datetime) -> None:
    department = add_agency("H44.45", "Sở Nông nghiệp và Môi trường")
    assert take(department, at).symbol == "01/QĐ-SNNMT"
    api.set_agency_mark(agency_id=department, book_kind="QĐ", year=2026, agency_mark="SNN&MT")
    assert take(department, at).symbol == "02/QĐ-SNN&MT"
    api.set_agency_mark(agency_id=department, book_kind="TB", year=2026, agency_mark="SNN&MT")
    assert take(department, at, "TB").symbol == "01/TB-SNN&MT"


def test_a_rollback_takes_its_number_back(db: None, at: dt.datetime) -> None:
    ward = add_agency()
    take(ward, at)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        assert api.take_number(agency_id=ward, book_kind="QĐ", on=at.date(), at=at).number == 2
        raise ZeroDivisionError
    assert take(ward, at).number == 2


@pytest.mark.django_db(transaction=True)
def test_no_number_outside_a_transaction(at: dt.datetime) -> None:
    ward = add_agency()
    with pytest.raises(transaction.TransactionManagementError):
        api.take_number(agency_id=ward, book_kind="QĐ", on=at.date(), at=at)


def test_the_register_keeps_every_number(db: None, at: dt.datetime) -> None:
    ward = add_agency()
    taken = take(ward, at)
    for delete in (
        lambda: RegisterEntry.objects.filter(pk=taken.entry_id).delete(),
        lambda: RegisterEntry.objects.filter(pk=taken.entry_id)._raw_delete("default"),
        lambda: Book.objects.all().delete(),
    ):
        with pytest.raises((ProgrammingError, ProtectedError)), transaction.atomic():
            delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        RegisterEntry.objects.filter(pk=taken.entry_id).update(voided_at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        entry = RegisterEntry.objects.get(pk=taken.entry_id)
        entry.pk = None
        entry.save(force_insert=True)


def test_an_agency_sees_its_own_register_only(db: None, at: dt.datetime) -> None:
    ward, other = add_agency(), add_agency("H44.101", "UBND phường Nông Trang")
    take(ward, at)
    for agency, seen in ((ward, 1), (other, 0)):
        with acting(Scope.officer(agency)):
            assert len(api.list_register(agency_id=ward, book_kind="QĐ", year=2026)) == seen
    with acting(Scope.nobody()):
        assert api.list_register(agency_id=ward, book_kind="QĐ", year=2026) == []


# ---- fifty at once -----------------------------------------------------------------------------


def at_once(jobs: list[Callable[[], None]]) -> list[BaseException]:
    """Run jobs in threads with connections of their own, all let go at the same moment; return what they raised."""
    start, raised = threading.Barrier(len(jobs)), []

    def run(job: Callable[[], None]) -> None:
        try:
            start.wait()
            with acting(Scope.system()):
                job()
        except BaseException as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


@pytest.mark.django_db(transaction=True)
def test_fifty_clerks_at_once_leave_no_gap_and_no_repeat(at: dt.datetime) -> None:
    """Each of 50 takes four numbers, in a book that none of them finds open; every fifth transaction fails."""
    ward = add_agency()
    given: list[int] = []

    def clerk(number: int) -> None:
        for turn in range(4):
            try:
                with transaction.atomic():
                    taken = api.take_number(agency_id=ward, book_kind="TLKS", on=at.date(), at=at)
                    if (number + turn) % 5 == 0:
                        raise ZeroDivisionError
                given.append(taken.number)
            except ZeroDivisionError:
                pass

    assert at_once([lambda number=number: clerk(number) for number in range(50)]) == []
    assert len(given) == 160
    assert sorted(given) == list(range(1, 161))
    in_register = RegisterEntry.objects.order_by("number").values_list("number", flat=True)
    assert list(in_register) == list(range(1, 161))
    assert Book.objects.get().last_number == 160


@pytest.mark.django_db(transaction=True)
def test_books_do_not_wait_for_each_other(at: dt.datetime) -> None:
    """While one book is held, another agency's gives its number: the second thread ends before the first commits."""
    ward, other = add_agency(), add_agency("H44.101", "UBND phường Nông Trang")
    with transaction.atomic():
        api.take_number(agency_id=ward, book_kind="QĐ", on=at.date(), at=at)
        assert at_once([lambda: take(other, at)]) == []  # type: ignore[list-item,func-returns-value] # for its effect
    assert list(RegisterEntry.objects.order_by("agency_id").values_list("agency_id", "number")) == [
        (ward, 1),
        (other, 1),
    ]
