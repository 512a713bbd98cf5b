"""What a citizen owes for a dossier, how it can be paid, and how an attempt to pay stands."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from vanlang.catalogue.api import Channel, VersionCard
from vanlang.documents.api import qr_svg
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.scope import Scope, acting
from vanlang.organizations.api import get_agency
from vanlang.payments import api as payments
from vanlang.payments.api import (
    CollectingCard,
    DemandCard,
    DemandState,
    FeeGap,
    PaymentCard,
    PaymentState,
    PaymentWay,
    TransferRequest,
)
from vanlang.ui.types import Tone

TONES: dict[DemandState, Tone] = {
    DemandState.OPEN: "warning",
    DemandState.PAID: "success",
    DemandState.WAIVED: "success",
    DemandState.CANCELLED: "neutral",
}
HINTS = {
    PaymentWay.PLATFORM: "Mở trang của Cổng Dịch vụ công quốc gia, trả bằng tài khoản ngân hàng, thẻ hoặc ví điện tử.",
    PaymentWay.BANK_QR: "Quét mã bằng ứng dụng ngân hàng của ông/bà; số tiền và nội dung đã điền sẵn.",
}


@dataclass(frozen=True, slots=True)
class Owed:
    """What is or was owed for a dossier."""

    demand: DemandCard | None
    gap: FeeGap | None
    state_label: str
    tone: Tone
    agency: str
    ways: tuple[tuple[PaymentWay, str, str], ...]
    """(way, its name, what it is like) of those that are open; none once nothing is owed."""

    @property
    def is_open(self) -> bool:
        return self.demand is not None and self.demand.is_open

    @property
    def paid(self) -> PaymentCard | None:
        return self.demand.paid if self.demand else None


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt to pay, as its page shows it. Nothing in it names a person."""

    payment: PaymentCard
    demand: DemandCard
    agency: str
    way_label: str
    collecting: CollectingCard | None
    qr: SafeString
    """The code for a bank's application; empty when it is not this way, or not any more."""
    is_waiting: bool
    is_paid: bool
    """The demand is paid, by this attempt or another one."""
    strayed: bool
    """Money came by this attempt and lies aside: paid twice, or another amount."""


def owed_for(dossier_id: uuid.UUID, *, on: dt.date) -> Owed:
    """Return what the caller's scope shows of a dossier's fees."""
    demand = payments.find_demand(dossier_id)
    gap = payments.get_settlement(dossier_id).gap
    if demand is None:
        return Owed(None, gap, "", "neutral", "", ())
    return Owed(
        demand=demand,
        gap=gap,
        state_label=payments.DEMAND_STATES[demand.state],
        tone=TONES[demand.state],
        agency=get_agency(demand.agency_id, on).name,
        ways=tuple(
            (way, payments.WAYS[way], HINTS[way])
            for way in (PaymentWay.PLATFORM, PaymentWay.BANK_QR)
            if demand.is_open and payments.is_open(way, demand.agency_id, on)
        ),
    )


def attempt_of(payment_id: uuid.UUID, *, at: dt.datetime) -> Attempt:
    """
    Return an attempt to pay, for whoever has its address: random, and without anything of a person.

    Raises: MoneyNotFound.
    """
    with acting(Scope.system()):  # one payment, named by its random id
        demand = payments.get_demand(payments.get_payment(payment_id).demand_id)
        # Read after its demand: were it read before, money that comes in between would seem another attempt's.
        payment = next(one for one in demand.payments if one.id == payment_id)
        strayed = payments.has_strayed(payment_id)
    collecting = payments.find_collecting(payment.agency_id, at.astimezone(VIETNAM).date())
    is_waiting = payment.state is PaymentState.BEGUN and demand.is_open
    return Attempt(
        payment=payment,
        demand=demand,
        agency=get_agency(payment.agency_id, at.date()).name,
        way_label=payments.WAYS[payment.way],
        collecting=collecting,
        qr=code_for(payment, collecting) if is_waiting else SafeString(""),
        is_waiting=is_waiting,
        is_paid=demand.state is DemandState.PAID,
        strayed=strayed,
    )


def code_for(payment: PaymentCard, collecting: CollectingCard | None) -> SafeString:
    """Return the drawing of a payment's code; nothing when its way has none."""
    if payment.way is not PaymentWay.BANK_QR or collecting is None or collecting.account is None:
        return SafeString("")
    told = TransferRequest(collecting.account, payment.amount_vnd, payment.reference)
    return SafeString(qr_svg(payments.encode_bank_qr(told)))


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What filing will cost, before it is filed."""

    lines: tuple[tuple[str, int, str], ...]
    """(name, đồng, basis)."""
    total_vnd: int
    gap: FeeGap | None


def foreseen(version: VersionCard, case_id: int | None, answers: Mapping[str, object]) -> Foreseen:
    """Return what filing online costs, by the same rule as the demand that follows."""
    lines = payments.price_of(version, case_id, Channel.ONLINE, answers)
    if isinstance(lines, FeeGap):
        return Foreseen((), 0, lines)
    named = tuple(
        (line.fee.name or ("Lệ phí" if line.is_charge else "Phí"), line.full_vnd, line.fee.basis)
        for line in lines
    )
    return Foreseen(named, sum(vnd for _, vnd, _ in named), None)
