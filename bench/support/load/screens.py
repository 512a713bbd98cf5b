"""Screens that ask by the clock what is new: the television of a hall, the line at a window."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

from bench.support.load.browser import Browser, Reply
from bench.support.load.citizens import CONSOLE
from bench.support.load.people import Play
from launcher.demo.forms import Sending
from launcher.demo.pages import Page, nodes

TELEVISION_SECONDS, CONSOLE_SECONDS = 3.0, 10.0
"""`hx-trigger` of counter/display.html and counter/console.html."""


@dataclass(slots=True)
class Screen:
    """One of them."""

    kind: str
    browser: Browser
    address: str
    part: str
    """Id of the element that changes."""
    every: float
    asks: str = ""
    """What the page on the screen asks next."""

    def poll(self) -> None:
        """Ask once: the whole page at first, then the part that changes."""
        if not self.asks:
            page = self.browser.look(self.kind, self.address)
            self.asks = self._next(page) or page.url
            return
        told = self.browser.send(
            self.kind, Sending(self.asks, None), self.address, _not_a_part, part=self.part
        )
        self.asks = self._next(told.page) or self.asks

    def _next(self, page: Page) -> str:
        found = nodes(page.tree, "//*[@id=$part][@hx-get]", part=self.part) if page.content else []
        return urljoin(page.url, str(found[0].get("hx-get"))) if found else ""


def _not_a_part(reply: Reply) -> str:
    return "" if reply.page.status in {200, 204} else f"{reply.page.status} {reply.page.heading}"


def screens(play: Play) -> list[Screen]:
    """Return a television for every hall, and the line for everybody who sits at a window."""
    televisions = [
        Screen(
            "television", play.open_browser(f"10.1.{number}.250"), f"/can-bo/quay/man-hinh/{office['display']}/", "calls",
            TELEVISION_SECONDS,
        )
        for number, office in enumerate(play.cast["offices"])
    ]  # fmt: skip
    lines = [
        Screen("console", one.browser, CONSOLE, "line", CONSOLE_SECONDS) for one in play.officers if one.sits
    ]
    return [*televisions, *lines]
