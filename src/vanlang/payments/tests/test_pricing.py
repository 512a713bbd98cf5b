"""What a payer owes, and how an amount reads in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.catalogue.api import Money, amount_for
from vanlang.payments.rules.before import BEFORE, Moment, owed_before
from vanlang.payments.rules.pricing import (
    Fee,
    after_exemption,
    amount,
    counted_by,
    is_charge,
    may_count,
    price,
)
from vanlang.payments.rules.references import LETTERS, find_reference, reference_of
from vanlang.payments.rules.words import dong_in_words, in_words
from vanlang.payments.types import FeeGap

PAGES = Fee(1, "Phí chứng thực", "fee", 2_000, per="trang", first=2, then_vnd=1_000, most_vnd=200_000)
FREE = Fee(2, "Lệ phí", "charge", 0)
ONCE = Fee(3, "Lệ phí hộ tịch", "unstated", 8_000, per="Lần đăng ký")


@pytest.mark.parametrize(
    ("fees", "counted", "lines"),
    [
        ([], {}, FeeGap.UNKNOWN),
        ([FREE], {}, []),
        ([ONCE], {}, [(3, 1, 8_000, True)]),
        ([FREE, ONCE], {}, [(3, 1, 8_000, True)]),
        ([PAGES], {}, FeeGap.QUANTITY),
        ([PAGES], {1: 0}, FeeGap.QUANTITY),
        ([PAGES], {1: 1}, [(1, 1, 2_000, False)]),
        ([PAGES], {1: 5}, [(1, 5, 7_000, False)]),
        ([PAGES], {1: 900}, [(1, 900, 200_000, False)]),
        ([PAGES, ONCE], {1: 2}, [(1, 2, 4_000, False), (3, 1, 8_000, True)]),
        ([Fee(9, "Phí", "fee", 5_000, per="con gia súc")], {}, FeeGap.QUANTITY),
    ],
)
def test_what_is_owed(fees: list[Fee], counted: dict[int, int], lines: object) -> None:
    found = price(fees, counted)
    if isinstance(found, tuple):
        assert [(line.fee.id, line.quantity, line.full_vnd, line.is_charge) for line in found] == lines
    else:
        assert found == lines


@given(
    st.integers(1, 5_000),
    st.integers(0, 10**6),
    st.none() | st.integers(1, 50),
    st.none() | st.integers(0, 10**8),
)
def test_the_catalogue_and_the_demand_count_alike(
    units: int, vnd: int, first: int | None, most: int | None
) -> None:
    then = None if first is None else vnd // 2
    ours = Fee(1, "", "fee", vnd, first=first, then_vnd=then, most_vnd=most)
    assert amount(ours, units) == amount_for(
        Money(vnd, first_units=first, then_vnd=then, most_vnd=most), units
    )


@pytest.mark.parametrize(
    ("name", "kind", "charge"),
    [
        ("Lệ phí hộ tịch", "unstated", True),
        ("LỆ PHÍ", "unstated", True),
        ("Phí thẩm định", "unstated", False),
        ("", "unstated", False),
        ("Phí", "charge", True),
        ("Lệ phí", "fee", False),
    ],
)
def test_a_charge_is_told_from_a_fee(name: str, kind: str, charge: bool) -> None:
    assert is_charge(Fee(1, name, kind, 1)) is charge


@given(st.integers(0, 10**10), st.integers(0, 100))
def test_an_exemption_never_asks_more(full: int, percent: int) -> None:
    assert 0 <= after_exemption(full, percent) <= full
    assert after_exemption(full, 100) == 0
    assert after_exemption(full, 0) == full


@pytest.mark.parametrize(
    ("per", "answers", "counted"),
    [
        ("bản sao", {"copies": 2}, {1: 2}),
        ("Bản sao", {"copies": "3"}, {1: 3}),
        ("bản sao", {"copies": 0}, {}),
        ("bản sao", {"copies": "hai"}, {}),
        ("bản sao", {}, {}),
        ("trang", {"copies": 2}, {}),
    ],
)
def test_what_the_form_asked_needs_no_officer(
    per: str, answers: dict[str, object], counted: dict[int, int]
) -> None:
    assert counted_by([Fee(1, "Phí", "fee", 8_000, per=per)], answers) == counted


def test_unlikely_counts_are_refused() -> None:
    for counted, code in (
        ({1: 0}, "payments.quantity_unlikely"),
        ({1: 10_001}, "payments.quantity_unlikely"),
    ):
        refusal = may_count([PAGES], counted)
        assert refusal is not None
        assert refusal.code == code
    dear = may_count([Fee(1, "Phí", "fee", 10**9)], {1: 10_000})
    assert dear is not None
    assert dear.code == "payments.amount_unlikely"
    assert may_count([PAGES], {1: 5}) is None


WORDS = [
    (0, "không"), (1, "một"), (5, "năm"), (10, "mười"), (11, "mười một"), (14, "mười bốn"), (15, "mười lăm"),
    (20, "hai mươi"), (21, "hai mươi mốt"), (24, "hai mươi tư"), (25, "hai mươi lăm"), (44, "bốn mươi tư"),
    (100, "một trăm"), (101, "một trăm linh một"), (105, "một trăm linh năm"), (110, "một trăm mười"),
    (115, "một trăm mười lăm"), (555, "năm trăm năm mươi lăm"), (1_000, "một nghìn"),
    (1_001, "một nghìn không trăm linh một"), (1_010, "một nghìn không trăm mười"), (8_000, "tám nghìn"),
    (10_500, "mười nghìn năm trăm"), (50_000, "năm mươi nghìn"),
    (1_205_000, "một triệu hai trăm linh năm nghìn"), (1_000_001, "một triệu không trăm linh một"),
    (21_000_021, "hai mươi mốt triệu không trăm hai mươi mốt"), (10**9, "một tỷ"),
    (10**9 + 5, "một tỷ không trăm linh năm"), (2_000_050_000, "hai tỷ không trăm năm mươi nghìn"),
    (10**12, "một nghìn tỷ"),
    (999_999_999_999, "chín trăm chín mươi chín tỷ chín trăm chín mươi chín triệu chín trăm chín mươi chín nghìn chín trăm chín mươi chín"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "words"), WORDS)
def test_amounts_in_words(number: int, words: str) -> None:
    assert in_words(number) == words


_UNITS = {"không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9}  # fmt: skip


def read_aloud(words: str) -> int:
    """Count what is said, as a listener does: written apart from the rule."""
    total = million = group = digit = 0
    for word in words.split():
        if word in _UNITS:
            digit = _UNITS[word]
        elif word == "mười":
            group, digit = group + 10, 0
        elif word == "mươi":
            group, digit = group + digit * 10, 0
        elif word == "trăm":
            group, digit = group + digit * 100, 0
        elif word == "linh":
            digit = 0
        elif word in {"nghìn", "triệu"}:
            million += (group + digit) * (1_000 if word == "nghìn" else 1_000_000)
            group = digit = 0
        else:
            assert word == "tỷ"
            total += (million + group + digit) * 10**9
            million = group = digit = 0
    return total + million + group + digit


@given(st.integers(0, 10**12))
def test_what_is_written_is_heard(number: int) -> None:
    assert read_aloud(in_words(number)) == number


def test_a_receipt_begins_with_a_capital() -> None:
    assert dong_in_words(58_000) == "Năm mươi tám nghìn đồng"
    for outside in (-1, 10**15):
        with pytest.raises(ValueError, match="not written"):
            in_words(outside)


@given(st.integers(0, 2**60 - 1), st.text(LETTERS.lower() + " .", max_size=8))
def test_a_reference_is_found_however_a_bank_writes_it(drawn: int, around: str) -> None:
    reference = reference_of(drawn)
    assert find_reference(f"CK {reference[:6]} {reference[6:].lower()} nop phi") == reference
    assert find_reference(f"MBVCB.1 {reference}") == reference
    assert find_reference(around) is None


def test_references_differ() -> None:
    assert len({reference_of(drawn) for drawn in range(1000)}) == 1000
    assert reference_of(2**60 - 1) == "PT" + "Z" * 12


def test_what_is_due_before_what() -> None:
    lines = [(False, 100), (True, 8)]
    assert owed_before(lines, Moment.PROCESSING) == 100
    assert owed_before(lines, Moment.DELIVERY) == 108
    assert set(BEFORE) == {True, False}
