"""The ways to pay that the platform carries out, as `ports` asks for them."""

from __future__ import annotations

import datetime as dt
import uuid

from typing_extensions import override

from vanlang.connectors.api import Subject, register_receiver, register_sender, register_system, tell
from vanlang.kernel.scope import Scope, acting
from vanlang.payments.adapters.platform import THE_PLATFORM
from vanlang.payments.adapters.receivers import Callbacks
from vanlang.payments.adapters.senders import BEGIN, REFUND, Begin, GiveBack
from vanlang.payments.ports import register_way
from vanlang.payments.services.asking import begin_asking
from vanlang.payments.types import SYSTEM, PaymentWay


class BankTransfers:
    """Transfers that a payer's bank reads from our code: the platform tells of them, and gives them back."""

    def is_open(self, agency_id: int) -> bool:
        return True

    def begun(self, *, payment_id: uuid.UUID, at: dt.datetime) -> None:
        """Nobody is told: the code says it all."""

    def refund_asked(self, *, refund_id: uuid.UUID, at: dt.datetime) -> None:
        _tell(REFUND, refund_id, at)


class Platform(BankTransfers):
    """The platform's own page."""

    @override
    def begun(self, *, payment_id: uuid.UUID, at: dt.datetime) -> None:
        _tell(BEGIN, payment_id, at)
        with acting(Scope.system()):
            begin_asking(payment_id=payment_id, at=at)


def register() -> None:
    """Make the platform known to the house: its system, what is told, what is heard, the ways it carries out."""
    register_system(THE_PLATFORM)
    for sender in (Begin(), GiveBack()):
        register_sender(sender)
    register_receiver(Callbacks())
    register_way(PaymentWay.PLATFORM, Platform())
    register_way(PaymentWay.BANK_QR, BankTransfers())


def _tell(kind: str, key: uuid.UUID, at: dt.datetime) -> None:
    """Write it down as the house: a citizen who pays writes no outbox."""
    with acting(Scope.system()):
        tell(system=SYSTEM, subject=Subject.of(kind, key, 1), at=at)
