"""
What an adapter of a provider does: carries parcels, and brings back what the provider says later.

    carry(parcels)     hands them over one after another and yields what became of each; a parcel of which nothing is
                       yielded was not handed over. Never raises for anything that a provider may do.
    heard()            what the provider said of earlier parcels while it was given these (receipts of text messages)
    rest()             the run is over: connections are let go
    confirmations()    the same, and what it says when it is asked
"""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vanlang.notifications.types import Letter, NoticeChannel, NoticeKind, ProviderVerdict


@dataclass(frozen=True, slots=True)
class Parcel:
    """One delivery, ready to be carried."""

    reference: str
    """The delivery's id: the same each time it is tried."""
    to: str = field(repr=False)
    """Address on the channel; empty for push."""
    letter: Letter = field(repr=False)
    template: str
    kind: NoticeKind
    at: dt.datetime
    subscriptions: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    """For push: the browsers."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of one parcel."""

    reference: str
    verdict: ProviderVerdict
    code: str = ""
    """The provider's own code; never its text."""
    provider_ref: str = ""
    gone: tuple[str, ...] = field(default=(), repr=False)
    """For push: endpoints that exist no more."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a provider said later."""

    ids: tuple[str, ...]
    """The provider's id, in every way in which it may have been written."""
    arrived: bool
    code: str = ""


class Carrier(ABC):
    """One provider on one channel."""

    name: str
    channel: NoticeChannel

    @abstractmethod
    def carry(self, parcels: Sequence[Parcel]) -> Iterator[Carried]: ...

    def heard(self) -> list[Confirmation]:
        """Most providers say nothing later."""
        return []

    def rest(self) -> None:  # noqa: B027 - nothing to do is the usual answer
        """Most providers are let go after each batch."""

    def confirmations(self) -> list[Confirmation]:
        return self.heard()


Carriers = Callable[[], Sequence[Carrier]]
_carriers: Carriers | None = None


def provide(carriers: Carriers) -> None:
    """Say which providers there are, in the order in which they are used."""
    global _carriers  # noqa: PLW0603 - one set of adapters per process, given while Django starts
    _carriers = carriers


def carriers(channel: NoticeChannel | None = None) -> list[Carrier]:
    """Return the providers (of a channel), the first used first."""
    return [one for one in (_carriers() if _carriers else ()) if channel in {None, one.channel}]
