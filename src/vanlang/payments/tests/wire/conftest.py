from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from pytest_django.fixtures import Settings
from tests.support.sandbox import Outside, get, post
from tests.support.sandbox import fixture_outside as outside  # noqa: F401 - a fixture by its name

from vanlang.connectors.api import apply_round, forget, send_round
from vanlang.identity.api import SYSTEM as HOUSE
from vanlang.kernel import clock
from vanlang.kernel.scope import Scope, acting
from vanlang.organizations.api import AgencyKind, NewName, add_agency
from vanlang.payments import api
from vanlang.payments.adapters import ways
from vanlang.payments.adapters.platform import PlatformAddress, PlatformClient
from vanlang.payments.models import Payment
from vanlang.payments.rules import platform as words
from vanlang.payments.tests.conftest import Money
from vanlang.payments.types import SYSTEM

PARTNER = "VANLANG"
MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class Wire:
    """Phường Việt Trì, and the platform as a server of its own."""

    money: Money
    outside: Outside
    client: PlatformClient
    at: dt.datetime

    def begin(self, demand: api.DemandCard | None = None) -> Payment:
        """Return a payment that was begun, as the house has it."""
        demand = demand or self.money.demand()
        key = api.begin_payment(demand_id=demand.id, way=api.PaymentWay.PLATFORM, actor=HOUSE, at=self.at)
        return self.row(key)

    def row(self, key: uuid.UUID) -> Payment:
        return Payment.objects.get(pk=key)

    def send(self, later: dt.timedelta = dt.timedelta()) -> int:
        """Empty the outbox; return how many were taken."""
        return send_round(system=SYSTEM, at=self.at + later).sent

    def apply(self, later: dt.timedelta = dt.timedelta()) -> int:
        return apply_round(at=self.at + later)

    def control(self, deed: str, **told: object) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(post(f"{self.outside.payment_platform}/_sandbox/{deed}", told))
        return answer

    def taken(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = json.loads(
            get(f"{self.outside.payment_platform}/_sandbox/transactions")
        )["transactions"]
        return rows

    def told(self, kind: str = "CONFIRM", **told: object) -> dict[str, object]:
        """Return a message as the platform seals it."""
        message = {
            "LoaiBanTin": kind, "PhienBan": "1.0.6", "MaDoiTac": PARTNER, "MaThamChieu": "", "SoTien": "58000",
            "MaLoi": "00", "MaGiaoDich": "GD1", "ThoiGianGD": words.stamp(self.at), **told,
        }  # fmt: skip
        return words.sealed(message, words.told_fields(message), self.outside.payment_secret)


@pytest.fixture
def platform(outside: Outside, settings: Settings) -> Iterator[PlatformClient]:  # noqa: F811 - as above
    """The platform, behaving, and named in the settings."""
    outside.fresh()
    address = {"url": outside.payment_platform, "partner": PARTNER, "secret": outside.payment_secret}
    settings.VANLANG_PAYMENT_PLATFORM = address
    client = PlatformClient(PlatformAddress(**address), seconds=5)
    yield client
    client.close()


@pytest.fixture
def wire(
    money: Money,
    platform: PlatformClient,
    outside: Outside,  # noqa: F811 - as above
    at: dt.datetime,
) -> Iterator[Wire]:
    ways.register()
    name = NewName("UBND tỉnh Phú Thọ", "UBND tỉnh")
    add_agency(code="H44.01", kind=AgencyKind.PROVINCE, name=name, valid_from=dt.date(2025, 7, 1))
    with acting(Scope.system()), clock.frozen(at):
        yield Wire(money, outside, platform, at)
    forget(SYSTEM)
