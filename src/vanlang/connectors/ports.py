"""
What an adapter gives: systems, senders, receivers. Registered in the `ready` of the app that owns the adapter.

A sender composes messages from what is true now and sends them: outside any transaction, with time limits. A receiver
applies one message in the transaction that it is called in, and must bear being called twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, runtime_checkable

from vanlang.connectors.types import Answered, Arrival, Due, Flow, System


class Sender(Protocol):
    """Sends one kind of message to one system."""

    @property
    def system(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def flow(self) -> Flow: ...
    @property
    def batch(self) -> int:
        """How many rows one call takes at most."""

    def send(self, due: Sequence[Due], *, at: dt.datetime) -> Iterable[Answered]:
        """Send; say of each row what became of it. A row that is not answered is tried again."""


class Receiver(Protocol):
    """Applies one kind of message of one system."""

    @property
    def system(self) -> str: ...
    @property
    def kind(self) -> str: ...

    def apply(self, arrival: Arrival, *, at: dt.datetime) -> None:
        """Do what the message says. Raises: DomainError for what a person must decide."""


@runtime_checkable
class OpeningReceiver(Receiver, Protocol):
    """A receiver of what begins an object: it never waits for what came too early and cannot be applied without it."""

    @property
    def opens(self) -> bool: ...


@runtime_checkable
class PreparingReceiver(Receiver, Protocol):
    """A receiver that must fetch something first: outside any transaction, before each try."""

    def prepare(self, arrival: Arrival, *, at: dt.datetime) -> None:
        """Fetch what the message names, and keep it; what is kept already is not fetched again. Raises: as `apply`."""


_systems: dict[str, System] = {}
_senders: dict[tuple[str, str], Sender] = {}
_receivers: dict[tuple[str, str], Receiver] = {}


def register_system(system: System) -> None:
    """Make a system known to pages and jobs."""
    _systems[system.code] = system


def register_sender(sender: Sender) -> None:
    """Let a sender serve its kind. Raises: ValueError for a system that is not registered."""
    _of_known(sender.system)
    _senders[sender.system, sender.kind] = sender


def register_receiver(receiver: Receiver) -> None:
    """Let a receiver serve its kind. Raises: ValueError for a system that is not registered."""
    _of_known(receiver.system)
    _receivers[receiver.system, receiver.kind] = receiver


def forget(system: str) -> None:
    """Take a system out again, with what serves it: for tests that bring their own."""
    _systems.pop(system, None)
    for served in (_senders, _receivers):
        for key in [key for key in served if key[0] == system]:
            del served[key]


def systems() -> Iterator[System]:
    """Yield the systems, in the order of registration."""
    yield from list(_systems.values())


def find_system(code: str) -> System | None:
    """Return a system that is connected, or None."""
    return _systems.get(code)


def kinds_sent(system: str) -> list[str]:
    """Return the kinds that can be sent to a system, in the order of registration."""
    return [kind for of, kind in _senders if of == system]


def get_sender(system: str, kind: str) -> Sender:
    """Return what sends `kind`. Raises: LookupError."""
    return _senders[system, kind]


def get_receiver(system: str, kind: str) -> Receiver:
    """Return what applies `kind`. Raises: LookupError."""
    return _receivers[system, kind]


def find_receiver(system: str, kind: str) -> Receiver | None:
    """Return what applies `kind`, or None."""
    return _receivers.get((system, kind))


def openers() -> list[str]:
    """Return the kinds of arrivals that begin something."""
    return [one.kind for one in _receivers.values() if isinstance(one, OpeningReceiver) and one.opens]


def _of_known(system: str) -> None:
    if system not in _systems:
        msg = f"{system} is not registered"
        raise ValueError(msg)
