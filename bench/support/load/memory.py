"""
What processes take of the machine's memory: PSS, the proportional set size.

A page that n processes share counts as 1/n in each, so a sum counts PostgreSQL's shared memory once, and a program's code
once. RSS would count it in every backend.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Memory:
    """Of one process, or of several together; in bytes."""

    pss: int
    shared: int = 0
    """Of it memory that is shared on purpose: PostgreSQL's buffers."""
    huge: int = 0
    """Huge pages, which the kernel's PSS leaves out. All that share them map the same."""

    @property
    def total(self) -> int:
        return self.pss + self.huge

    def __add__(self, other: Memory) -> Memory:
        return Memory(self.pss + other.pss, self.shared + other.shared, max(self.huge, other.huge))


def read(rollup: str) -> Memory:
    """Return what a `smaps_rollup` says. Raises: KeyError when it says no PSS."""
    found: dict[str, int] = {}
    for line in rollup.splitlines()[1:]:
        name, _, rest = line.partition(":")
        found[name] = int(rest.split()[0]) * 1024
    huge = found.get("Shared_Hugetlb", 0) + found.get("Private_Hugetlb", 0)
    return Memory(found["Pss"], found.get("Pss_Shmem", 0), huge)


def of(pid: int) -> Memory:
    """Return what a process takes; nothing when it is gone."""
    try:
        return read((PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii"))
    except (OSError, KeyError):
        return Memory(0)


def tree(pid: int) -> list[int]:
    """Return a process with its descendants; without those that are gone."""
    try:
        folder = PROC / str(pid) / "task"
        children = [
            child
            for task in folder.iterdir()
            for child in (task / "children").read_text(encoding="ascii").split()
        ]
    except OSError:
        return []
    return [pid, *(one for child in children for one in tree(int(child)))]


Sample = dict[str, Memory]
"""Name → memory, at one instant."""


def sample(roots: Mapping[str, Callable[[], Sequence[int]]]) -> Sample:
    """Return what every group of processes takes now."""
    return {name: sum((of(pid) for pid in pids()), Memory(0)) for name, pids in roots.items()}


def together(one: Sample) -> int:
    return sum(memory.total for memory in one.values())


@dataclass(slots=True)
class Watcher:
    """Takes a sample every few seconds, on a thread of its own."""

    roots: Mapping[str, Callable[[], Sequence[int]]]
    every: float = 4.0
    clock: Callable[[], float] = field(kw_only=True)
    taken: list[tuple[float, Sample]] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            self.taken.append((self.clock(), sample(self.roots)))
            self._stop.wait(self.every)

    def between(self, begin: float, end: float) -> list[Sample]:
        return [one for at, one in self.taken if begin <= at < end]

    def peak(self, begin: float = 0.0, end: float = float("inf")) -> Sample:
        """Return the sample with the most memory together; empty when there is none."""
        return max(self.between(begin, end), key=together, default={})
