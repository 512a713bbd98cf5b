"""Phường Việt Trì, its accountant, and a day on which money came."""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from vanlang.identity.api import Actor, Role
from vanlang.kernel.scope import Scope, acting
from vanlang.payments import api
from vanlang.payments.api import PaymentWay
from vanlang.payments.models import CarriedDifference, MoneyDifference, Payment
from vanlang.payments.queries import reconciling as queries
from vanlang.payments.services import reconciling
from vanlang.payments.tests.conftest import Money
from vanlang.payments.types import (
    Clearing,
    DifferenceState,
    LedgerAccount,
    Match,
    StatementLine,
    StatementSource,
)

DAY = dt.timedelta(days=1)
PLATFORM, CASH = PaymentWay.PLATFORM, PaymentWay.CASH


@dataclass
class Books:
    """Phường Việt Trì, its accountant, and a day on which money came."""

    money: Money
    hanh: Actor
    at: dt.datetime
    taken: list[StatementLine] = field(default_factory=list)

    @property
    def agency(self) -> int:
        return self.money.world.viet_tri.id

    @property
    def on(self) -> dt.date:
        return self.at.date()

    @property
    def next_day(self) -> dt.datetime:
        return self.at + DAY

    def pay(self, name: str, way: PaymentWay = PLATFORM, at: dt.datetime | None = None) -> uuid.UUID:
        """Take 58 000 đồng under a transaction of the provider's; return the payment."""
        demand = self.money.demand()
        with_reference = Payment(
            demand_id=demand.id, agency_id=demand.agency_id, way=way, state="begun", amount_vnd=58_000,
            reference=f"PT{name:A>12}", begun_at=self.at, expires_at=self.at + DAY,
        )  # fmt: skip
        with_reference.save()
        done = api.confirm(
            way=way,
            reference=with_reference.reference,
            transaction_id=name,
            amount_vnd=58_000,
            at=at or self.at,
        )
        self.taken.append(StatementLine(name, 58_000, (at or self.at).date(), with_reference.reference))
        assert done.payment_id
        return done.payment_id

    def state(
        self, lines: list[StatementLine], on: dt.date | None = None, way: PaymentWay = PLATFORM,
        at: dt.datetime | None = None,
    ) -> None:  # fmt: skip
        reconciling.take_statement(
            agency_id=self.agency, way=way, on=on or self.on, lines=lines, source=StatementSource.FILE,
            actor=self.hanh, at=at or self.next_day,
        )  # fmt: skip

    def differences(self, on: dt.date | None = None) -> dict[str, tuple[Match, DifferenceState]]:
        rows = MoneyDifference.objects.filter(on=on or self.on)
        return {row.transaction: (Match(row.match), DifferenceState(row.state)) for row in rows}

    def of(self, name: str) -> uuid.UUID:
        return MoneyDifference.objects.get(transaction=name, on=self.on).pk

    def close(
        self, way: PaymentWay = PLATFORM, on: dt.date | None = None, at: dt.datetime | None = None
    ) -> None:
        reconciling.close_day(
            agency_id=self.agency, way=way, on=on or self.on, actor=self.hanh, at=at or self.next_day
        )

    def explain(self, name: str, on: dt.date | None = None) -> None:
        row = MoneyDifference.objects.get(transaction=name, on=on or self.on)
        reconciling.explain(
            difference_id=row.pk, explanation="Nền tảng xác nhận bằng văn bản", actor=self.hanh, at=self.at
        )

    def clear(
        self, name: str, clearing: Clearing = Clearing.BANK, document: str = "UNC 17 ngày 30/11/2026"
    ) -> None:
        row = CarriedDifference.objects.get(transaction=name, cleared_at=None)
        reconciling.clear_difference(
            carried_id=row.pk, clearing=clearing, document=document, actor=self.hanh, at=self.next_day
        )

    def balances(self) -> tuple[int, int, int]:
        """Return what the platform holds, what the bank has, what stands between the platform and us."""
        accounts = (LedgerAccount.CLEARING, LedgerAccount.BANK, LedgerAccount.DIFFERENCES)
        clearing, bank, differences = (self.balance(account) for account in accounts)
        return clearing, bank, differences

    def balance(self, account: LedgerAccount) -> int:
        return queries.balance_before(self.agency, account, self.at + 90 * DAY)


@pytest.fixture
def books(money: Money, at: dt.datetime) -> Iterator[Books]:
    hanh = dataclasses.replace(money.world.thao, roles=frozenset({Role.ACCOUNTANT}))
    with acting(Scope.system()):
        yield Books(money, hanh, at)
