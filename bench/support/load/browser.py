"""
A person at a browser: pages are read and forms filled as the demo's visitors do it, and every answer is looked at.

What sends a request and takes its time is given (`Sender`), so that nothing here knows what drives the load.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urljoin

from launcher.demo.forms import Sending, Value, fill
from launcher.demo.pages import Page, PageError

DONE = ("Đã ", "Bạn đã ")
SEE_OTHER = frozenset({301, 302, 303})
MOST_REDIRECTS = 6


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer, with where it leads."""

    page: Page
    location: str

    @property
    def leads_on(self) -> bool:
        return self.page.status in SEE_OTHER


Fault = Callable[[Reply], str]
"""Says what is wrong with an answer; empty when it is right."""


class WrongAnswerError(PageError):
    """An answer was not what it should be, or none came (status 0). Whoever sent it has written that down already."""

    def __init__(self, said: str, status: int = 0) -> None:
        super().__init__(said)
        self.status = status


class Sender(Protocol):
    """Sends one request and writes down its kind, its time, and what was wrong with the answer."""

    def __call__(self, kind: str, sending: Sending, came_from: str, fault: Fault, *, part: str = "") -> Reply:
        """`part`: the element that htmx would put the answer into. Raises: WrongAnswerError."""
        ...

    def forget(self) -> None:
        """Throw the cookies away."""
        ...

    def keep(self, name: str, value: str) -> None:
        """Have a cookie from now on."""
        ...

    def close(self) -> None:
        """Let the connection go."""
        ...


@dataclass(slots=True)
class Browser:
    """One person's, with their cookies and their address."""

    base: str
    send: Sender

    def look(self, kind: str, address: str, *, shows: str = "", done: bool = False) -> Page:
        """
        Return a page, following where it leads: it shows `shows` in its main part, and says what was done when `done`.

        Raises: WrongAnswerError.
        """

        def fault(reply: Reply) -> str:
            if reply.leads_on:
                return ""
            if done and not reply.page.said.startswith(DONE):
                return f"nothing is said to be done: {reply.page.said or reply.page.heading}"
            return _not_shown(reply, shows)

        return self._follow(kind, Sending(urljoin(self.base, address), None), "", fault)

    def ask(self, kind: str, page: Page, button: str, values: Mapping[str, Value] | None = None) -> Reply:
        """Send a form that must be taken, and return the answer. Raises: WrongAnswerError; PageError for a page without it."""
        return self.send(kind, fill(page, button, values or {}), page.url, _not_taken)

    def show(
        self, kind: str, page: Page, button: str, values: Mapping[str, Value] | None = None, *, shows: str
    ) -> Page:
        """Send a form whose answer is a page, no redirect: a search, a question."""
        sending = fill(page, button, values or {})
        return self._follow(kind, sending, page.url, lambda reply: _not_shown(reply, shows))

    def _follow(self, kind: str, sending: Sending, came_from: str, fault: Fault) -> Page:
        for _ in range(MOST_REDIRECTS):
            reply = self.send(kind, sending, came_from, fault)
            if not reply.leads_on:
                return reply.page
            sending, came_from = Sending(reply.location, None), sending.url
        raise WrongAnswerError(f"{kind}: {sending.url} leads round in circles")


def _not_taken(reply: Reply) -> str:
    if reply.leads_on and "/dang-nhap/" not in reply.location:
        return ""
    where = reply.location if reply.leads_on else f"{reply.page.heading} {reply.page.said}"
    return f"not taken: {reply.page.status} {where}"


def _not_shown(reply: Reply, shows: str) -> str:
    if reply.page.status == 200 and shows in reply.page.text:
        return ""
    return f"“{shows}” is not there: {reply.page.status} {reply.page.heading} {reply.page.said}"
