"""What the app asks of outside while somebody waits: the national store of results."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from vanlang.nationalportal.types import Message


class ResultStore(Protocol):
    """The results that the state holds of people, and their signed files."""

    def ask(self, question: Message) -> Mapping[str, object]:
        """Return the store's answer. Raises: PortalError."""
        ...

    def fetch(self, address: str) -> bytes:
        """Return a file that the store named. Raises: PortalError, also for an address that is not the portal's."""
        ...


_stores: list[ResultStore] = []


def register_store(store: ResultStore) -> None:
    """Make the store known; the one before it is forgotten."""
    _stores[:] = [store]


def forget_store() -> None:
    """Forget it: nobody is asked."""
    _stores.clear()


def find_store() -> ResultStore | None:
    """Return the store, None where the province is not connected to one."""
    return _stores[0] if _stores else None
