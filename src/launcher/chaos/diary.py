"""What the clients write down: every act that was begun, what was answered, and what was promised."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path


class Kind(StrEnum):
    """What sort of act it is: each leaves another trace in the database."""

    INTAKE = "intake"
    """A dossier taken in at the counter; its key is the dossier's id, which the page carried."""
    FILING = "filing"
    """A dossier filed online; its key is the draft."""
    PORTAL = "portal"
    """A dossier filed at the national portal; its key is the portal's code."""
    ACT = "act"
    """An act on a dossier; its key is `dossier/act`."""
    CASH = "cash"
    """Money into the drawer beside any dossier; its key is what the line is for."""
    FEE = "fee"
    """A dossier's fee taken in cash; its key is the dossier."""
    PAYMENT = "payment"
    """Money that moved at the payment platform, in or back; its key is the platform's transaction."""
    REFUND = "refund"
    """What an officer decided of money that goes back; its key is `refund/act`."""
    PETITION = "petition"
    """A petition; its key is the dossier that it names."""
    PETITION_ACT = "petition_act"
    """An act on a petition; its key is `petition/act`."""


MANY = frozenset({Kind.ACT, Kind.PETITION_ACT})
"""Kinds of which one key may stand for several: a dossier can be handed over twice. Every other key is the thing itself."""


class Outcome(StrEnum):
    ACKNOWLEDGED = "acknowledged"
    """The province said that it is done."""
    REFUSED = "refused"
    """The province said that it is not done, and every try was answered so."""
    UNKNOWN = "unknown"
    """An answer was lost, and nobody asked further."""


@dataclass(frozen=True, slots=True)
class Line:
    """One act, from the first press to the last answer."""

    kind: Kind
    key: str
    who: str
    outcome: Outcome
    promised: str = ""
    """What the answer told: the code of a dossier. Empty when it told nothing that could be compared."""
    lost: int = 0
    """How many answers to it were lost on the way."""
    presses: int = 1
    """How often the same form was sent, those on purpose included."""
    begun_at: float = 0.0
    """When that was sent which was answered; seconds of the wall clock."""
    at: float = field(default_factory=time.time)
    """When it was written down."""

    @property
    def what(self) -> str:
        """What was done, as the report counts it: the kind, or the act."""
        return self.key.rpartition("/")[2] if "/" in self.key else self.kind.value


@dataclass(slots=True)
class Diary:
    """The lines of all clients, kept in a file as they are written."""

    path: Path | None = None
    lines: list[Line] = field(default_factory=list)
    done: int = 0
    """How many acts were acknowledged so far."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def write(self, line: Line) -> None:
        with self._lock:
            self.lines.append(line)
            self.done += line.outcome is Outcome.ACKNOWLEDGED
            if self.path is not None:
                with self.path.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(asdict(line), ensure_ascii=False) + "\n")

    def __len__(self) -> int:
        return len(self.lines)


def read(lines: Iterable[str]) -> list[Line]:
    """Return the lines of a diary that was kept in a file."""
    told = (json.loads(line) for line in lines if line.strip())
    return [Line(**{**one, "kind": Kind(one["kind"]), "outcome": Outcome(one["outcome"])}) for one in told]
