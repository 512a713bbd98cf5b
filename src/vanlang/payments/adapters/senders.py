"""What the platform is told through the outbox: that a payment begins, and that money is to go back."""

from __future__ import annotations

import datetime as dt
import uuid
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence

from typing_extensions import override

from vanlang.connectors.api import Answered, Due, Flow, SystemVerdict
from vanlang.payments.adapters.platform import PlatformClient, PlatformError, client
from vanlang.payments.models import Refund
from vanlang.payments.services.billing import find_bill
from vanlang.payments.services.paying import fail, set_pay_address
from vanlang.payments.types import SYSTEM, RefundState

BEGIN, REFUND = "begin", "refund"


class _Steps(ABC):
    """A kind that is told one by one: each is a call of its own, and may be said again without harm."""

    system = SYSTEM
    kind = ""
    flow = Flow.STEP
    batch = 20

    def send(self, due: Sequence[Due], *, at: dt.datetime) -> Iterator[Answered]:
        line = client()
        for row in due:
            try:
                self.say(line, uuid.UUID(row.stream), at)
            except PlatformError as refused:
                yield Answered(row.id, refused.verdict, str(refused.facts["platform_code"]))
            else:
                yield Answered(row.id, SystemVerdict.TAKEN)

    @abstractmethod
    def say(self, line: PlatformClient, key: uuid.UUID, at: dt.datetime) -> None:
        """Say one of them. Raises: PlatformError."""


class Begin(_Steps):
    """INIT: where is the payer to be sent? The stream is the payment."""

    kind = BEGIN

    @override
    def say(self, line: PlatformClient, key: uuid.UUID, at: dt.datetime) -> None:
        bill = find_bill(key, at=at)
        if bill is None:
            return
        try:
            address = line.begin(bill, at=at)
        except PlatformError as refused:
            if refused.verdict is SystemVerdict.REFUSED:  # it will never begin: the payer chooses anew
                fail(reference=bill.reference, reason=refused.platform_code, at=at)
            raise
        set_pay_address(payment_id=key, address=address)


class GiveBack(_Steps):
    """REFUND: taken now, told later by a callback. The stream is the refund."""

    kind = REFUND

    @override
    def say(self, line: PlatformClient, key: uuid.UUID, at: dt.datetime) -> None:
        row = Refund.objects.select_related("payment", "stray").get(pk=key)
        if row.state != RefundState.ASKED:
            return
        of = row.payment or row.stray
        assert of is not None  # noqa: S101 - by the constraint: of a payment or of a stray
        line.refund(
            reference=of.reference, transaction=of.transaction, own=row.reference, vnd=row.amount_vnd, at=at
        )
