"""The law of money without a database: states, books, codes for banks, seals, statements."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.kernel.errors import Refusal
from vanlang.payments.rules import bank_qr, ledger, platform
from vanlang.payments.rules.reconciliation import compare
from vanlang.payments.rules.states import REPEATS, TABLE, after
from vanlang.payments.types import (
    BankAccount,
    LedgerAccount,
    Match,
    Occasion,
    PaymentEvent,
    PaymentState,
    PaymentWay,
    StatementLine,
    TransferRequest,
)

amounts = st.integers(1, 500_000_000)

# --- states ---------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from(PaymentEvent), max_size=40))
def test_money_that_came_is_never_forgotten(events: list[PaymentEvent]) -> None:
    state, came = PaymentState.BEGUN, False
    for event in events:
        found = after(state, event)
        if isinstance(found, Refusal):
            continue
        came = came or event is PaymentEvent.CONFIRM
        state = found
        has_it = {PaymentState.BOOKED, PaymentState.REFUNDING, PaymentState.REFUNDED}
        assert (state in has_it) is came


@given(st.sampled_from(PaymentEvent), st.lists(st.sampled_from(PaymentEvent), max_size=12))
def test_said_twice_is_said_once(event: PaymentEvent, way: list[PaymentEvent]) -> None:
    state = PaymentState.BEGUN
    for step in way:
        found = after(state, step)
        state = state if isinstance(found, Refusal) else found
    first = after(state, event)
    if event in {PaymentEvent.CONFIRM, PaymentEvent.FAIL, PaymentEvent.EXPIRE} and isinstance(
        first, PaymentState
    ):
        assert after(first, event) == first


def test_nothing_is_both_a_step_and_a_repetition() -> None:
    assert not set(TABLE) & REPEATS
    assert isinstance(after(PaymentState.BEGUN, PaymentEvent.ASK_REFUND), Refusal)


# --- books ----------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.sampled_from(Occasion), amounts), max_size=50))
def test_the_books_always_balance(told: list[tuple[Occasion, int]]) -> None:
    legs = itertools.chain.from_iterable(ledger.legs(occasion, vnd) for occasion, vnd in told)
    assert sum(ledger.balances(legs).values()) == 0


@given(st.sampled_from(PaymentWay), amounts)
def test_a_demand_paid_and_given_back_leaves_nothing_owed(way: PaymentWay, vnd: int) -> None:
    course = [
        Occasion.DEMAND_FEE,
        ledger.PAID[way],
        Occasion.REFUND_ASKED,
        ledger.REFUNDED[way],
        Occasion.CANCEL_FEE,
    ]
    found = ledger.balances(leg for occasion in course for leg in ledger.legs(occasion, vnd))
    assert set(found.values()) == {0}


@given(amounts)
def test_money_that_fits_nothing_lies_in_suspense_until_it_does(vnd: int) -> None:
    stray = list(ledger.legs(Occasion.STRAY_BY_PLATFORM, vnd))
    assert ledger.balances(stray)[LedgerAccount.SUSPENSE] == -vnd
    both = [*stray, *ledger.legs(Occasion.DEMAND_CHARGE, vnd), *ledger.legs(Occasion.STRAY_MATCHED, vnd)]
    found = ledger.balances(both)
    assert found[LedgerAccount.SUSPENSE] == found[LedgerAccount.RECEIVABLE] == 0


@pytest.mark.parametrize("vnd", [0, -1])
def test_nothing_is_booked_for_nothing(vnd: int) -> None:
    with pytest.raises(ValueError, match="an entry of"):
        ledger.legs(Occasion.PAID_IN_CASH, vnd)


def test_every_occasion_has_its_row() -> None:
    assert set(ledger.POSTINGS) == set(Occasion)
    assert all(debit is not credit for debit, credit in ledger.POSTINGS.values())
    assert set(ledger.PAID) == set(ledger.REFUNDED) == set(PaymentWay)


# --- codes for banks ------------------------------------------------------------------------------

TO = BankAccount("970422", "0113366668888")
plain_text = st.text("ABCdef 0123456789-", max_size=25).map(str.strip)


@pytest.mark.parametrize(
    "code",
    [
        # The example of the national specification, a transfer to a card
        "00020101021238600010A00000072701300006970403011697040311012345670208QRIBFTTC530370454061800005802VN"
        "62340107NPS68690819thanh toan don hang6304A203",
        # A code that banks read: to an account, 7,000 đồng... as a provider of codes made it
        "00020101021238570010A000000727012700069704220113VQRQADAIJ55120208QRIBFTTA5303704540470005802VN"
        "62120808TL89 1006304E346",
    ],
)
def test_codes_of_others_are_read_and_their_checksum_is_ours(code: str) -> None:
    assert bank_qr.checksum(code[:-4]) == code[-4:]
    found = bank_qr.decode(code)
    assert (found.to.bank, found.vnd) in {("970403", 180_000), ("970422", 7_000)}


@given(amounts | st.none(), plain_text, st.text("ABC0123456789", max_size=25))
def test_what_is_written_is_read(vnd: int | None, purpose: str, reference: str) -> None:
    told = TransferRequest(TO, vnd, purpose, reference)
    assert bank_qr.decode(bank_qr.encode(told)) == told


@given(amounts, st.integers(0, 200), st.characters(codec="ascii", exclude_categories=["Cc"]))
def test_one_wrong_character_is_seen(vnd: int, at: int, letter: str) -> None:
    code = bank_qr.encode(TransferRequest(TO, vnd, "HS H44.100-261123-0001"))
    at %= len(code)
    if code[at].upper() == letter.upper():
        return
    with pytest.raises(ValueError, match=r"payments\.code_is"):
        bank_qr.decode(code[:at] + letter + code[at + 1 :])


@given(st.text(max_size=120))
def test_any_text_is_read_or_refused(text: str) -> None:
    with pytest.raises(ValueError, match="payments"):
        bank_qr.decode(text)


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (TransferRequest(BankAccount("97042", "1"), 1), "payments.bank_is_six_digits"),
        (TransferRequest(BankAccount("970422", "1 2"), 1), "payments.account_is_no_number"),
        (TransferRequest(TO, 0), "payments.amount_is_none"),
        (TransferRequest(TO, 1, "Lệ phí"), "payments.purpose_does_not_fit"),
        (TransferRequest(TO, 1, "x" * 26), "payments.purpose_does_not_fit"),
    ],
)
def test_nothing_is_cut_to_fit(request_: TransferRequest, code: str) -> None:
    refusal = bank_qr.may_encode(request_)
    assert refusal is not None
    assert refusal.code == code
    with pytest.raises(ValueError, match=code):
        bank_qr.encode(request_)


def test_words_are_put_as_banks_keep_them() -> None:
    assert bank_qr.plain("Lệ phí “Đăng ký” #1") == "Le phi Dang ky 1"


# --- seals ----------------------------------------------------------------------------------------


def test_the_seal_is_over_the_fields_in_their_order_with_the_secret_last() -> None:
    message = {
        "LoaiBanTin": "QUERY",
        "PhienBan": "1.0.6",
        "MaDoiTac": "H44",
        "MaThamChieu": "x",
        "ThoiGianGD": "20261123090000",
    }
    told = hashlib.sha256(b"QUERY|1.0.6|H44|x|20261123090000|secret").hexdigest()
    assert platform.seal(message, platform.QUERY_FIELDS, "secret") == told
    assert platform.is_sealed({**message, "MaXacThuc": told.upper()}, platform.QUERY_FIELDS, "secret")


@given(st.sampled_from(platform.CALLBACK_FIELDS), st.text("0123456789abc", min_size=1, max_size=8))
def test_whoever_changes_a_field_breaks_the_seal(name: str, value: str) -> None:
    message: dict[str, object] = dict.fromkeys(platform.CALLBACK_FIELDS, "1")
    message["MaXacThuc"] = platform.seal(message, platform.CALLBACK_FIELDS, "secret")
    changed = {**message, name: value}
    assert platform.is_sealed(changed, platform.CALLBACK_FIELDS, "secret") is (value == "1")
    assert not platform.is_sealed(message, platform.CALLBACK_FIELDS, "other")
    assert not platform.is_sealed({}, platform.CALLBACK_FIELDS, "secret")


# --- statements -----------------------------------------------------------------------------------

DAY = dt.date(2026, 11, 23)


def line(number: int, vnd: int = 8_000, on: dt.date = DAY) -> StatementLine:
    return StatementLine(f"T{number:06}", vnd, on)


@given(st.sets(st.integers(0, 60), max_size=40), st.data())
def test_every_spoiled_line_is_named_and_no_other(numbers: set[int], data: st.DataObject) -> None:
    ours = [line(number) for number in sorted(numbers)]
    theirs, expected = list(ours), {one.transaction: Match.EQUAL for one in ours}
    for one in data.draw(st.lists(st.sampled_from(ours), unique=True, max_size=8)) if ours else []:
        theirs.remove(one)
        match = data.draw(st.sampled_from([Match.MISSING_THERE, Match.AMOUNT, Match.DAY, Match.DOUBLED]))
        expected[one.transaction] = match
        theirs += {
            Match.MISSING_THERE: [],
            Match.AMOUNT: [StatementLine(one.transaction, one.vnd + 1, one.on)],
            Match.DAY: [StatementLine(one.transaction, one.vnd, one.on + dt.timedelta(days=1))],
            Match.DOUBLED: [one, one],
        }[match]
    if data.draw(st.booleans()):
        theirs.append(line(999))
        expected["T000999"] = Match.MISSING_HERE
    assert {
        (one.ours or one.theirs or line(0)).transaction: one.match for one in compare(ours, theirs)
    } == expected
