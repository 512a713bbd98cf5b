"""What arrived, newest last; one list for every channel, safe to use from many threads."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import asdict, dataclass, field

MOST = 2000


@dataclass(frozen=True, slots=True)
class Item:
    """One message as its reader gets it."""

    channel: str
    to: str
    subject: str
    text: str
    html: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    number: int = 0


class Inbox:
    """The last messages, and how many there ever were; whoever waits is woken by each."""

    def __init__(self) -> None:
        self._items: deque[Item] = deque(maxlen=MOST)
        self._count = 0
        self._changed = threading.Condition()

    def add(self, item: Item) -> None:
        with self._changed:
            self._count += 1
            self._items.append(Item(**{**asdict(item), "number": self._count}))
            self._changed.notify_all()

    def clear(self) -> None:
        with self._changed:
            self._items.clear()
            self._count = 0

    def items(self, *, channel: str = "", to: str = "") -> list[Item]:
        with self._changed:
            return [
                item
                for item in self._items
                if (not channel or item.channel == channel) and (not to or to in item.to)
            ]

    def find(self, number: int) -> Item | None:
        return next((item for item in self.items() if item.number == number), None)

    def wait_for(self, count: int, *, seconds: float) -> bool:
        """Wait until `count` messages arrived; return whether they did."""
        with self._changed:
            return self._changed.wait_for(lambda: self._count >= count, timeout=seconds)
