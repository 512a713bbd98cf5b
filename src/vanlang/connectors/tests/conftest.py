from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest

from vanlang.connectors import ports
from vanlang.connectors.services.sending import send_round
from vanlang.connectors.types import Answered, Arrival, Due, Flow, System, SystemVerdict
from vanlang.kernel.scope import Scope, acting

TOWER = System("tower", "Tháp thử", "Nhận mọi thứ.")
MINUTE = dt.timedelta(minutes=1)


@dataclass
class Teller:
    """A sender that remembers, and answers as it was told: the next answers first, then all taken."""

    kind: str
    flow: Flow
    batch: int = 50
    system: str = TOWER.code
    heard: list[Due] = field(default_factory=list)
    calls: int = 0
    next_verdicts: list[SystemVerdict] = field(default_factory=list)
    breaks_off_after: int | None = None

    def send(self, due: Sequence[Due], *, at: dt.datetime) -> Iterator[Answered]:
        self.calls += 1
        for number, row in enumerate(due):
            if self.breaks_off_after == number:
                raise ConnectionResetError
            verdict = self.next_verdicts.pop(0) if self.next_verdicts else SystemVerdict.TAKEN
            if verdict is SystemVerdict.TAKEN:
                self.heard.append(row)
            yield Answered(row.id, verdict, "" if verdict is SystemVerdict.TAKEN else verdict.value)

    def said(self) -> list[tuple[str, int]]:
        return [(row.stream, row.number) for row in self.heard]


@dataclass
class Listener:
    """A receiver that remembers, and refuses as it was told."""

    kind: str = "filing"
    system: str = TOWER.code
    opens: bool = False
    applied: list[Arrival] = field(default_factory=list)
    troubles: list[Exception] = field(default_factory=list)

    def apply(self, arrival: Arrival, *, at: dt.datetime) -> None:
        if self.troubles:
            raise self.troubles.pop(0)
        self.applied.append(arrival)


@dataclass
class Tower:
    """A system with one kind of snapshot, one kind of step, and one of arrivals."""

    state: Teller
    step: Teller
    filing: Listener
    at: dt.datetime
    founding: Listener = field(default_factory=lambda: Listener("founding", opens=True))

    def send(self, later: dt.timedelta = dt.timedelta()) -> int:
        """Send rounds until nothing moves; return how many were taken."""
        total = 0
        for _ in range(30):
            done = send_round(system=TOWER.code, at=self.at + later)
            total += done.sent
            if not done.goes_on:
                break
        return total


@pytest.fixture
def tower(db: None, at: dt.datetime) -> Iterator[Tower]:
    ports.register_system(TOWER)
    made = Tower(Teller("state", Flow.SNAPSHOT), Teller("step", Flow.STEP), Listener(), at)
    ports.register_sender(made.state)
    ports.register_sender(made.step)
    ports.register_receiver(made.filing)
    ports.register_receiver(made.founding)
    with acting(Scope.system()):
        yield made
    ports.forget(TOWER.code)
