"""What payers who are nobody do is lawful: in order, not after the last instant, not after the end of their dossier."""

from __future__ import annotations

import datetime as dt
import uuid
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from vanlang.payments.rules import purses
from vanlang.payments.rules.purses import Owing, Paying, Purse
from vanlang.payments.types import FeeGap

FILED = dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))
HOURS = st.integers(1, 400).map(lambda hours: dt.timedelta(hours=hours))


@st.composite
def owings(draw: st.DrawFn) -> Owing:
    received = FILED + draw(HOURS) if draw(st.booleans()) else None
    ended = (received or FILED) + draw(HOURS) if draw(st.booleans()) else None
    last = max(one for one in (FILED, received, ended) if one is not None)
    return Owing(
        number=1, dossier_id=uuid.UUID(int=1), person_id=uuid.UUID(int=2), agency_id=1,
        is_online=draw(st.booleans()), filed_at=FILED, received_at=received, ended_at=ended, until=last + draw(HOURS),
        counter=1, leader=draw(st.sampled_from([None, 2])),
    )  # fmt: skip


GAPS = st.sampled_from([None, FeeGap.QUANTITY, FeeGap.UNKNOWN])


def moments_of(purse: Purse) -> list[dt.datetime]:
    told = (
        purse.asked_at, purse.exempted_at, purse.tried_at, purse.failed_at, purse.begun_at, purse.lapsed_at,
        purse.booked_at, purse.refund_asked_at, purse.refunded_at,
    )  # fmt: skip
    return [one for one in told if one is not None]


@given(owings(), GAPS, st.integers())
def test_acts_on_money_follow_each_other_and_have_happened(
    owing: Owing, gap: FeeGap | None, seed: int
) -> None:
    purse = purses.plan(owing, gap=gap, draw=Random(seed))
    moments = moments_of(purse)
    assert moments == sorted(moments)
    assert all(one <= owing.until for one in moments)
    if purse.asked_at is None:
        assert moments == []


@given(owings(), GAPS, st.integers())
def test_nobody_pays_for_what_is_over(owing: Owing, gap: FeeGap | None, seed: int) -> None:
    purse = purses.plan(owing, gap=gap, draw=Random(seed))
    if owing.ended_at is None:
        assert (purse.proposed_at, purse.refund_asked_at, purse.voided_at) == (None, None, None)
        return
    before = (purse.asked_at, purse.exempted_at, purse.tried_at, purse.begun_at, purse.booked_at)
    assert all(one < owing.ended_at for one in before if one is not None)
    assert purse.begun_at is None or purse.booked_at is not None or purse.lapsed_at is not None
    assert purse.refund_asked_at is None or purse.refund_asked_at > owing.ended_at


@given(owings(), st.integers())
def test_money_comes_one_way_or_not_at_all(owing: Owing, seed: int) -> None:
    purse = purses.plan(owing, gap=None, draw=Random(seed))
    assert purse.booked_at is None or purse.exempted_at is None
    assert (purse.way is None) == (purse.paying in {Paying.EXEMPT, Paying.NEVER})
    assert purse.begun_at is None or purse.way is not None


@given(owings(), st.integers())
def test_without_notes_nobody_pays_in_cash(owing: Owing, seed: int) -> None:
    purse = purses.plan(owing, gap=None, draw=Random(seed), in_notes=False)
    assert purse.paying is not Paying.CASH


@given(owings(), st.integers())
def test_what_nobody_counted_is_asked_for_by_nobody(owing: Owing, seed: int) -> None:
    purse = purses.plan(owing, gap=FeeGap.QUANTITY, draw=Random(seed))
    assert purse.asked_at is None or (owing.received_at is not None and purse.asked_at > owing.received_at)
    assert 1 <= purse.units <= purses.MOST_COUNTED
