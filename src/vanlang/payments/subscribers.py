"""What payments hears: from dossiers, that something is to be asked for, or nothing any more; from itself, that money came."""

from __future__ import annotations

from vanlang.dossiers.api import (
    DossierEvent,
    DossierReceived,
    DossierRefused,
    DossierSubmitted,
    DossierWithdrawn,
)
from vanlang.identity.api import SYSTEM
from vanlang.kernel import clock
from vanlang.kernel.events import subscribe
from vanlang.payments.events import PaymentBooked
from vanlang.payments.jobs import complete
from vanlang.payments.queries import find_demand, get_payment
from vanlang.payments.services import cancel_demand, demand_for, issue_receipt
from vanlang.payments.types import PaymentState

_REASONS = {DossierRefused.name: "Hồ sơ bị từ chối tiếp nhận", DossierWithdrawn.name: "Người nộp rút hồ sơ"}


def raise_demand(event: DossierEvent) -> None:
    """Ask for the fees of a dossier, at its filing or at its receipt, whichever comes to pass."""
    demand_for(dossier_id=event.dossier_id, actor=SYSTEM, at=event.at)


def end_demand(event: DossierEvent) -> None:
    """Nothing is owed for a dossier that was refused or withdrawn; what was paid is proposed to go back."""
    demand = find_demand(event.dossier_id)
    if demand is not None:
        cancel_demand(demand_id=demand.id, reason=_REASONS[event.name], actor=SYSTEM, at=event.at)


@subscribe(PaymentBooked)
def issue(event: PaymentBooked) -> None:
    """Issue the receipt of money that came; where an officer took it, they have issued it already."""
    payment = get_payment(event.payment_id)
    if payment.state is PaymentState.BOOKED:
        receipt_id = issue_receipt(payment_id=event.payment_id, actor=SYSTEM, at=max(clock.now(), event.at))
        complete.defer(receipt_id=str(receipt_id))


for _heard in (DossierSubmitted, DossierReceived):
    subscribe(_heard)(raise_demand)
for _ended in (DossierRefused, DossierWithdrawn):
    subscribe(_ended)(end_demand)
