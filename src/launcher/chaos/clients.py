"""
A client that loses nothing on its own side: it knows of every request whether an answer came.

Pages are read and forms filled as the demo's visitors do it (`launcher.demo`). Redirects are not followed: the answer to
a form is the acknowledgement. What is only looked at is asked for until it comes; a form that was lost is sent again as
it was, as a person does who presses once more. Now and then a client hangs up on purpose: when all is sent and nothing
was read, or in the middle of what it sends.
"""

from __future__ import annotations

import contextlib
import http.client
import random
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

from typing_extensions import override

from launcher.chaos.diary import Outcome
from launcher.demo.forms import Sending, Value, fill
from launcher.demo.pages import Page, PageError

SECONDS = 40
"""How long one answer is waited for."""
PATIENCE = 120
"""How long a page is asked for until it comes: a database that starts again is back long before."""
PAUSES = (0.1, 0.3, 0.6, 1.0)
AT_ONCE, AFTERWARDS = 0.04, 0.06
"""How often a form is sent from two windows at the same moment, and once more after it was taken."""
HANG_UP, HALF = 0.03, 0.3
"""How often a client hangs up on a form of its own, and how many of those in the middle of sending it."""
SEE_OTHER = frozenset({301, 302, 303})


class LostError(Exception):
    """No answer came, or one that says nothing of what was done (5xx)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, with where it leads."""

    page: Page
    location: str

    @property
    def is_done(self) -> bool:
        """Whether a form was taken: it leads to a page that tells what happened, not to a sign-in."""
        return self.page.status in SEE_OTHER and "/dang-nhap/" not in self.location


@dataclass(frozen=True, slots=True)
class Pressed:
    """What became of a form."""

    outcome: Outcome
    answer: Answer | None
    lost: int
    presses: int
    begun_at: float = 0.0
    """When that was sent which was answered; seconds of the wall clock."""


@dataclass(slots=True)
class Client:
    """One person at one browser with one connection."""

    name: str
    base: str
    cookies: dict[str, str]
    numbers: random.Random
    address: str = ""
    """From which address of this machine it calls; empty: the usual one."""
    keeps: bool = False
    """Whether it keeps the cookies that it is given: a stranger's receipt is one. Who signed in shares theirs with others."""
    _line: http.client.HTTPConnection | None = None

    def look(self, address: str) -> Page:
        """Return a page, following where it leads; asked for until it comes. Raises: PageError when it never does."""
        deadline = time.monotonic() + PATIENCE
        tries = 0
        url = urljoin(self.base, address)
        while True:
            try:
                answer = self.ask(Sending(url, None), "")
            except LostError as lost:
                if time.monotonic() > deadline:
                    raise PageError(f"{url}: {lost}") from lost
                time.sleep(PAUSES[min(tries, len(PAUSES) - 1)])
                tries += 1
                continue
            if answer.page.status not in SEE_OTHER:
                return answer.page
            url = urljoin(url, answer.location)

    def press(
        self, page: Page, button: str, values: Mapping[str, Value] | None = None, *, persistent: bool = True
    ) -> Pressed:
        """Fill in a form and send it. Not `persistent`: whoever lost an answer may leave it at that."""
        return self.send(fill(page, button, values or {}), page.url, persistent=persistent)

    def send(self, sending: Sending, came_from: str, *, persistent: bool = True) -> Pressed:
        """Send a form until an answer comes; sometimes once more on purpose, afterwards or at the same moment."""
        chance = self.numbers.random()
        beside = self._beside(sending, came_from) if chance < AT_ONCE else None
        pressed = self._until_answered(sending, came_from, persistent=persistent)
        if beside is not None:
            return _together(pressed, beside.wait())
        if chance < AT_ONCE + AFTERWARDS:
            Window(self._other(), sending, came_from).wait()
            return replace(pressed, presses=pressed.presses + 1)
        return pressed

    def _until_answered(self, sending: Sending, came_from: str, *, persistent: bool) -> Pressed:
        deadline = time.monotonic() + PATIENCE
        lost = 0
        while True:
            begun_at = time.time()
            try:
                if not lost and self.numbers.random() < HANG_UP:
                    self._hang_up(sending, came_from)
                answer = self.ask(sending, came_from)
            except LostError:
                lost += 1
                if time.monotonic() > deadline or (not persistent and self.numbers.random() < 0.3):
                    return Pressed(Outcome.UNKNOWN, None, lost, lost)
                time.sleep(PAUSES[min(lost - 1, len(PAUSES) - 1)])
                continue
            said_no = Outcome.UNKNOWN if lost else Outcome.REFUSED
            outcome = Outcome.ACKNOWLEDGED if answer.is_done else said_no
            return Pressed(outcome, answer, lost, lost + 1, begun_at)

    def _beside(self, sending: Sending, came_from: str) -> Window:
        """Send the same form from a second window at the same moment."""
        window = Window(self._other(), sending, came_from)
        window.start()
        return window

    def _other(self) -> Client:
        return Client(self.name, self.base, self.cookies, self.numbers, self.address, self.keeps)

    def _hang_up(self, sending: Sending, came_from: str) -> None:
        """Send a form, or a half of it, and be gone. Raises: LostError."""
        line = self._line or self._new_line(sending.url)
        self._line = None
        body = sending.body or b""
        half = self.numbers.random() < HALF
        with contextlib.suppress(OSError, http.client.HTTPException):
            line.putrequest("POST", _path(sending.url))
            headers = {**self._headers(sending, came_from), "Content-Length": str(len(body))}
            for name, value in headers.items():
                line.putheader(name, value)
            line.endheaders(body[: len(body) // 2] if half else body)
        line.close()
        raise LostError("hung up")

    def _new_line(self, url: str) -> http.client.HTTPConnection:
        parts = urlsplit(url)
        source = (self.address, 0) if self.address else None
        return http.client.HTTPConnection(
            parts.hostname or "", parts.port, timeout=SECONDS, source_address=source
        )

    def _headers(self, sending: Sending, came_from: str) -> dict[str, str]:
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "User-Agent": "van-lang-chaos",
        }
        headers |= {"Referer": came_from} if came_from else {}
        headers |= {"Content-Type": sending.content_type} if sending.content_type else {}
        return headers

    def ask(self, sending: Sending, came_from: str) -> Answer:
        """Return the answer to one request, wherever it leads. Raises: LostError."""
        line = self._line or self._new_line(sending.url)
        self._line = None
        try:
            method = "GET" if sending.body is None else "POST"
            line.request(method, _path(sending.url), sending.body, self._headers(sending, came_from))
            response = line.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException) as silence:
            line.close()
            raise LostError(type(silence).__name__) from silence
        if response.status >= 500:
            line.close()
            raise LostError(str(response.status))
        if response.will_close:
            line.close()
        else:
            self._line = line
        if self.keeps:
            for told in response.headers.get_all("Set-Cookie", []):
                name, _, value = told.partition(";")[0].partition("=")
                self.cookies[name] = value
        page = Page(sending.url, response.status, response.headers.get_content_type(), content)
        return Answer(page, urljoin(sending.url, response.headers.get("Location", "")))


def _path(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


class Window(threading.Thread):
    """A second window that sends the same form once."""

    def __init__(self, client: Client, sending: Sending, came_from: str) -> None:
        super().__init__(daemon=True)
        self._client, self._sending, self._came_from = client, sending, came_from
        self._pressed = Pressed(Outcome.UNKNOWN, None, 1, 1)

    @override
    def run(self) -> None:
        begun_at = time.time()
        try:
            answer = self._client.ask(self._sending, self._came_from)
        except LostError:
            return
        outcome = Outcome.ACKNOWLEDGED if answer.is_done else Outcome.REFUSED
        self._pressed = Pressed(outcome, answer, 0, 1, begun_at)

    def wait(self) -> Pressed:
        """Return what came of it; sends it now when it was not started."""
        if self.ident is None:
            self.run()
        else:
            self.join()
        return self._pressed


def _together(one: Pressed, other: Pressed) -> Pressed:
    """Return what two windows know together: what one was told is done is done."""
    outcomes = (one.outcome, other.outcome)
    outcome = next(
        (word for word in (Outcome.ACKNOWLEDGED, Outcome.UNKNOWN) if word in outcomes), Outcome.REFUSED
    )
    told = one if one.outcome is Outcome.ACKNOWLEDGED or other.answer is None else other
    return Pressed(outcome, told.answer, one.lost + other.lost, one.presses + other.presses, told.begun_at)
