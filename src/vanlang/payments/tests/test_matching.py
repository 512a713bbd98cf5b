"""Any order in which the world tells: a machine of the rules alone, walked by Hypothesis."""

from __future__ import annotations

import itertools

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from vanlang.payments.rules import ledger
from vanlang.payments.rules.matching import Arriving, Asked, Known, arriving
from vanlang.payments.rules.states import after
from vanlang.payments.types import (
    DemandState,
    LedgerAccount,
    Leg,
    Occasion,
    PaymentEvent,
    PaymentState,
    PaymentWay,
    StrayReason,
)

OWED = 58_000


class Attempt:
    def __init__(self, demand: Owing, way: PaymentWay) -> None:
        self.demand, self.way = demand, way
        self.state, self.transaction = PaymentState.BEGUN, ""


class Owing:
    def __init__(self) -> None:
        self.state = DemandState.OPEN


class Till(RuleBasedStateMachine):
    """Demands, attempts and transactions, moved by the rules; the books written from the table."""

    demands = Bundle("demands")
    attempts = Bundle("attempts")

    def __init__(self) -> None:
        super().__init__()
        self.all_demands: list[Owing] = []
        self.all_attempts: list[Attempt] = []
        self.known: dict[str, tuple[str, int]] = {}
        self.came: dict[str, int] = {}
        self.legs: list[Leg] = []
        self.laid_aside = 0

    def book(self, occasion: Occasion, vnd: int = OWED) -> None:
        self.legs += ledger.legs(occasion, vnd)

    @rule(target=demands)
    def raise_demand(self) -> Owing:
        self.all_demands.append(Owing())
        self.book(Occasion.DEMAND_FEE)
        return self.all_demands[-1]

    @rule(target=attempts, demand=demands, way=st.sampled_from([PaymentWay.PLATFORM, PaymentWay.BANK_QR]))
    def begin(self, demand: Owing, way: PaymentWay) -> Attempt:
        self.all_attempts.append(Attempt(demand, way))
        return self.all_attempts[-1]

    @rule(
        attempt=attempts,
        event=st.sampled_from([PaymentEvent.FAIL, PaymentEvent.EXPIRE]),
    )
    def end(self, attempt: Attempt, event: PaymentEvent) -> None:
        found = after(attempt.state, event)
        attempt.state = found if isinstance(found, PaymentState) else attempt.state

    @rule(demand=demands)
    def cancel(self, demand: Owing) -> None:
        if demand.state is DemandState.OPEN:
            demand.state = DemandState.CANCELLED
            self.book(Occasion.CANCEL_FEE)

    @rule(
        attempt=st.none() | attempts,
        transaction=st.sampled_from("ABCDEFG"),
        vnd=st.sampled_from([OWED, OWED, OWED, 1]),
    )
    def tell(self, attempt: Attempt | None, transaction: str, vnd: int) -> None:
        reference = str(id(attempt)) if attempt else "nobody"
        asked = Asked(attempt.state, OWED, attempt.transaction, attempt.demand.state) if attempt else None
        known = Known(*self.known[transaction]) if transaction in self.known else None
        answer, reason = arriving(reference=reference, vnd=vnd, asked=asked, known=known)
        assert (answer is Arriving.STRAY) is (reason is not None)
        if answer in {Arriving.REPEATED, Arriving.CONTRADICTED}:
            assert (answer is Arriving.REPEATED) is (self.known[transaction] == (reference, vnd))
            return
        assert transaction not in self.came, "a transaction is answered once"
        self.known[transaction], self.came[transaction] = (reference, vnd), vnd
        if answer is Arriving.BOOK:
            assert attempt is not None
            found = after(attempt.state, PaymentEvent.CONFIRM)
            assert found is PaymentState.BOOKED
            attempt.state, attempt.transaction, attempt.demand.state = found, transaction, DemandState.PAID
            self.book(ledger.PAID[attempt.way], vnd)
        else:
            assert reason is not StrayReason.REFERENCE or attempt is None
            self.laid_aside += vnd
            self.book(ledger.STRAYED[attempt.way if attempt else PaymentWay.PLATFORM], vnd)

    @invariant()
    def all_money_is_somewhere(self) -> None:
        found = ledger.balances(self.legs)
        assert sum(found.values()) == 0
        there = found.get(LedgerAccount.CLEARING, 0) + found.get(LedgerAccount.BANK, 0)
        assert there == sum(self.came.values())
        assert found.get(LedgerAccount.SUSPENSE, 0) == -self.laid_aside
        still_owed = sum(OWED for one in self.all_demands if one.state is DemandState.OPEN)
        assert found.get(LedgerAccount.RECEIVABLE, 0) == still_owed

    @invariant()
    def a_demand_is_paid_exactly_once(self) -> None:
        paid = [one.demand for one in self.all_attempts if one.state is PaymentState.BOOKED]
        assert len(paid) == len(set(map(id, paid)))
        assert {id(one) for one in paid} == {
            id(one) for one in self.all_demands if one.state is DemandState.PAID
        }


TestTill = Till.TestCase


def test_a_demand_that_is_over_books_nothing_more() -> None:
    for state, over in itertools.product(PaymentState, set(DemandState) - {DemandState.OPEN}):
        answer, reason = arriving(reference="x", vnd=5, asked=Asked(state, 5, "", over), known=None)
        assert answer is Arriving.STRAY
        assert reason in {StrayReason.PAID_ALREADY, StrayReason.CLOSED}
