"""Who makes trouble: processes killed without warning, a full disk, silent neighbours, callbacks twice and late."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from launcher.chaos.diary import Diary
from launcher.chaos.province import Province
from launcher.demo.pages import PageError
from launcher.demo.portal.outside import StandIn

FULL_SECONDS = 4.0
SILENT_SECONDS = 5.0
SHARE = 30
"""How many of a hundred callbacks and pushes come twice, and how many come late and are overtaken."""
LOST_SHARE = 5
LATE_MILLISECONDS = 3000
FOR_EVER = 1_000_000


@dataclass(frozen=True, slots=True)
class Torment:
    """One trouble that was made, and when."""

    name: str
    at: float
    """Seconds of the wall clock."""
    is_kill: bool


@dataclass(slots=True)
class Tormentor:
    """Makes trouble as the diary grows: kills evenly over the run, the other troubles between them."""

    province: Province
    diary: Diary
    acts: int
    kills: int
    numbers: random.Random
    made: list[Torment] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    @property
    def done(self) -> Counter[str]:
        return Counter(one.name for one in self.made)

    def start(self) -> None:
        self._disorder()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the torments and put right what stands outside of the province."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
        for one in self._outside:
            with contextlib.suppress(PageError):
                one.behave()

    @property
    def _outside(self) -> tuple[StandIn, ...]:
        authority = StandIn(f"http://127.0.0.1:{self.province.ports.authority}")
        return (self._portal, self._platform, authority)

    @property
    def _portal(self) -> StandIn:
        return StandIn(f"http://127.0.0.1:{self.province.ports.portal}")

    @property
    def _platform(self) -> StandIn:
        return StandIn(f"http://127.0.0.1:{self.province.ports.payment}")

    def _run(self) -> None:
        step = self.acts / (self.kills + 1)
        others = self._others()
        for number, (name, kill) in enumerate(self._plan(), start=1):
            if not self._wait_for((number - 0.5) * step):
                return
            self._make(*next(others), is_kill=False)
            if not self._wait_for(number * step):
                return
            self._make(name, kill, is_kill=True)

    def _plan(self) -> list[tuple[str, Callable[[], bool]]]:
        """Return which process is killed when: each kind in its turn, the order drawn."""
        kinds: list[tuple[str, Callable[[], bool]]] = [
            ("kill -9 một tiến trình web", self._kill_web_worker),
            ("kill -9 PostgreSQL", lambda: _kill(self.province.postmaster())),
            ("kill -9 tiến trình việc nền", lambda: _kill(self.province.job_worker())),
            ("kill -9 cả máy chủ web", lambda: _kill(self.province.web())),
        ]
        plan: list[tuple[str, Callable[[], bool]]] = []
        while len(plan) < self.kills:
            plan += self.numbers.sample(kinds, len(kinds))
        return plan[: self.kills]

    def _others(self) -> Iterator[tuple[str, Callable[[], bool]]]:
        troubles: list[tuple[str, Callable[[], bool]]] = [
            ("kho tệp đầy", self._full),
            ("Cổng quốc gia, nền tảng thanh toán, chứng thư im lặng", self._silent),
            ("bên ngoài nhận rồi ngắt máy", self._answers_lost),
        ]
        while True:
            yield from troubles

    def _wait_for(self, count: float) -> bool:
        while self.diary.done < count:
            if self._stop.wait(0.1):
                return False
        return True

    def _make(self, name: str, trouble: Callable[[], bool], *, is_kill: bool) -> None:
        at = time.time()
        try:
            worked = trouble()
        except (OSError, PageError) as error:
            self.notes.append(f"{name}: {error}")
            return
        if worked:
            self.made.append(Torment(name, at, is_kill))

    # --- the troubles ---------------------------------------------------------------------------------

    def _kill_web_worker(self) -> bool:
        workers = self.province.web_workers()
        return _kill(self.numbers.choice(workers)) if workers else False

    def _disorder(self) -> None:
        """Have callbacks and pushes come twice, late and overtaken, or not at all: as long as the run goes."""
        for what, share in (
            ("duplicate_callback", SHARE),
            ("delay_callback", SHARE),
            ("lose_callback", LOST_SHARE),
        ):
            self._platform.misbehave(what, times=FOR_EVER, percent=share, milliseconds=LATE_MILLISECONDS)
        for what in ("duplicate_push", "reorder_push"):
            self._portal.misbehave(what, times=FOR_EVER, percent=SHARE)

    def _full(self) -> bool:
        """Fill the file store to the last byte for a while."""
        if not self.province.store_is_bounded:
            return False
        ballast = self.province.files / "ballast"
        try:
            with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
                while file.write(b"\0" * 65536):
                    pass
            self._stop.wait(FULL_SECONDS)
        finally:
            ballast.unlink(missing_ok=True)
        return True

    def _silent(self) -> bool:
        for one in self._outside:
            one.misbehave("drop", times=FOR_EVER)
        self._stop.wait(SILENT_SECONDS)
        for one in self._outside:
            one.behave()
        self._disorder()
        return True

    def _answers_lost(self) -> bool:
        self._portal.misbehave("answer_lost", times=3, path="/adapter/integration")
        self._platform.misbehave("answer_lost", times=2)
        return True


def _kill(pid: int | None) -> bool:
    if pid is None:
        return False
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
        return True
    return False


def wait_until(holds: Callable[[], bool], *, seconds: float, pause: float = 0.5) -> bool:
    """Wait until something holds; say whether it came to."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True
