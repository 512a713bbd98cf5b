"""What the platform tells, applied from the inbox."""

from __future__ import annotations

import datetime as dt

from vanlang.connectors.api import Arrival
from vanlang.kernel.errors import Refusal
from vanlang.payments.errors import MoneyNotAcceptable
from vanlang.payments.queries.tasks import find_payment_by_reference
from vanlang.payments.rules.platform import read_notice
from vanlang.payments.services.asking import stop_asking
from vanlang.payments.services.noticing import take_in
from vanlang.payments.types import SYSTEM

CALLBACK = "callback"


class Callbacks:
    """Every callback: of a payment, a transfer, a refund."""

    system = SYSTEM
    kind = CALLBACK

    def apply(self, arrival: Arrival, *, at: dt.datetime) -> None:
        notice = read_notice(arrival.content)
        if isinstance(notice, Refusal):
            raise MoneyNotAcceptable.of(notice)
        take_in(notice, at=at)
        payment = find_payment_by_reference(notice.reference)
        if payment is not None:
            stop_asking(payment_id=payment.id)
