"""What each thing that can be asked for costs, by each channel: worked out once for many lives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from vanlang.catalogue.api import Channel, get_version
from vanlang.payments.rules import pricing, purses
from vanlang.payments.rules.pricing import PricedLine
from vanlang.payments.rules.purses import MOST_COUNTED, Owing, Purse
from vanlang.payments.services.demanding import priced_as
from vanlang.payments.types import FeeGap

_COUNTED_BY_HAND = MOST_COUNTED + 1
"""So many prices has one offer in one channel: for nothing counted, and for each count."""
SMALLEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class FeeBook:
    """The prices of offers; an offer is known by its place."""

    fees: tuple[tuple[tuple[pricing.Fee, ...], tuple[pricing.Fee, ...]], ...]
    """For each offer, the fees online and at the counter."""

    def gap(self, offer: int, *, is_online: bool) -> FeeGap | None:
        """Return why no demand can be raised at once."""
        lines = pricing.price(self._fees(offer, is_online))
        return lines if isinstance(lines, FeeGap) else None

    def lines(self, offer: int, *, is_online: bool, units: int = 0) -> tuple[PricedLine, ...]:
        """Return what is asked; nothing when it costs nothing, or cannot be priced."""
        fees = self._fees(offer, is_online)
        lines = pricing.price(fees, _counted(fees, units))
        return () if isinstance(lines, FeeGap) else lines

    def key(self, offer: int, *, is_online: bool, units: int = 0) -> int:
        """Return the number of a price."""
        return (offer * 2 + is_online) * _COUNTED_BY_HAND + units

    def is_in_notes(self, offer: int, *, is_online: bool) -> bool:
        """Tell whether what is asked can be paid in notes."""
        fees = self._fees(offer, is_online)
        sums = {vnd or 0 for fee in fees for vnd in (fee.vnd, fee.then_vnd, fee.most_vnd)}
        return all(vnd % SMALLEST_NOTE == 0 for vnd in sums)

    def prices(self) -> Iterator[tuple[int, tuple[PricedLine, ...]]]:
        """Yield every price there can be, by its number."""
        for offer in range(len(self.fees)):
            for is_online in (False, True):
                by_hand = self.gap(offer, is_online=is_online) is FeeGap.QUANTITY
                for units in range(1, _COUNTED_BY_HAND) if by_hand else (0,):
                    lines = self.lines(offer, is_online=is_online, units=units)
                    yield self.key(offer, is_online=is_online, units=units), lines

    def _fees(self, offer: int, is_online: bool) -> tuple[pricing.Fee, ...]:
        online, counter = self.fees[offer]
        return online if is_online else counter


def _counted(fees: Sequence[pricing.Fee], units: int) -> dict[int, int]:
    return {fee.id: units for fee in fees if units and not pricing.is_counted_once(fee)}


def fee_book_of(cases: Sequence[tuple[int, int | None]]) -> FeeBook:
    """Return the fee_book of cases of versions, in their order."""
    found = []
    for version_id, case_id in cases:
        version = get_version(version_id)
        online, counter = (
            tuple(priced_as(card) for card in version.fees_for(channel, case_id))
            for channel in (Channel.ONLINE, Channel.DIRECT)
        )
        found.append((online, counter))
    return FeeBook(tuple(found))


def plan(fee_book: FeeBook, owing: Owing, *, offer: int, draw: Random) -> Purse | None:
    """Return what becomes of the money of a life; None for what costs nothing."""
    gap = fee_book.gap(offer, is_online=owing.is_online)
    if gap is None and not fee_book.lines(offer, is_online=owing.is_online):
        return None
    return purses.plan(
        owing, gap=gap, draw=draw, in_notes=fee_book.is_in_notes(offer, is_online=owing.is_online)
    )
