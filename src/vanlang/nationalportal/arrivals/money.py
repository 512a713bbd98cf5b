"""
ThanhToanHoSo: somebody paid at the portal. A hint and nothing more: money is believed from the payment platform alone.

The reference must be one of ours; whether the money came is then asked there, as it is of every attempt that waits.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import structlog

from vanlang.connectors.api import Arrival
from vanlang.nationalportal.errors import CannotTakeInError
from vanlang.nationalportal.rules import reading
from vanlang.nationalportal.types import SYSTEM
from vanlang.payments.api import find_payment_by_reference

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class PaymentHintReceiver:
    """Looks up what was paid for; books nothing."""

    kind: str = "ThanhToanHoSo"
    system: str = SYSTEM

    def apply(self, arrival: Arrival, *, at: dt.datetime) -> None:
        payment = find_payment_by_reference(reading.text(arrival.content, "MaThamChieu"))
        if payment is None:
            raise CannotTakeInError("nationalportal.unknown_payment")
        log.info("payment_hinted", payment=str(payment.id), state=payment.state)


RECEIVERS = (PaymentHintReceiver(),)
