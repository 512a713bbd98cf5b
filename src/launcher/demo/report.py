"""What the demo says: chapters, steps, checks with what was seen, and the count at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from launcher.demo.pages import PageError


class Report:
    """Prints as it goes; knows at the end how many checks held."""

    def __init__(self) -> None:
        self.passed = 0
        self.failed = 0

    @contextmanager
    def chapter(self, title: str) -> Iterator[None]:
        """Tell one story; where a page does not let it go on, that is one failed check and the story ends."""
        print(f"\n{title}", flush=True)
        try:
            yield
        except PageError as error:
            self.check("Câu chuyện đi đến cùng", False, str(error))

    def check(self, what: str, holds: object, seen: str = "") -> bool:
        """Count and print one check with what was seen."""
        self.passed += bool(holds)
        self.failed += not holds
        print(f"  {'✓' if holds else '✗'} {what}{f': {seen}' if seen else ''}", flush=True)
        return bool(holds)

    def note(self, text: str) -> None:
        """Print something worth reading that is no check."""
        print(f"      {text}", flush=True)

    def lines(self, title: str, lines: Iterable[str]) -> None:
        self.note(title)
        for line in lines:
            self.note(f"  – {line}")

    def end(self) -> int:
        """Print the count; return the exit code."""
        print(f"\n{self.passed} passed, {self.failed} failed", flush=True)
        return 1 if self.failed else 0
