"""Telling the province what happened, on a thread of its own: again and again until it is kept ("00", or "01": nobody's)."""

from __future__ import annotations

import heapq
import itertools
import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
SECONDS = 10
KEPT = frozenset({"00", "01"})


@dataclass(frozen=True, slots=True)
class Letter:
    """One callback still to be made."""

    id: str
    tries: int = 0


@dataclass
class Caller:
    """
    A queue by time. `compose` gives the bytes of a callback, or None when it is not to be made any more;
    `answered` is told what came back: a code, or "" for no sensible answer.
    """

    compose: Callable[[str], bytes | None]
    answered: Callable[[str, str], None]
    url: str = ""
    """Empty: there is no province yet, and everything waits."""
    _queue: list[tuple[float, int, Letter]] = field(default_factory=list)
    _numbers: itertools.count[int] = field(default_factory=itertools.count)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _stopped: bool = False
    _thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(timeout=SECONDS)

    def direct(self, url: str) -> None:
        """Call another province from now on, and everything that waits at once."""
        with self._changed:
            self.url = url
            self._queue = [(0.0, number, letter) for _, number, letter in self._queue]
            heapq.heapify(self._queue)
            self._changed.notify_all()

    def call(self, id: str, *, after: float = 0.0, tries: int = 0) -> None:
        """Make a callback, now or `after` seconds."""
        with self._changed:
            heapq.heappush(self._queue, (time.monotonic() + after, next(self._numbers), Letter(id, tries)))
            self._changed.notify_all()

    def clear(self) -> None:
        with self._changed:
            self._queue.clear()

    def waiting(self) -> int:
        with self._changed:
            return len(self._queue)

    def _run(self) -> None:
        while (letter := self._next()) is not None:
            content = self.compose(letter.id)
            if content is None:
                continue
            code = post(f"{self.url}/ket-noi/thanh-toan/", content)
            self.answered(letter.id, code)
            if code not in KEPT:
                wait = min(FIRST_WAIT * 2**letter.tries, LONGEST_WAIT)
                self.call(letter.id, after=wait, tries=min(letter.tries + 1, 10))

    def _next(self) -> Letter | None:
        """Wait for the next letter whose time has come; None when we stop."""
        with self._changed:
            while not self._stopped:
                if not self._queue or not self.url:
                    self._changed.wait()
                    continue
                left = self._queue[0][0] - time.monotonic()
                if left <= 0:
                    return heapq.heappop(self._queue)[2]
                self._changed.wait(left)
        return None


def post(url: str, content: bytes) -> str:
    """Return `MaLoi` of the answer, whatever its status; "" when there is none."""
    request = urllib.request.Request(url, content, {"Content-Type": "application/json"})  # noqa: S310 - the province that this sandbox was given
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - as above
            body = answer.read()
    except urllib.error.HTTPError as refused:
        with refused:
            body = refused.read()
    except OSError:
        return ""
    try:
        told = json.loads(body)
    except ValueError:
        return ""
    return str(told.get("MaLoi", "")) if isinstance(told, dict) else ""
