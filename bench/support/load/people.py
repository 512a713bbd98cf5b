"""
Who is at work in a province under load, and the shelf of dossiers that they lead through their lives.

Everybody does one thing at a time: who is at something is not asked for something else.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from bench.support.load import signing_in
from bench.support.load.browser import Browser, WrongAnswerError
from launcher.chaos.diary import Diary, Kind, Line, Outcome
from launcher.chaos.lives.acting import TO_CITIZEN, TO_LEADER, Step
from launcher.demo.morning.people import People as Applicants
from launcher.demo.pages import PageError

LIFE = (*TO_LEADER, *TO_CITIZEN)
"""What is done with every dossier after it was received."""
_ROLES = {"hung": "counter", "mai": "specialist", "phuc": "leader", "thao": "clerk"}
"""The cast stands for roles: any officer of the office who has one may do what its member does."""


@dataclass(slots=True)
class Person:
    """Somebody with a browser of their own."""

    known: Mapping[str, str]
    office: int
    browser: Browser
    is_busy: bool = False
    is_in: bool = False
    """Signed in."""
    sits: bool = False
    """At a window of the hall."""

    @property
    def name(self) -> str:
        return self.known.get("username") or self.known["name"]


@dataclass(slots=True)
class Waiting:
    """A dossier on the shelf."""

    dossier_id: str
    code: str
    office: int
    steps: Sequence[Step]
    """What is still to be done with it."""
    specialist: str = ""
    """Who claimed it, and is the one who proposes."""


class NobodyFreeError(Exception):
    """Everybody who could do it is at something else."""


@dataclass(slots=True)
class Play:
    """Everybody, and what lies on the shelf."""

    cast: Mapping[str, Any]
    """What `staffing` wrote."""
    password: str
    diary: Diary
    numbers: random.Random
    open_browser: Callable[[str], Browser]
    """Opens one at an address of the network."""
    mark: Callable[[str, str], None]
    """Writes down that something was come to."""
    shelf: list[Waiting] = field(default_factory=list)
    officers: list[Person] = field(default_factory=list)
    citizens: list[Person] = field(default_factory=list)
    applicants: Applicants = field(default_factory=Applicants)

    def __post_init__(self) -> None:
        for number, office in enumerate(self.cast["offices"]):
            for place, one in enumerate(office["officers"], start=1):
                self.officers.append(Person(one, number, self.open_browser(f"10.1.{number}.{place}")))
        for number, one in enumerate(self.cast["citizens"], start=1):
            self.citizens.append(Person(one, 0, self.open_browser(f"10.2.0.{number}")))

    def office(self, number: int) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.cast["offices"][number]
        return found

    def any_office(self) -> int:
        return self.numbers.randrange(len(self.cast["offices"]))

    def sign_in(self, person: Person) -> None:
        if "username" in person.known:
            signing_in.officer(person.browser, person.known, self.password)
        else:
            signing_in.citizen(person.browser, person.known)
        person.is_in = True

    # --- who does it ------------------------------------------------------------------------------------

    @contextmanager
    def free(self, able: Sequence[Person]) -> Iterator[Person]:
        """Have somebody who is at nothing else. Raises: NobodyFreeError."""
        free = [one for one in able if not one.is_busy]
        if not free:
            raise NobodyFreeError
        person = self.numbers.choice(free)
        person.is_busy = True
        try:
            yield person
        finally:
            person.is_busy = False

    @contextmanager
    def stranger(self) -> Iterator[Browser]:
        """Have somebody who was never here, at an address of their own."""
        address = ".".join(str(self.numbers.randrange(1, 255)) for _ in range(2))
        browser = self.open_browser(f"10.{self.numbers.randrange(3, 255)}.{address}")
        try:
            yield browser
        finally:
            browser.send.close()

    def of_role(self, role: str) -> list[Person]:
        return [one for one in self.officers if one.known["role"] == role]

    def able_to_lead_on(self, waiting: Waiting) -> list[Person]:
        """Return who may do the next act of a dossier."""
        step = waiting.steps[0]
        able = [one for one in self.of_role(_ROLES[step.who]) if one.office == waiting.office]
        return [one for one in able if one.name == waiting.specialist] if step.act == "propose" else able

    def signed_in_citizens(self) -> list[Person]:
        return [one for one in self.citizens if one.is_in]

    # --- what is written down -----------------------------------------------------------------------------

    def shelve(self, waiting: Waiting) -> None:
        """Put a dossier that has just begun on the shelf."""
        if not waiting.dossier_id:
            raise PageError("a dossier was taken in, and the page does not say which")
        self.mark("dossier", waiting.dossier_id)
        self.shelf.append(waiting)

    @contextmanager
    def not_acknowledged(self, kind: Kind, key: str, who: str) -> Iterator[None]:
        """Write down an act that is answered wrongly inside: refused when the answer says so, else nobody knows."""
        try:
            yield
        except WrongAnswerError as wrong:
            outcome = Outcome.REFUSED if 400 <= wrong.status < 500 else Outcome.UNKNOWN
            self.diary.write(Line(kind, key, who, outcome))
            raise

    def acknowledged(self, kind: Kind, key: str, who: str, promised: str = "") -> None:
        self.diary.write(Line(kind, key, who, Outcome.ACKNOWLEDGED, promised))
