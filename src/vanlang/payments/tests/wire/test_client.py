"""The line to the platform: what it takes, what it answers, and every failure named for what it means."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from tests.contracts.test_payment_platform import BILL
from tests.support.sandbox import Outside

from vanlang.connectors.api import SystemVerdict
from vanlang.payments.adapters.platform import (
    NeverBegun,
    PlatformAddress,
    PlatformClient,
    PlatformError,
    StillOpen,
)
from vanlang.payments.tests.wire.conftest import PARTNER
from vanlang.payments.types import Notice

AT = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)


def failure(client: PlatformClient, reference: str = BILL.reference) -> PlatformError:
    with pytest.raises(PlatformError) as caught:
        client.begin(dataclasses.replace(BILL, reference=reference), at=AT)
    return caught.value


def test_a_payment_from_its_beginning_to_its_receipt(platform: PlatformClient, outside: Outside) -> None:
    assert platform.query(BILL.reference, at=AT) == NeverBegun()
    address = platform.begin(BILL, at=AT)
    assert address.startswith(f"{outside.payment_platform}/pay/")
    assert platform.begin(BILL, at=AT) == address, "said again, it is the same payment"
    assert platform.query(BILL.reference, at=AT) == StillOpen()
    paid = outside.order("payment_platform", "pay", reference=BILL.reference)
    found = platform.query(BILL.reference, at=AT)
    assert isinstance(found, Notice)
    assert (found.is_success, found.transaction, found.vnd) == (True, paid["transaction"], BILL.vnd)
    assert paid["transaction"] in platform.get_bill(BILL.reference, at=AT)


def test_a_payment_that_its_payer_cancelled(platform: PlatformClient, outside: Outside) -> None:
    platform.begin(BILL, at=AT)
    outside.order("payment_platform", "pay", reference=BILL.reference, outcome="fail")
    found = platform.query(BILL.reference, at=AT)
    assert isinstance(found, Notice)
    assert (found.is_success, found.code) == (False, "03")


def test_the_same_reference_for_another_amount_is_refused(platform: PlatformClient) -> None:
    platform.begin(BILL, at=AT)
    more = dataclasses.replace(BILL, lines=(*BILL.lines, BILL.lines[0]))
    with pytest.raises(PlatformError) as caught:
        platform.begin(more, at=AT)
    assert (caught.value.verdict, caught.value.platform_code) == (SystemVerdict.REFUSED, "94")


def test_a_field_that_does_not_fit_is_named(platform: PlatformClient) -> None:
    with pytest.raises(PlatformError) as caught:
        platform.begin(dataclasses.replace(BILL, payer_name=" "), at=AT)
    assert caught.value.verdict is SystemVerdict.REFUSED
    assert caught.value.facts["platform_code"] == "96 ThongTinBienLai.HoTenNguoiNop"


def test_money_goes_back_once(platform: PlatformClient, outside: Outside) -> None:
    platform.begin(BILL, at=AT)
    paid = str(outside.order("payment_platform", "pay", reference=BILL.reference)["transaction"])
    for _ in range(2):
        platform.refund(reference=BILL.reference, transaction=paid, own="HT1", vnd=BILL.vnd, at=AT)
    with pytest.raises(PlatformError) as caught:
        platform.refund(reference=BILL.reference, transaction=paid, own="HT2", vnd=1, at=AT)
    assert (caught.value.verdict, caught.value.platform_code) == (SystemVerdict.REFUSED, "95")
    day = dt.datetime.now(dt.timezone(dt.timedelta(hours=7))).date()  # noqa: TID251 - the other side's clock
    told = platform.statement(day, at=AT)
    assert not told.unread
    assert [row.line.vnd for row in told.rows] == [BILL.vnd, -BILL.vnd]
    assert {row.agency for row in told.rows} == {"H44.100"}


@pytest.mark.parametrize(
    ("mode", "verdict", "options"),
    [
        ("error_500", SystemVerdict.TEMPORARY, {}),
        ("drop", SystemVerdict.UNCLEAR, {}),
        ("answer_lost", SystemVerdict.UNCLEAR, {}),
        ("nonsense", SystemVerdict.UNCLEAR, {}),
        ("delay", SystemVerdict.UNCLEAR, {"milliseconds": 1500}),
    ],
)
def test_every_failure_is_named_and_the_next_call_goes_well(
    platform: PlatformClient, outside: Outside, mode: str, verdict: SystemVerdict, options: dict[str, int]
) -> None:
    hasty = PlatformClient(platform.address, seconds=1)
    outside.misbehave("payment_platform", mode, path="/init", **options)
    assert failure(hasty).verdict is verdict
    assert platform.begin(BILL, at=AT)
    hasty.close()


def test_nobody_at_home(outside: Outside) -> None:
    client = PlatformClient(PlatformAddress("http://127.0.0.1:9", PARTNER, "x"), seconds=1)
    assert failure(client).verdict is SystemVerdict.UNREACHABLE


def test_a_wrong_secret_uses_up_nobodys_tries(platform: PlatformClient) -> None:
    client = PlatformClient(dataclasses.replace(platform.address, secret="another"), seconds=5)
    assert failure(client).verdict is SystemVerdict.UNREACHABLE
    client.close()


def test_an_answer_without_its_seal_is_not_believed(platform: PlatformClient, outside: Outside) -> None:
    platform.begin(BILL, at=AT)
    outside.misbehave("payment_platform", "wrong_seal", path="/query")
    with pytest.raises(PlatformError) as caught:
        platform.query(BILL.reference, at=AT)
    assert caught.value.platform_code == "answer_without_seal"
    assert platform.query(BILL.reference, at=AT) == StillOpen()
