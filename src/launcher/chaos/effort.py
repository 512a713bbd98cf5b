"""Where the processors' time goes while a run goes: web, jobs, database, stand-ins, clients. Killed processes count too."""

from __future__ import annotations

import contextlib
import os
import threading
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from launcher.chaos.province import Province, children

EVERY_SECONDS = 0.5
TICKS = os.sysconf("SC_CLK_TCK")
WEB, JOBS, STAND_INS, DATABASE, CLIENTS = (
    "trang web",
    "việc nền",
    "bên ngoài giả lập",
    "PostgreSQL",
    "người làm",
)
_BY_WORD = {"granian": WEB, "procrastinate": JOBS, "sandbox": STAND_INS}


@dataclass(slots=True)
class Effort:
    """Looks at the processes of a province again and again, and adds up what each used since the last look."""

    province: Province
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    _before: dict[int, float] = field(default_factory=dict)
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        self._look(counts=False)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
        self._look()

    def _run(self) -> None:
        while not self._stop.wait(EVERY_SECONDS):
            self._look()

    def _look(self, *, counts: bool = True) -> None:
        now: dict[int, float] = {}
        for pid, what in self._processes():
            with contextlib.suppress(OSError, ValueError, IndexError):
                now[pid] = _used(pid)
                self.seconds[what] += max(0.0, now[pid] - self._before.get(pid, 0.0)) if counts else 0.0
        self._before = now

    def _processes(self) -> list[tuple[int, str]]:
        found = [(os.getpid(), CLIENTS)]
        for pid, words in children(self.province.supervisor.pid):
            what = next((name for word, name in _BY_WORD.items() if word in words), None)
            if what is not None:
                found += [(pid, what), *((one, what) for one, _ in children(pid))]
        postmaster = self.province.postmaster()
        if postmaster is not None:
            found += [(postmaster, DATABASE), *((one, DATABASE) for one, _ in children(postmaster))]
        return found


def _used(pid: int) -> float:
    """Return how many seconds of a processor a process used so far."""
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / TICKS
