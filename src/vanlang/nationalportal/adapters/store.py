"""The national store of results, behind the same line as everything else of the portal; asked while somebody waits."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from vanlang.nationalportal.adapters.client import PortalClient, client
from vanlang.nationalportal.types import Message

SERVICE = "GetDanhSachKetQua"
SECONDS = 8.0
"""A citizen at the screen or the counter waits so long and no longer."""


class PortalStore:
    """Asks the portal."""

    def __init__(self, line: Callable[[], PortalClient] | None = None) -> None:
        self._line = line or (lambda: client(seconds=SECONDS))

    def ask(self, question: Message) -> Mapping[str, object]:
        """Return the store's answer. Raises: PortalError."""
        return self._line().ask(SERVICE, question, share=True)

    def fetch(self, address: str) -> bytes:
        """Return a file of the store. Raises: PortalError."""
        return self._line().fetch(address)
