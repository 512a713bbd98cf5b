"""From a number to a petition: who brings what to which agency, and when each act happens. Drawn from seed and number alone."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from vanlang.calendars.api import WorkCalendar
from vanlang.identity.api import Role
from vanlang.kernel.errors import Refusal
from vanlang.kernel.ids import id_at
from vanlang.petitions.rules import lives
from vanlang.petitions.rules.lives import Hand, Leg, Turn
from vanlang.petitions.types import PetitionAct, PetitionClock, PetitionKind, PetitionSource, PetitionState

T = TypeVar("T")
_S, _T = PetitionState, Turn
SHOWN: tuple[tuple[PetitionState, Turn], ...] = (
    (_S.FILED, _T.PUBLISHED), (_S.CLASSIFIED, _T.ASSIGNED), (_S.ACCEPTED, _T.PUBLISHED), (_S.AWAITING_SENDER, _T.ASKED),
    (_S.PROPOSED, _T.SENT_BACK), (_S.ANSWERED, _T.WITHHELD), (_S.PUBLISHED, _T.PUBLISHED), (_S.MERGED, _T.REPEATED),
    (_S.WITHHELD, _T.WITHHELD), (_S.REFUSED, _T.REFUSED), (_S.RETURNED, _T.RETURNED), (_S.REFERRED, _T.REFERRED),
)  # fmt: skip
"""States of which every province has some, however small: the first petitions stand in them."""
_STEP = 30
"""Working minutes by which a shown petition is filed earlier until it stands where it should."""


@dataclass(frozen=True, slots=True)
class Office:
    """An agency that petitions come to."""

    agency_id: int
    staff: Mapping[Role, tuple[int, ...]]
    """Appointments by role."""
    weight: int
    calendar: WorkCalendar


@dataclass(frozen=True, slots=True)
class Soil:
    """All that petitions are planned from."""

    seed: int
    count: int
    from_at: dt.datetime
    until: dt.datetime
    offices: tuple[Office, ...]
    sender_of: Callable[[int, Random], uuid.UUID]
    """Agency → who writes to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """One petition as it was lived until the last instant."""

    number: int
    id: uuid.UUID
    turn: Turn
    source: PetitionSource
    kind: PetitionKind
    legs: tuple[Leg, ...]
    at: tuple[dt.datetime, ...]
    """When each act happened."""
    first: Office
    """Where it arrived."""
    last: Office
    """Who answers it."""
    officers: Mapping[Hand, int]
    routed_by: int
    """Appointment of who brought it on; takes it down, where it came over a counter."""
    person_id: uuid.UUID
    title: str
    text: str
    public: tuple[str, str, str, str]
    repeats: uuid.UUID | None
    satisfied: bool | None
    satisfied_at: dt.datetime | None

    @property
    def is_signed_in(self) -> bool:
        return self.source is PetitionSource.PORTAL


def plan(soil: Soil) -> Iterator[Brought]:
    """Yield all petitions, a repetition right after what it repeats."""
    before: Brought | None = None
    for number in range(soil.count):
        before = _Sower(soil, number, before).petition()
        yield before


class _Sower:
    def __init__(self, soil: Soil, number: int, before: Brought | None) -> None:
        self.soil, self.number = soil, number
        self.draw = Random(f"{soil.seed}:petition:{number}")  # noqa: S311 - the same again is what is wanted
        self.shown = SHOWN[number] if number < len(SHOWN) else None
        turn = self.shown[1] if self.shown else _one(self.draw, lives.SHARES)
        may_repeat = (
            before is not None
            and before.is_signed_in
            and before.turn is Turn.PUBLISHED
            and before.at[0] < soil.until - dt.timedelta(days=4 if self.shown is None else 1)
        )
        self.turn = turn if turn is not Turn.REPEATED or may_repeat else Turn.PUBLISHED
        self.before = before if self.turn is Turn.REPEATED else None

    def petition(self) -> Brought:
        draw, soil = self.draw, self.soil
        first = self.before.last if self.before else _office(soil, draw)
        last = _other(soil, first, draw) if self.turn is Turn.ROUTED else first
        source, kind = self._source(), _one(draw, _kinds(self.turn))
        legs = lives.walk(self.turn, kind=kind, source=source)
        assert not isinstance(legs, Refusal)  # noqa: S101 - every turn is a way through the table: a test walks all
        legs, at = self._when(legs, first.calendar)
        title, text = (self.before.title, self.before.text) if self.before else lives.written(draw)
        satisfied_at = self._said(legs, at, source)
        return Brought(
            number=self.number,
            id=id_at(at[0], f"{soil.seed}:petition:{self.number}"),
            turn=self.turn,
            source=source,
            kind=kind,
            legs=legs,
            at=at,
            first=first,
            last=last,
            officers={
                Hand.SPECIALIST: draw.choice(last.staff[Role.SPECIALIST]),
                Hand.LEADER: draw.choice(last.staff[Role.LEADER]),
            },
            routed_by=draw.choice(first.staff[Role.COUNTER]),
            person_id=self.before.person_id if self.before else soil.sender_of(first.agency_id, draw),
            title=title,
            text=text,
            public=lives.public_words(draw),
            repeats=self.before.id if self.before else None,
            satisfied=draw.random() < lives.SATISFIED if satisfied_at else None,
            satisfied_at=satisfied_at,
        )

    def _source(self) -> PetitionSource:
        """Return where it comes from; whoever is asked for more, or repeats, must be somebody who can be known again."""
        drawn = _one(self.draw, lives.SOURCE_SHARES)
        must_answer = self.turn in {Turn.ASKED, Turn.UNHEARD, Turn.REPEATED} or self.shown is not None
        return PetitionSource.PORTAL if must_answer else drawn

    def _when(
        self, legs: tuple[Leg, ...], calendar: WorkCalendar
    ) -> tuple[tuple[Leg, ...], tuple[dt.datetime, ...]]:
        late = None if self.shown else _one(self.draw, lives.LATE_SHARES)
        filed = self._filed(calendar)
        earliest = calendar.worked_until(calendar.minute_of(self.before.at[0])) + 2 if self.before else 0
        while True:
            at = self._moments(legs, calendar, filed, late)
            done = sum(moment <= self.soil.until for moment in at)
            stands = self.shown is None or (done > 0 and legs[done - 1].state is self.shown[0])
            if done and (stands or filed - _STEP < earliest):
                return legs[:done], at[:done]
            filed -= _STEP

    def _filed(self, calendar: WorkCalendar) -> int:
        soil = self.soil
        start, end = (calendar.worked_until(calendar.minute_of(one)) for one in (soil.from_at, soil.until))
        if self.before is not None and self.shown is None:
            return calendar.worked_until(calendar.minute_of(self.before.at[0])) + 60
        if self.shown is not None:
            return end - 1
        share = (self.number + self.draw.random()) / soil.count
        return start + 1 + int((end - start - 2) * share)

    def _moments(
        self, legs: tuple[Leg, ...], calendar: WorkCalendar, filed: int, late: PetitionClock | None
    ) -> tuple[dt.datetime, ...]:
        minutes = lives.pace(legs, office=calendar, filed=filed, late=late, draw=self.draw)
        return tuple(
            calendar.instant_of(minute) + dt.timedelta(seconds=(self.number * 7 + minute) % 60)
            for minute in minutes
        )

    def _said(
        self, legs: tuple[Leg, ...], at: tuple[dt.datetime, ...], source: PetitionSource
    ) -> dt.datetime | None:
        """Return when the sender says whether they are satisfied, if they do."""
        answered = next(
            (when for leg, when in zip(legs, at, strict=True) if leg.act is PetitionAct.APPROVE_ANSWER), None
        )
        says = self.draw.random() < lives.SAYS_SO
        said_at = answered and answered + dt.timedelta(minutes=self.draw.randint(20, 4_000))
        knows = source in {PetitionSource.PORTAL, PetitionSource.NATIONAL}
        return said_at if said_at and says and knows and said_at <= self.soil.until else None


def _one(draw: Random, shares: Mapping[T, int]) -> T:
    return draw.choices(list(shares), list(shares.values()))[0]


def _kinds(turn: Turn) -> Mapping[PetitionKind, int]:
    return lives.ELSEWHERE_SHARES if turn is Turn.REFERRED else lives.KIND_SHARES


def _office(soil: Soil, draw: Random) -> Office:
    return draw.choices(soil.offices, [office.weight for office in soil.offices])[0]


def _other(soil: Soil, office: Office, draw: Random) -> Office:
    found = _office(soil, draw)
    return soil.offices[(soil.offices.index(office) + 1) % len(soil.offices)] if found is office else found
