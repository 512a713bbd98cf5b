"""How far it is: a bar on a terminal, a line per quarter in a log."""

from __future__ import annotations

import sys
import time
from typing import TextIO

_WIDE = 30


class Progress:
    """Says how much of a known whole is done. `quiet` says nothing at all."""

    def __init__(self, title: str, whole: int, *, quiet: bool = False, to: TextIO | None = None) -> None:
        self._title, self._whole, self._quiet = title, max(whole, 1), quiet
        self._to = to or sys.stderr
        self._done, self._shown, self._quarter = 0, 0.0, -1

    def add(self, count: int) -> None:
        self._done += count
        if self._quiet:
            return
        if self._to.isatty():
            self._draw()
        elif (quarter := self._percent() // 25) > self._quarter:
            self._quarter = quarter
            print(f"{self._title}: {quarter * 25} %", file=self._to, flush=True)

    def end(self) -> None:
        if not self._quiet and self._to.isatty():
            self._done = max(self._done, self._whole)
            self._draw(now=True)
            print(file=self._to)

    def _percent(self) -> int:
        return min(100, 100 * self._done // self._whole)

    def _draw(self, *, now: bool = False) -> None:
        if not now and time.monotonic() - self._shown < 0.1:
            return
        self._shown = time.monotonic()
        filled = _WIDE * self._percent() // 100
        bar = "█" * filled + "░" * (_WIDE - filled)
        print(f"\r{self._title:<28} {bar} {self._percent():3} %", end="", file=self._to, flush=True)


def megabytes(size: int) -> str:
    """Return a size as it is read in Vietnamese: one decimal, after a comma."""
    for unit, of in (("GB", 1024**3), ("MB", 1024**2)):
        if size >= of:
            return f"{size / of:.1f} {unit}".replace(".", ",")
    return f"{size / 1024:.1f} kB".replace(".", ",")
