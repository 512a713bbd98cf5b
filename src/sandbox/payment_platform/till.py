"""
What the platform took: orders that began, money that came or went back. Safe to use from many threads.

Every change is a line of a journal, written before it is answered and read again at the next start.
"""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Literal

from sandbox.wire import now

VIETNAM = timezone(timedelta(hours=7))
Kind = Literal["pay", "refund", "bank", "failed"]


@dataclass(frozen=True, slots=True)
class Order:
    """One INIT."""

    reference: str
    token: str
    vnd: int
    message: dict[str, object]
    return_url: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """One transaction: money that came, went back, or did not come."""

    id: str
    kind: Kind
    reference: str
    vnd: int
    at: str
    """YYYYMMDDHHMMSS in Vietnam, as the messages write it."""
    agency: str = ""
    bank: str = ""
    account: str = ""
    purpose: str = ""
    of: str = ""
    """The transaction that a refund gives back."""

    @property
    def day(self) -> str:
        return self.at[:8]


@dataclass(slots=True)
class Till:
    """The platform's memory."""

    path: Path
    orders: dict[str, Order] = field(default_factory=dict)
    taken: dict[str, Taken] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    """Transactions whose callback was answered "00", or was lost on demand."""
    _tokens: dict[str, str] = field(default_factory=dict)
    _by_reference: dict[str, list[Taken]] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def __post_init__(self) -> None:
        if self.path.exists():
            for line in self.path.read_text(encoding="utf-8").splitlines():
                self._remember(json.loads(line))

    def clear(self) -> None:
        """Forget everything, the journal too."""
        with self._lock:
            for known in (self.orders, self.taken, self.told, self._tokens, self._by_reference):
                known.clear()
            self.path.unlink(missing_ok=True)

    def begin(self, reference: str, vnd: int, message: dict[str, object], return_url: str) -> Order | None:
        """Return the order of a reference, a new one or the same; None when it is known with another amount."""
        with self._lock:
            order = self.orders.get(reference)
            if order is None:
                order = Order(reference, secrets.token_urlsafe(18), vnd, message, return_url)
                self._write({"order": asdict(order)})
            return order if order.vnd == vnd else None

    def by_token(self, token: str) -> Order | None:
        return self.orders.get(self._tokens.get(token, ""))

    def take(self, one: Taken, *, once: bool = True) -> Taken:
        """Write down a transaction; an order is paid, or its refund made, once unless told otherwise."""
        with self._lock:
            if once and (known := self.outcome(one.reference)) and known.kind == one.kind:
                return known
            self._write({"taken": asdict(one)})
            return one

    def take_all(self, many: Iterable[Taken]) -> None:
        """Write down transactions that nobody is called back about."""
        with self._lock:
            for one in many:
                self._write({"taken": asdict(one)})
                self._write({"told": one.id})

    def tell(self, id: str) -> None:
        """A callback was taken."""
        with self._lock:
            if id not in self.told:
                self._write({"told": id})

    def outcome(self, reference: str) -> Taken | None:
        """Return what became of an order: the money that came, else that it failed."""
        with self._lock:
            found = list(self._by_reference.get(reference, ()))
        return next((one for one in found if one.kind != "failed"), found[-1] if found else None)

    def refunded(self, id: str) -> int:
        with self._lock:
            return sum(one.vnd for one in self.taken.values() if one.kind == "refund" and one.of == id)

    def of_day(self, day: str) -> list[Taken]:
        """Return the money that moved on a day (YYYYMMDD), in order."""
        with self._lock:
            return [one for one in self.taken.values() if one.day == day and one.kind != "failed"]

    def untold(self) -> list[Taken]:
        with self._lock:
            return [one for one in self.taken.values() if one.id not in self.told]

    def _write(self, line: dict[str, object]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self.path.open("a", encoding="utf-8") as journal:
            journal.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._remember(line)

    def _remember(self, line: dict[str, object]) -> None:
        match line:
            case {"order": dict(told)}:
                order = Order(**told)
                self.orders[order.reference] = order
                self._tokens[order.token] = order.reference
            case {"taken": dict(told)}:
                one = Taken(**told)
                self.taken[one.id] = one
                self._by_reference.setdefault(one.reference, []).append(one)
            case {"told": str(id)}:
                self.told.add(id)
            case _:
                raise ValueError("a line of the journal that nobody wrote")


def new_id(prefix: str) -> str:
    """Return an id that no restart makes again."""
    return f"{prefix}{now().astimezone(VIETNAM):%y%m%d}{secrets.token_hex(5).upper()}"


def stamp(at: datetime | None = None) -> str:
    """Return an instant as the messages write it."""
    return f"{(at or now()).astimezone(VIETNAM):%Y%m%d%H%M%S}"
