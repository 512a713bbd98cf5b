"""
A clerk's hands, counted: the keystroke-level model of the written script (docs/manual-vi/tiep-nhan-tai-quay.md).

K 0.28 s for a key of an average typist, M 1.35 s for one act of thinking, R 0.5 s for one answer of the system (Card,
Moran and Newell). Nobody is timed: the journey in the browser and the count over the pages of twenty procedures
share these numbers. `tab_stops` reads a page as the Tab key walks it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from typing_extensions import override

K, M, R = 0.28, 1.35, 0.5
"""Seconds for a key, for a thought, for an answer of the system."""
PROMISE = 60
"""Seconds in which a known person is received."""


@dataclass
class Count:
    """What hands did."""

    keys: int = 0
    thoughts: list[str] = field(default_factory=list)
    answers: int = 0

    @property
    def seconds(self) -> float:
        return self.keys * K + len(self.thoughts) * M + self.answers * R


class _Stops(HTMLParser):
    """Collects what the Tab key stops at, in the order of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._radios: set[str] = set()

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag not in {"input", "select", "textarea", "button", "summary"} and not (
            tag == "a" and "href" in told
        ):
            return
        if (
            told.get("tabindex") == "-1"
            or told.get("type") == "hidden"
            or "disabled" in told
            or "hidden" in told
        ):
            return
        if told.get("type") == "radio":
            group = told.get("name") or ""
            if group in self._radios:
                return
            self._radios.add(group)  # one stop for a group of radio buttons
        self.found.append(told.get("id") or told.get("name") or tag)


def tab_stops(page: str) -> list[str]:
    """Return ids (or names) of what Tab stops at, in order."""
    parser = _Stops()
    parser.feed(page)
    return parser.found


def tabs_between(page: str, start: str, end: str) -> int:
    """Return how often Tab is pressed from one field to another."""
    stops = tab_stops(page)
    return stops.index(end) - stops.index(start)
