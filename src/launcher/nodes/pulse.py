"""A heartbeat through the front door: number after number is committed, each tried once, and the answer is kept."""

from __future__ import annotations

import contextlib
import itertools
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import LiteralString

import psycopg

PAUSE_SECONDS = 0.1
CREATE: LiteralString = "CREATE TABLE drill_pulse (number bigint NOT NULL)"
BEAT: LiteralString = "INSERT INTO drill_pulse VALUES (%s)"
READ: LiteralString = "SELECT number FROM drill_pulse"
TAKE_OUT: LiteralString = "DELETE FROM drill_pulse WHERE number = %s"


@dataclass(frozen=True, slots=True)
class Beat:
    """One number: when it was sent, and when its commit was acknowledged, if it was."""

    number: int
    sent: float
    acknowledged: float | None = None


@dataclass(slots=True)
class Pulse:
    """One connection that writes, and opens again when it breaks."""

    url: str
    first: int = 1
    beats: list[Beat] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self, seconds: float = 90) -> None:
        """Let the beat that is under way end; one that waits for ever stays unacknowledged."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(seconds)

    def _run(self) -> None:
        connection: psycopg.Connection[tuple[object, ...]] | None = None
        for number in itertools.count(self.first):
            if self._stop.wait(PAUSE_SECONDS):
                break
            sent = time.monotonic()
            place = len(self.beats)
            self.beats.append(Beat(number, sent))
            try:
                connection = connection or psycopg.connect(self.url, autocommit=True, connect_timeout=5)
                connection.execute(BEAT, [number])
            except psycopg.Error:
                with contextlib.suppress(psycopg.Error):
                    if connection is not None:
                        connection.close()
                connection = None
                continue
            self.beats[place] = Beat(number, sent, time.monotonic())
        if connection is not None:
            connection.close()


def pauses(beats: Iterable[Beat], kills: Sequence[float]) -> list[float]:
    """Return, for each kill, how long nothing was acknowledged: the longest gap until the next kill. Units: seconds."""
    told = sorted(beat.acknowledged for beat in beats if beat.acknowledged is not None)
    found = []
    for kill, following in itertools.zip_longest(kills, kills[1:], fillvalue=float("inf")):
        before = [at for at in told if at <= kill][-1:] or [kill]
        around = [*before, *(at for at in told if kill < at <= following)]
        gaps = [later - earlier for earlier, later in itertools.pairwise(around)]
        found.append(max(gaps, default=float("inf")))
    return found
