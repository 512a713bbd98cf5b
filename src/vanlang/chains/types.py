"""Words of chains: what a definition says, and where a run of it stands."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class LegState(StrEnum):
    """Where one leg of a chain is."""

    WAITING = "waiting"
    """For the legs before it."""
    BLOCKED = "blocked"
    """Could start and cannot: its trouble says why, a person decides."""
    OPEN = "open"
    """A dossier of this house."""
    OUTSIDE = "outside"
    """With an agency that this house does not reach by wire: sent and answered by hand, with evidence."""
    DONE = "done"
    FAILED = "failed"
    """Refused, denied, stopped or withdrawn: what rests on it cannot start."""
    DROPPED = "dropped"
    """Given up by a person, with a reason."""


ENDED = frozenset({LegState.DONE, LegState.FAILED, LegState.DROPPED})
RUNNING = frozenset({LegState.OPEN, LegState.OUTSIDE})


class ChainState(StrEnum):
    OPEN = "open"
    DONE = "done"
    """Every leg is done."""
    ENDED = "ended"
    """Nothing runs and nothing can start any more; not every leg is done."""


@dataclass(frozen=True, slots=True)
class LegPlan:
    """One leg, as the definition says."""

    key: str
    title: str
    procedure_code: str = ""
    """Empty for a leg outside."""
    case_number: int = 1
    """Which case of the procedure, counted from one."""
    after: tuple[str, ...] = ()
    """Legs that must be done before it starts."""
    agency_code: str = ""
    """The agency that settles it, where the catalogue's competence does not say; empty asks the catalogue."""
    outside: str = ""
    """The agency outside this house, by name."""
    limit: str = ""
    """Of a leg outside: "10 working_day"; empty when nobody says. A leg inside has the limit of its procedure."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """Field of its form → "leg.field" of another leg's, so that nobody types it twice."""
    papers: Mapping[str, str] = field(default_factory=dict)
    """Leg → name under which that leg's outcome is laid into this dossier."""

    @property
    def is_outside(self) -> bool:
        return bool(self.outside)


@dataclass(frozen=True, slots=True)
class Plan:
    """A definition: legs in an order that respects `after`."""

    code: str
    title: str
    short_title: str
    limit: str
    """Of the whole, from receipt: "20 working_day". Empty: as long as its legs take."""
    source: str
    legs: tuple[LegPlan, ...]
    procedure_code: str = ""
    """Code of the interlinked procedure itself, where the national catalogue has one."""

    def leg(self, key: str) -> LegPlan:
        """Return the leg called `key`. Raises: KeyError."""
        for leg in self.legs:
            if leg.key == key:
                return leg
        raise KeyError(key)

    @property
    def first(self) -> LegPlan:
        return self.legs[0]


@dataclass(frozen=True, slots=True)
class PlanCard:
    """A definition in force, as a list shows it."""

    id: int
    code: str
    title: str
    short_title: str
    legs: tuple[str, ...]
    lacks: tuple[tuple[str, str], ...]
    """(leg, error code): why it cannot be opened today; empty when it can."""

    @property
    def is_ready(self) -> bool:
        return not self.lacks


@dataclass(frozen=True, slots=True, kw_only=True)
class LegCard:
    """A leg as its page shows it. No personal data."""

    id: int
    key: str
    title: str
    state: LegState
    agency_name: str
    dossier_id: uuid.UUID | None = None
    code: str | None = None
    opened_at: dt.datetime | None = None
    due_at: dt.datetime | None = None
    """Its own clock; None while it waits."""
    forecast_at: dt.datetime | None = None
    """When it will be done if nothing is late; None when it will not start."""
    finished_at: dt.datetime | None = None
    is_late: bool = False
    outcome_title: str = ""
    trouble: str = ""
    trouble_facts: Mapping[str, object] = field(default_factory=dict)
    note: str = ""
    is_outside: bool = False
    may_retry: bool = False
    may_drop: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainCard:
    """A chain with its legs: one date and one page for the citizen."""

    id: uuid.UUID
    title: str
    short_title: str
    state: ChainState
    opened_at: dt.datetime
    due_at: dt.datetime | None
    """The one date; None until the first leg is received."""
    due_is_forecast: bool
    forecast_at: dt.datetime | None
    finished_at: dt.datetime | None
    intake_agency_name: str
    legs: tuple[LegCard, ...]
    token: str
    applicant_name: str = ""
    """Only for who may see it."""
    source: str = ""
    needs_person: bool = False
    """A leg is blocked, or cut off by one that failed: somebody must decide."""

    @property
    def done_count(self) -> int:
        return sum(leg.state is LegState.DONE for leg in self.legs)

    @property
    def will_be_late(self) -> bool:
        return self.due_at is not None and self.forecast_at is not None and self.forecast_at > self.due_at


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainLine:
    """One line of a list of chains; the person is masked."""

    id: uuid.UUID
    title: str
    state: ChainState
    applicant_name: str
    opened_at: dt.datetime
    due_at: dt.datetime | None
    legs: tuple[tuple[str, LegState], ...]
    """(title, state)."""
    needs_person: bool
    token: str

    @property
    def done(self) -> int:
        return sum(state is LegState.DONE for _, state in self.legs)


@dataclass(frozen=True, slots=True)
class LegOf:
    """That a dossier is a leg of a chain, for the dossier's page."""

    chain_id: uuid.UUID
    chain_title: str
    leg_title: str
    number: int
    of: int
    token: str
    is_ours: bool
    """Whether the reader's agency took the chain in, and so has its page."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What opening a chain left behind."""

    chain_id: uuid.UUID
    dossier_id: uuid.UUID
    again: bool = False
