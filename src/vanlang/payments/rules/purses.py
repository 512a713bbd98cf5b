"""
What payers who are nobody do about what is asked of them: drawn, and laid between the acts of their dossier. Pure.

A *purse* is the money side of one planned life. It is asked when the dossier is filed (or counted, when it is received),
pays by one way or never, and gives up when the dossier is refused or withdrawn; what lies after the last instant has not
happened. How often each way is taken is assumed, not measured: nobody publishes it.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from vanlang.payments.types import FeeGap, PaymentWay

MOST_COUNTED = 12
"""Pages or copies of one dossier."""
BANK_WAITS = dt.timedelta(days=3)
EXEMPTIONS = ("poor", "poor", "meritorious", "disabled")


class Paying(StrEnum):
    """How a demand is met."""

    PLATFORM = "platform"
    SECOND_TRY = "second_try"
    """On the platform, after an attempt that came to nothing."""
    BANK = "bank"
    FORGOTTEN = "forgotten"
    """A code was shown, and nothing came."""
    CASH = "cash"
    EXEMPT = "exempt"
    NEVER = "never"


ONLINE_SHARES = {
    Paying.PLATFORM: 600, Paying.SECOND_TRY: 40, Paying.BANK: 170, Paying.FORGOTTEN: 20, Paying.CASH: 60,
    Paying.EXEMPT: 40, Paying.NEVER: 70,
}  # fmt: skip
COUNTER_SHARES = {
    Paying.CASH: 720,
    Paying.BANK: 110,
    Paying.PLATFORM: 30,
    Paying.EXEMPT: 80,
    Paying.NEVER: 60,
}
WAYS = {
    Paying.PLATFORM: PaymentWay.PLATFORM, Paying.SECOND_TRY: PaymentWay.PLATFORM, Paying.BANK: PaymentWay.BANK_QR,
    Paying.FORGOTTEN: PaymentWay.BANK_QR, Paying.CASH: PaymentWay.CASH,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Owing:
    """A planned life, as far as money asks."""

    number: int
    dossier_id: uuid.UUID
    person_id: uuid.UUID
    """Who pays, where somebody signed in does."""
    agency_id: int
    """Which agency takes the money: that of the counter."""
    is_online: bool
    filed_at: dt.datetime
    received_at: dt.datetime | None
    ended_at: dt.datetime | None
    """When it was refused or withdrawn: nothing is owed any more."""
    why_ended: str = ""
    until: dt.datetime
    counter: int
    """Appointment of the officer who takes cash."""
    leader: int | None
    """Appointment of a leader of the same agency, who decides that money goes back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Purse:
    """What became of one demand until the last instant. What is None has not happened."""

    owing: Owing
    paying: Paying
    gap: FeeGap | None
    units: int
    """How many were counted; 0 where nothing is."""
    asked_at: dt.datetime | None
    exemption: str = ""
    exempted_at: dt.datetime | None = None
    tried_at: dt.datetime | None = None
    failed_at: dt.datetime | None = None
    begun_at: dt.datetime | None = None
    lapsed_at: dt.datetime | None = None
    booked_at: dt.datetime | None = None
    refund_asked_at: dt.datetime | None = None
    refunded_at: dt.datetime | None = None

    @property
    def way(self) -> PaymentWay | None:
        return WAYS.get(self.paying)

    @property
    def proposed_at(self) -> dt.datetime | None:
        """When the house proposed to give the money back."""
        return self.owing.ended_at if self.booked_at is not None else None

    @property
    def voided_at(self) -> dt.datetime | None:
        """When the demand went out of the books."""
        return self.refunded_at if self.booked_at is not None else self.owing.ended_at


def plan(owing: Owing, *, gap: FeeGap | None, draw: Random, in_notes: bool = True) -> Purse:
    """Return what becomes of the demand of a life. `in_notes`: whether there are notes for such a sum."""
    shares = ONLINE_SHARES if owing.is_online else COUNTER_SHARES
    paying = draw.choices(list(shares), list(shares.values()))[0]
    if paying is Paying.CASH and not in_notes:
        paying = Paying.NEVER
    units = draw.randint(1, MOST_COUNTED) if gap is FeeGap.QUANTITY else 0
    asked_at = _asked(owing, gap)
    told: dict[str, object] = {}
    if asked_at is not None:
        told = _told(_Watch(owing, draw), paying, asked_at)
    return Purse(
        owing=owing,
        paying=paying,
        gap=gap,
        units=units,
        asked_at=asked_at,
        **told,  # type: ignore[arg-type] # by name
    )


def _asked(owing: Owing, gap: FeeGap | None) -> dt.datetime | None:
    """Return when the demand is raised: at once, or when somebody has counted."""
    match gap:
        case None:
            return owing.filed_at
        case FeeGap.QUANTITY if owing.received_at is not None:
            return _Watch(owing, Random(0)).happens(owing.received_at + dt.timedelta(minutes=2))  # noqa: S311 - unused
        case _:
            return None


def _told(watch: _Watch, paying: Paying, asked_at: dt.datetime) -> dict[str, object]:
    match paying:
        case Paying.CASH | Paying.EXEMPT:
            return _over_the_counter(watch, paying)
        case Paying.SECOND_TRY:
            return _second_try(watch, asked_at)
        case Paying.PLATFORM:
            return _paid(watch, asked_at, begins=(60, 5_400), takes=(40, 420))
        case Paying.BANK:
            return _paid(watch, asked_at, begins=(60, 14_400), takes=(300, 144_000))
        case Paying.FORGOTTEN:
            begun = watch.later(asked_at, 60, 14_400)
            lapsed = begun and (watch.happens(begun + BANK_WAITS) or watch.ended_after(begun))
            return {"begun_at": begun, "lapsed_at": lapsed}
        case _:
            return {}


def _over_the_counter(watch: _Watch, paying: Paying) -> dict[str, object]:
    received = watch.owing.received_at
    at = received and watch.later(received, 180, 720)
    if at is None:
        return {}
    if paying is Paying.EXEMPT:
        return {"exemption": watch.draw.choice(EXEMPTIONS), "exempted_at": at}
    return {"begun_at": at, "booked_at": at} | _given_back(watch, at, by_officer=True)


def _second_try(watch: _Watch, asked_at: dt.datetime) -> dict[str, object]:
    tried = watch.later(asked_at, 60, 3_600)
    failed = tried and watch.later(tried, 180, 1_200)
    if tried is None or failed is None:
        return {}
    again = _paid(watch, failed, begins=(60, 3_600), takes=(40, 420))
    return {"tried_at": tried, "failed_at": failed, **again}


def _paid(
    watch: _Watch, since: dt.datetime, *, begins: tuple[int, int], takes: tuple[int, int]
) -> dict[str, object]:
    """Return an attempt that leads to money; one that the dossier's end, or the last instant, cuts off leads nowhere."""
    begun = watch.later(since, *begins)
    booked = begun and watch.later(begun, *takes)
    if booked is None:
        return {"begun_at": begun, "lapsed_at": begun and watch.ended_after(begun)}
    return {"begun_at": begun, "booked_at": booked} | _given_back(watch, booked, by_officer=False)


def _given_back(watch: _Watch, booked_at: dt.datetime, *, by_officer: bool) -> dict[str, object]:
    """Return how a payment goes back: proposed with the dossier's end, decided by a leader some morning after it."""
    ended, draw = watch.owing.ended_at, watch.draw
    if ended is None or by_officer or watch.owing.leader is None or draw.random() < 0.3:
        return {}
    asked = _morning_after(ended, draw)
    refunded = asked + dt.timedelta(seconds=draw.randint(3_600, 100_000))
    until = watch.owing.until
    return {
        "refund_asked_at": asked if asked <= until else None,
        "refunded_at": refunded if refunded <= until else None,
    }


def _morning_after(moment: dt.datetime, draw: Random) -> dt.datetime:
    """Return a moment of the next morning that is none of a weekend."""
    day = moment + dt.timedelta(days=1)
    while day.weekday() >= 5:
        day += dt.timedelta(days=1)
    return day.replace(hour=8 + draw.randint(0, 2), minute=draw.randint(0, 59))


@dataclass(frozen=True, slots=True)
class _Watch:
    """What still happens: before the dossier's end, and not after the last instant."""

    owing: Owing
    draw: Random

    def later(self, since: dt.datetime, least: int, most: int) -> dt.datetime | None:
        """Return a moment between so many seconds after another, or None when it does not happen. Units: seconds."""
        return self.happens(since + dt.timedelta(seconds=self.draw.randint(least, most)))

    def happens(self, moment: dt.datetime) -> dt.datetime | None:
        ended = self.owing.ended_at
        if moment > self.owing.until - SETTLING or (ended is not None and moment >= ended - SETTLING):
            return None
        return moment

    def ended_after(self, moment: dt.datetime) -> dt.datetime | None:
        """Return when the end of the dossier ended an attempt."""
        ended = self.owing.ended_at
        return ended if ended is not None and ended > moment else None


SETTLING = dt.timedelta(seconds=10)
"""A payment and its receipt are one moment: what would be cut in between has not happened."""
