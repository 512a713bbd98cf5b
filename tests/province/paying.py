"""Planned purses, lived: each act on money by its real command, to be done among the acts of the dossiers."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from tests.province.performing import Deed, citizen_of, officers_at_work
from vanlang.counter.models import CashDrawer
from vanlang.counter.services import cash
from vanlang.dossiers.api import generating, get_briefs
from vanlang.identity.api import SYSTEM, Actor
from vanlang.payments import api
from vanlang.payments.api import DemandCard, PaymentWay
from vanlang.payments.api import generating as payments
from vanlang.payments.models import Payment, Refund
from vanlang.payments.rules.pricing import is_counted_once
from vanlang.payments.rules.purses import Paying
from vanlang.payments.services.asking import begin_asking, stop_asking
from vanlang.payments.services.demanding import fees_of
from vanlang.payments.services.generating.statements import GIVEN_UP, WHAT_FOR

AFTER = 1_000
"""Place among the acts of one moment: money follows what its dossier does."""
FIRST, LAST = -1, 10_000_000
"""Numbers of no life: drawers are opened before anybody pays, and counted after everybody has."""


def deeds_of(
    ground: generating.Ground,
    known: Sequence[tuple[generating.Life, payments.Purse]],
    generated: Mapping[str, Sequence[str]],
) -> Iterator[Deed]:
    """Yield what is done about money; drawers and payouts are done as generated rows say that they were."""
    officers = officers_at_work(ground)
    for life, purse in known:
        yield from _Payer(life, purse, officers).deeds()
    yield from _drawers(officers, [json.loads(line) for line in generated["counter_cashdrawer"]])
    yield from _carried(officers, generated)


class _Payer:
    def __init__(self, life: generating.Life, purse: payments.Purse, officers: Mapping[int, Actor]) -> None:
        self.life, self.purse, self.owing = life, purse, purse.owing
        self.counter = officers[self.owing.counter]
        self.leader = officers.get(self.owing.leader or 0)

    def deeds(self) -> Iterator[Deed]:
        purse, owing = self.purse, self.owing
        moments: list[tuple[dt.datetime | None, Callable[[dt.datetime], object]]] = [
            (owing.filed_at, self._ask),
            (owing.received_at, self._ask),
            (purse.asked_at if purse.gap else None, self._count),
            (purse.exempted_at, self._exempt),
            (purse.tried_at, self._begin),
            (purse.failed_at, self._fail),
            (purse.begun_at, self._begin),
            (purse.lapsed_at if purse.lapsed_at != owing.ended_at else None, self._expire),
            (purse.booked_at, self._pay),
            (owing.ended_at, self._cancel),
            (purse.refund_asked_at, self._ask_refund),
            (purse.refunded_at, self._give_back),
        ]
        for place, (at, do) in enumerate(moments):
            if at is not None:
                yield at, owing.number, AFTER + place, partial(do, at)

    @property
    def demand(self) -> DemandCard:
        found = api.find_demand(self.owing.dossier_id)
        assert found is not None
        return found

    @property
    def attempt(self) -> Payment:
        return Payment.objects.filter(demand_id=self.demand.id).order_by("-begun_at")[0]

    def _ask(self, at: dt.datetime) -> None:
        api.demand_for(dossier_id=self.owing.dossier_id, actor=SYSTEM, at=at)

    def _count(self, at: dt.datetime) -> None:
        brief = get_briefs([self.owing.dossier_id], actor=SYSTEM)[self.owing.dossier_id]
        counted = {fee.id: self.purse.units for fee in fees_of(brief) if not is_counted_once(fee)}
        api.demand_for(dossier_id=self.owing.dossier_id, actor=self.counter, at=at, counted=counted)

    def _exempt(self, at: dt.datetime) -> None:
        for line in self.demand.lines:
            api.exempt(line_id=line.id, exemption=self.purse.exemption, actor=self.counter, at=at)

    def _begin(self, at: dt.datetime) -> None:
        if self.purse.way is PaymentWay.CASH:
            return
        assert self.purse.way is not None
        api.begin_payment(demand_id=self.demand.id, way=self.purse.way, actor=citizen_of(self.life), at=at)

    def _fail(self, at: dt.datetime) -> None:
        tried = self.attempt
        api.fail(reference=tried.reference, reason=GIVEN_UP, at=at)
        stop_asking(payment_id=tried.pk)

    def _expire(self, at: dt.datetime) -> None:
        api.expire(payment_id=self.attempt.pk, at=at)

    def _pay(self, at: dt.datetime) -> None:
        if self.purse.paying is Paying.CASH:
            paid = api.take_cash(
                demand_id=self.demand.id, amount_vnd=self.demand.amount_vnd, what_for=WHAT_FOR, actor=self.counter, at=at
            )  # fmt: skip
            api.issue_receipt(payment_id=paid, actor=self.counter, at=at)
            return
        attempt = self.attempt
        api.confirm(
            way=PaymentWay(attempt.way), reference=attempt.reference, transaction_id=str(uuid.uuid4()),
            amount_vnd=attempt.amount_vnd, at=at,
        )  # fmt: skip
        stop_asking(payment_id=attempt.pk)
        api.issue_receipt(payment_id=attempt.pk, actor=SYSTEM, at=at + dt.timedelta(seconds=2))

    def _cancel(self, at: dt.datetime) -> None:
        found = api.find_demand(self.owing.dossier_id)
        if found is not None:
            api.cancel_demand(demand_id=found.id, reason=self.owing.why_ended, actor=SYSTEM, at=at)

    def _ask_refund(self, at: dt.datetime) -> None:
        refund = self._refund
        assert self.leader is not None
        api.ask_refund(refund_id=refund.pk, expected_balance=refund.amount_vnd, actor=self.leader, at=at)

    def _give_back(self, at: dt.datetime) -> None:
        api.confirm_refund(refund_id=self._refund.pk, transaction_id=str(uuid.uuid4()), at=at)

    @property
    def _refund(self) -> Refund:
        return Refund.objects.get(payment__demand__dossier_id=self.owing.dossier_id)


def _drawers(officers: Mapping[int, Actor], rows: Sequence[dict[str, object]]) -> Iterator[Deed]:
    for row in rows:
        actor = officers[int(str(row["officer_id"]))]
        opened, closed, handed = (_instant(row[name]) for name in ("opened_at", "closed_at", "handed_at"))
        notes = {int(note): int(count) for note, count in dict(row["counted"]).items()}  # type: ignore[call-overload] # JSON
        assert opened is not None
        opening = int(str(row["opening"]))
        yield opened, FIRST, 0, partial(cash.open_drawer, opening=opening, actor=actor, at=opened)
        if closed is not None:
            yield closed, LAST, 0, partial(_close, actor, notes, closed)
        if handed is not None:
            yield handed, LAST, 1, partial(_hand, actor, str(row["treasurer"]), handed)


def _close(actor: Actor, notes: Mapping[int, int], at: dt.datetime) -> None:
    cash.close_drawer(drawer_id=_drawer_of(actor).pk, notes=notes, explanation="", actor=actor, at=at)


def _hand(actor: Actor, treasurer: str, at: dt.datetime) -> None:
    cash.hand_to_treasurer(drawer_id=_drawer_of(actor).pk, treasurer=treasurer, actor=actor, at=at)


def _drawer_of(actor: Actor) -> CashDrawer:
    return CashDrawer.objects.filter(officer_id=actor.appointment_id).latest("opened_at")


def _carried(officers: Mapping[int, Actor], generated: Mapping[str, Sequence[str]]) -> Iterator[Deed]:
    """Yield cash carried to the bank and what the platform paid out, as the log and the books of the generator have it."""
    for record in map(json.loads, generated["audit_record"]):
        at = _instant(record["at"])
        assert at is not None
        if record["act"] == "payments.carry_to_bank":
            actor, on = officers[record["appointment_id"]], at.astimezone(dt.timezone(dt.timedelta(hours=7)))
            yield at, LAST, 2, partial(
                api.carry_to_bank, agency_id=actor.agency_id or 0, amount_vnd=record["facts"]["amount"],
                slip=f"{on:%Y-%m-%d}", actor=actor, at=at,
            )  # fmt: skip
        if record["act"] == "payments.settle":
            source = record["facts"]["source"]
            yield at, LAST, 3, partial(
                api.book_settlement, agency_id=int(source.split(":")[1]), source=source,
                amount_vnd=record["facts"]["amount"], at=at,
            )  # fmt: skip


def _instant(value: object) -> dt.datetime | None:
    return dt.datetime.fromisoformat(str(value)) if value else None


class PlatformOfTests:
    """The platform as far as begun payments go: it is there, and is asked about them."""

    def is_open(self, agency_id: int) -> bool:
        return True

    def begun(self, *, payment_id: uuid.UUID, at: dt.datetime) -> None:
        begin_asking(payment_id=payment_id, at=at)

    def refund_asked(self, *, refund_id: uuid.UUID, at: dt.datetime) -> None:
        """Nobody is told."""
