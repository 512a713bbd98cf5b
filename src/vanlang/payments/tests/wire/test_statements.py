"""The platform's statement over the wire: whose money it is, what is healed by itself, and what is a person's."""

from __future__ import annotations

import datetime as dt

from vanlang.kernel import clock
from vanlang.kernel.clock import VIETNAM
from vanlang.payments import api
from vanlang.payments.adapters.statements import fetch_day
from vanlang.payments.api import PaymentState, PaymentWay
from vanlang.payments.models import MoneyDifference, Payment, StatementImport, Stray
from vanlang.payments.queries.held import count_held, find_held
from vanlang.payments.queries.reconciling import compare_both, find_statement
from vanlang.payments.rules import bank_qr
from vanlang.payments.tests.wire.conftest import Wire
from vanlang.payments.tests.wire.test_callbacks import hear
from vanlang.payments.types import BankAccount, DifferenceState, Match, TransferRequest

NOON = "120000"


def paid_there(wire: Wire, *, is_told: bool = True, times: int = 1) -> list[Payment]:
    """Return payments that their payers made; the platform tells of them, or does not."""
    wire.outside.misbehave("payment_platform", "lose_callback", times=99, path="/callback")
    made = []
    for _ in range(times):
        payment = wire.begin()
        wire.send()
        taken = wire.control("pay", reference=payment.reference)
        if is_told:
            hear(wire.told(MaThamChieu=payment.reference, MaGiaoDich=taken["transaction"]))
        made.append(payment)
    wire.apply()
    return made


def their_day() -> dt.date:
    """The sandbox has its own clock, as the outside world does."""
    return dt.datetime.now(VIETNAM).date()  # noqa: TID251 - as above


def differences() -> list[tuple[str, str]]:
    return sorted(MoneyDifference.objects.values_list("match", "state"))


def test_a_statement_that_fits(wire: Wire) -> None:
    with clock.frozen(wire.at):
        paid_there(wire, times=2)
    agency = wire.money.world.viet_tri.id
    assert fetch_day(their_day(), at=wire.at, line=wire.client) == 2
    assert differences() == []
    assert {one.match for one in compare_both(agency, PaymentWay.PLATFORM, their_day())} <= {
        Match.EQUAL, Match.DAY,
    }  # fmt: skip
    found = find_statement(agency, PaymentWay.BANK_QR, their_day())
    assert found is not None
    assert found.lines == 0, "also nothing is something to say"


def test_money_of_which_nobody_told_is_asked_about_and_booked(wire: Wire) -> None:
    (payment,) = paid_there(wire, is_told=False)
    fetch_day(their_day(), at=wire.at, line=wire.client)
    payment.refresh_from_db()
    assert payment.state == PaymentState.BOOKED
    assert differences() == [(Match.MISSING_HERE, DifferenceState.HEALED)]
    assert not api.prove_books().faults


def test_money_of_an_unknown_reference_is_laid_aside_for_its_agency(wire: Wire) -> None:
    stamp = f"{their_day():%Y%m%d}{NOON}"
    lost = {"id": "GDX", "kind": "pay", "reference": "KHAC", "vnd": 9000, "at": stamp, "agency": "H44.101"}
    nobodys = {"id": "GDY", "kind": "pay", "reference": "KHAC2", "vnd": 7000, "at": stamp}
    wire.control("load", transactions=[lost, nobodys])
    fetch_day(their_day(), at=wire.at, line=wire.client)
    found = {row.transaction: row.agency_id for row in Stray.objects.all()}
    assert found["GDX"] == wire.money.world.nong_trang.id
    assert set(found) == {"GDX", "GDY"}
    assert {state for _, state in differences()} == {DifferenceState.HEALED}


def test_a_transfer_of_which_nobody_told_is_known_by_its_account(wire: Wire) -> None:
    wire.outside.misbehave("payment_platform", "lose_callback", path="/callback")
    code = bank_qr.encode(TransferRequest(BankAccount("970422", "0113366668888"), 58000, purpose="QUYEN GOP"))
    wire.control("transfer", qr=code)
    fetch_day(their_day(), at=wire.at, line=wire.client)
    stray = Stray.objects.get()
    assert (stray.way, stray.amount_vnd) == (PaymentWay.BANK_QR, 58000)
    assert stray.agency_id == wire.money.world.viet_tri.id


def test_a_line_that_the_platform_dropped_is_listed(wire: Wire) -> None:
    with clock.frozen(dt.datetime.now(VIETNAM)):  # noqa: TID251 - booked on their day
        paid_there(wire, times=3)
        at = clock.now()
    wire.apply(at - wire.at)
    wire.outside.misbehave("payment_platform", "drop_statement_line", path="/statement")
    fetch_day(their_day(), at=at, line=wire.client)
    assert differences() == [(Match.MISSING_THERE, DifferenceState.WAITING)]
    fetch_day(their_day(), at=at, line=wire.client)
    assert differences() == [(Match.MISSING_THERE, DifferenceState.HEALED)]


def test_a_line_twice_is_a_persons_task(wire: Wire) -> None:
    with clock.frozen(wire.at):
        paid_there(wire)
    wire.outside.misbehave("payment_platform", "double_statement_line", path="/statement")
    fetch_day(their_day(), at=wire.at, line=wire.client)
    assert differences() == [(Match.DOUBLED, DifferenceState.OPEN)]


def row_of(name: str, vnd: int, agency: str, kind: str = "pay") -> dict[str, object]:
    return {
        "id": name, "kind": kind, "reference": f"KHAC{name}", "vnd": vnd, "at": f"{their_day():%Y%m%d}{NOON}", "agency": agency,
    }  # fmt: skip


def test_half_a_statement_is_held_for_a_person_and_the_others_are_whole(wire: Wire) -> None:
    viet_tri, nong_trang = wire.money.world.viet_tri, wire.money.world.nong_trang
    rows = [row_of("GDX", 0, "H44.100"), row_of("GDY", 1, "H44.100"), row_of("GDZ", 2, "H44.101")]
    wire.control("load", transactions=rows)
    assert fetch_day(their_day(), at=wire.at, line=wire.client) == 2
    assert find_statement(viet_tri.id, PaymentWay.PLATFORM, their_day()) is None
    held = find_held(viet_tri.id, PaymentWay.PLATFORM, their_day())
    assert held is not None
    (unread,) = held.unread
    assert (unread.field, unread.said, unread.transaction) == ("SoTien", "0", "GDX")
    assert [line.transaction for line in held.lines] == ["GDY"]
    assert find_held(viet_tri.id, PaymentWay.BANK_QR, their_day()) is None, (
        "the row says by which way it came"
    )
    assert [row.transaction for row in Stray.objects.all()] == ["GDZ"], "nothing of the held one is booked"
    assert find_held(nong_trang.id, PaymentWay.PLATFORM, their_day()) is None


def test_a_row_that_names_nobody_is_the_houses(wire: Wire) -> None:
    wire.control("load", transactions=[{**row_of("", 5, ""), "kind": "pay"}])
    fetch_day(their_day(), at=wire.at, line=wire.client)
    held = find_held(api.house_agency(wire.at.date()), PaymentWay.PLATFORM, their_day())
    assert held is not None
    assert [one.field for one in held.unread] == ["MaGiaoDich"]


def test_the_same_statement_whole_settles_the_held_one(wire: Wire) -> None:
    wire.control("load", transactions=[row_of("GDX", 0, "H44.100")])
    fetch_day(their_day(), at=wire.at, line=wire.client)
    agency = wire.money.world.viet_tri.id
    assert count_held(agency) == 1
    wire.outside.fresh()
    wire.control("load", transactions=[row_of("GDX", 9_000, "H44.100")])
    fetch_day(their_day(), at=wire.at, line=wire.client)
    assert count_held(agency) == 0
    assert [row.transaction for row in Stray.objects.all()] == ["GDX"]


def test_fetched_again_it_is_held_once(wire: Wire) -> None:
    wire.control("load", transactions=[row_of("GDX", 0, "H44.100")])
    for _ in range(2):
        fetch_day(their_day(), at=wire.at, line=wire.client)
    assert count_held(wire.money.world.viet_tri.id) == 1
    assert not StatementImport.objects.filter(agency_id=wire.money.world.viet_tri.id, way="platform").exists()
