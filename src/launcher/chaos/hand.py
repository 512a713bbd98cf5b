"""
What a client's thread has in its hands: browsers of everybody, the diary, and one way to do an act and write it down.

An act is asked for until it is done or somebody says no. Whoever lost the answer looks whether it is done, where its
page can say so; else it stays unknown, and may be there once or not at all.
"""

from __future__ import annotations

import random
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from typing_extensions import override

from launcher.chaos.clients import Client, Pressed
from launcher.chaos.diary import Diary, Kind, Line, Outcome
from launcher.chaos.people import People
from launcher.chaos.province import Province
from launcher.demo.forms import Value
from launcher.demo.morning.people import People as Applicants
from launcher.demo.morning.people import Person
from launcher.demo.pages import Page, PageError

TRIES = 3
SECOND_FACTOR = "Nhập mã xác thực"
MOST_TROUBLES = 12
"""How many pages that led nowhere are told in full."""

Values = Mapping[str, Value] | Callable[[Page], Mapping[str, Value]]
Errand = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Deed:
    """One act: who does it, where, by which button, with what."""

    kind: Kind
    key: str
    who: str
    address: str
    button: str
    values: Values = field(default_factory=dict)
    is_done: Callable[[Client], bool] | None = None
    """Whether it can be seen to be done, asked when an answer was lost. None: nobody looks."""

    @property
    def what(self) -> str:
        return self.key.rpartition("/")[2] if "/" in self.key else self.kind.value


class SharedApplicants(Applicants):
    """Applicants of several threads: nobody comes twice."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()

    @override
    def new(self) -> Person:
        with self._lock:
            return super().new()


@dataclass(slots=True)
class Shared:
    """What all threads share."""

    province: Province
    people: People
    diary: Diary
    drawer: str
    applicants: SharedApplicants = field(default_factory=SharedApplicants)
    refunds: threading.Lock = field(default_factory=threading.Lock)
    """One leader decides at one desk."""
    citizens: Mapping[str, threading.Lock] = field(default_factory=dict)
    """One person writes one draft at a time."""


@dataclass(slots=True)
class Hand:
    """One thread's clients and errands."""

    shared: Shared
    numbers: random.Random
    number: int
    troubles: list[str] = field(default_factory=list)
    """Pages that did not let a life go on: no fault by themselves, the checker says what is."""
    errands: deque[tuple[Errand, int]] = field(default_factory=deque)
    """What waits for something outside, with how often it was looked after."""
    strangers: int = 0
    _clients: dict[str, Client] = field(default_factory=dict)

    def client(self, name: str) -> Client:
        if name not in self._clients:
            self._clients[name] = self.shared.people.client(name, self.numbers)
        return self._clients[name]

    def again(self, name: str) -> Client:
        """Sign somebody in once more: their session, or their second factor, is worn."""
        worn = self._clients.pop(name, None)
        self.shared.people.renew(name, worn.cookies if worn else {})
        return self.client(name)

    def look(self, who: str, address: str) -> Page:
        """Return a page that somebody asks for; signs them in again when they are worn."""
        page = self.client(who).look(address)
        return self.again(who).look(address) if is_worn(page) else page

    def do(self, deed: Deed) -> bool:
        """
        Do an act until it is done or somebody said no; write one line. Say whether it is done.

        Who lost an answer and was then told that things have changed looks first: some acts are offered a second time.
        """
        lost = presses = 0
        pressed: Pressed | None = None
        outcome = Outcome.UNKNOWN
        for _ in range(TRIES):
            page = self.look(deed.who, deed.address)
            client = self.client(deed.who)
            if lost and deed.is_done is not None and deed.is_done(client):
                outcome = Outcome.ACKNOWLEDGED
                break
            if not page.has_button(deed.button):
                if not lost:
                    raise PageError(f"{deed.key}: {page.status} {page.heading} {page.said}")
                break
            values = deed.values(page) if callable(deed.values) else deed.values
            pressed = client.press(page, deed.button, values)
            lost, presses, outcome = lost + pressed.lost, presses + pressed.presses, pressed.outcome
            if outcome is not Outcome.UNKNOWN:
                break
        if outcome is Outcome.REFUSED and lost:
            outcome = Outcome.UNKNOWN
        if outcome is Outcome.REFUSED and pressed is not None and pressed.answer is not None:
            self.trouble(f"{deed.what}: {pressed.answer.page.status} {pressed.answer.page.said}")
        begun_at = pressed.begun_at if pressed else 0.0
        self.shared.diary.write(
            Line(deed.kind, deed.key, deed.who, outcome, lost=lost, presses=presses, begun_at=begun_at)
        )
        return outcome is Outcome.ACKNOWLEDGED

    def write(self, kind: Kind, key: str, client: Client, pressed: Pressed, promised: str = "") -> None:
        self.shared.diary.write(
            Line(
                kind, key, client.name, pressed.outcome, promised, pressed.lost, pressed.presses, pressed.begun_at
            )
        )  # fmt: skip

    # --- errands -----------------------------------------------------------------------------------------

    def later(self, errand: Errand) -> None:
        """Look after something again and again, between other things, until it says that it is over."""
        self.errands.append((errand, 0))

    def run_errands(self, *, most: int = 2, tries: int = 30) -> None:
        for _ in range(min(most, len(self.errands))):
            errand, tried = self.errands.popleft()
            if not errand() and tried < tries:
                self.errands.append((errand, tried + 1))

    def trouble(self, told: str) -> None:
        self.troubles.append(told[:300])


def is_worn(page: Page) -> bool:
    """Say whether somebody must show again who they are."""
    return page.heading == "Đăng nhập" or SECOND_FACTOR in page.heading or "/xac-nhan/" in page.url
