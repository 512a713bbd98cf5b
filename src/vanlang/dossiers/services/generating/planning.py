"""
From a number to a life: who asks whom for what, by which road, and when each act happens.

Every draw comes from the seed and the number alone, so a life is the same whoever plans it, in whatever order. Due
dates are asked of `calendars`, with the calendar of the agency that decides.
"""

from __future__ import annotations

import datetime as dt
import uuid
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

from vanlang.calendars import api as calendars
from vanlang.calendars.api import Extension, LimitUnit, Pause, TimeLimit, WorkCalendar
from vanlang.dossiers.queries.times import waited_for_in
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.clock import ClockChange
from vanlang.dossiers.rules.lives.pacing import WORKED_A_DAY, pace
from vanlang.dossiers.rules.lives.roads import (
    DESK_SHARES,
    FRONT_SHARES,
    MIDDLE_SHARES,
    Desk,
    Front,
    Middle,
    Road,
    Slot,
)
from vanlang.dossiers.rules.lives.walking import Leg, walk
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.services.generating.offers import Offer
from vanlang.dossiers.services.timing import ANSWER_LIMIT, OPINION_DAYS
from vanlang.dossiers.types import Channel
from vanlang.kernel.errors import Refusal
from vanlang.kernel.ids import id_at

T = TypeVar("T")

OPINION_LIMIT = TimeLimit(OPINION_DAYS, LimitUnit.WORKING_DAY)
ELSEWHERE = 0.05
"""Of how many an agency other than the deciding one takes in and hands over."""
SHOWN: tuple[tuple[State, Road], ...] = (
    (State.SUBMITTED, Road(Front.ONLINE)),
    (State.AWAITING_COMPLETION, Road(Front.COMPLETED)),
    (State.RECEIVED, Road(Front.COUNTER)),
    (State.REFUSED, Road(Front.REFUSED)),
    (State.HANDED_OVER, Road(Front.ONLINE, Desk.CLAIMED)),
    (State.IN_PROGRESS, Road(Front.ONLINE)),
    (State.AWAITING_SUPPLEMENT, Road(Front.ONLINE, middle=Middle.SUPPLEMENT)),
    (State.AWAITING_OPINION, Road(Front.ONLINE, middle=Middle.OPINION)),
    (State.AWAITING_OBLIGATION, Road(Front.ONLINE, middle=Middle.OBLIGED)),
    (State.PROPOSED, Road(Front.COUNTER)),
    (State.APPROVED, Road(Front.ONLINE)),
    (State.RELEASED, Road(Front.ONLINE)),
    (State.DELIVERED, Road(Front.ONLINE)),
    (State.STOPPED, Road(Front.ONLINE, middle=Middle.STOPPED)),
    (State.WITHDRAWN, Road(Front.GIVEN_UP)),
)  # fmt: skip
"""States of which every province has some, however small: the first lives stand in them."""


@dataclass(frozen=True, slots=True)
class Place:
    """An agency at work: who works there, how much comes, how much is late, what can be asked of it."""

    agency_id: int
    staff: Mapping[Slot, tuple[int, ...]]
    """Appointments by what they do."""
    weight: int
    late: float
    """Share of outcomes that come after their appointment."""
    offers: tuple[tuple[int, int], ...]
    """(index of the offer, weight)."""
    calendar: WorkCalendar


@dataclass(frozen=True, slots=True)
class Ground:
    """All that lives are planned from."""

    seed: int
    count: int
    from_at: dt.datetime
    until: dt.datetime
    """Acts after this instant have not happened."""
    places: tuple[Place, ...]
    offers: tuple[Offer, ...]
    applicant_of: Callable[[int, Random], tuple[uuid.UUID, uuid.UUID | None]]
    """Agency that decides → who asks it, and for which legal entity."""

    @property
    def calendar(self) -> WorkCalendar:
        return self.places[0].calendar


@dataclass(frozen=True, slots=True)
class Life:
    """One dossier as it was lived until the ground's last instant."""

    number: int
    dossier_id: uuid.UUID
    road: Road
    offer: int
    legs: tuple[Leg, ...]
    """Of the acts that happened."""
    at: tuple[dt.datetime, ...]
    """When each act happened."""
    due: tuple[dt.datetime | None, ...]
    """The appointment after each act."""
    step_due: tuple[dt.datetime | None, ...]
    """The planned end of the step that each act ended."""
    said: tuple[str, ...]
    """The words of each act; empty where it needs none."""
    intake: int
    competent: int
    adviser: int | None
    officers: tuple[int, ...]
    """Appointments by slot; 0 where nobody is needed."""
    person_id: uuid.UUID
    entity_id: uuid.UUID | None
    channel: Channel
    answer_due_at: dt.datetime
    opinion_due_at: dt.datetime | None
    forecast: bool
    process: tuple[dt.datetime, ...]
    """Planned ends of the steps as last counted."""
    scanned: bool
    """Whether its papers are files; over a counter some are only papers."""
    until: dt.datetime
    """The ground's last instant."""

    @property
    def last(self) -> Leg:
        return self.legs[-1]


def plan(ground: Ground, numbers: Iterable[int]) -> Iterator[Life]:
    """Yield the lives of some numbers."""
    desk = _Planner(ground)
    return (desk.life(number) for number in numbers)


class _Planner:
    """Weighted choices made ready once for many lives."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.places = _Weighted([(place, place.weight) for place in ground.places])
        self.communes = [place for place in ground.places if place.weight]
        self.fronts = _Weighted(list(FRONT_SHARES.items()))
        self.desks = _Weighted(list(DESK_SHARES.items()))
        self.middles = _Weighted(list(MIDDLE_SHARES.items()))
        self.offers = {
            place.agency_id: _Weighted([(index, weight) for index, weight in place.offers])
            for place in ground.places
            if place.offers
        }
        calendar = ground.calendar
        self.filed_from = calendar.worked_until(calendar.minute_of(ground.from_at))
        self.filed_to = calendar.worked_until(calendar.minute_of(ground.until))
        self.phased = next((i for i, offer in enumerate(ground.offers) if offer.is_phased), None)

    def life(self, number: int) -> Life:
        ground = self.ground
        draw = Random((ground.seed << 32) + number)  # noqa: S311 - the same again is what is wanted
        place = self.places.one(draw)
        offer = self.offers[place.agency_id].one(draw)
        late = draw.random() < place.late
        if number < len(SHOWN):
            shown = self._shown(number, place, offer, draw)
            if shown is not None:
                return shown
        front, desk, middle = self.fronts.one(draw), self.desks.one(draw), self.middles.one(draw)
        road = ground.offers[offer].road(front, desk, middle)
        legs = _walked(road, ground.offers[offer])
        share = (number + draw.random()) / ground.count
        filed = self.filed_from + 1 + int((self.filed_to - self.filed_from - 2) * share)
        return self._lived(number, place, offer, road, legs, filed, late=late, draw=draw)

    def _shown(self, number: int, place: Place, offer: int, draw: Random) -> Life | None:
        """Return a life that stands in the state of its number now: filed as long ago as the acts before it take."""
        state, road = SHOWN[number]
        if state is State.AWAITING_OBLIGATION:
            if self.phased is None:
                return None
            offer = self.phased
        elif self.ground.offers[offer].is_phased:
            offer = next(i for i, one in enumerate(self.ground.offers) if not one.is_phased)
        legs = _walked(road, self.ground.offers[offer])
        wanted = next(leg.number for leg in legs if leg.state is state)
        kept = draw.getstate()
        filed = self.filed_to - 2
        for _ in range(60):
            draw.setstate(kept)
            life = self._lived(number, place, offer, road, legs, filed, late=False, draw=draw)
            if life.last.number == wanted:
                return life
            filed -= 90
        return None

    def _lived(
        self, number: int, place: Place, offer: int, road: Road, legs: tuple[Leg, ...], filed: int,
        *, late: bool, draw: Random,
    ) -> Life:  # fmt: skip
        ground, asked = self.ground, self.ground.offers[offer]
        calendar = place.calendar
        channel = Channel.ONLINE if road.is_filed_online else Channel.DIRECT
        limit = asked.limits[channel]
        intake = self._intake(place, draw)
        adviser = self._other(place, draw) if road.middle is Middle.OPINION else None

        def due(received: int) -> int:
            answer = calendars.due(calendar, received_at=calendar.instant_of(received), limit=limit)
            assert answer.due_at is not None  # noqa: S101 - nothing pauses here
            return calendar.minute_of(answer.due_at)

        minutes = pace(legs, office=calendar, due=due, filed=filed, late=late, draw=draw)
        second = draw.randrange(60)
        at = tuple(
            calendar.instant_of(minute) + dt.timedelta(seconds=(second + 7 * minute) % 60)
            for minute in minutes
        )
        done = sum(one <= ground.until for one in at)
        if not done:  # filed in the evening of the last day: a day earlier, then
            return self._lived(number, place, offer, road, legs, filed - WORKED_A_DAY, late=late, draw=draw)
        legs, at = legs[:done], at[:done]
        officers = _officers(place, intake, adviser, draw)
        person_id, entity_id = ground.applicant_of(place.agency_id, draw)
        said = tuple(_words(leg, draw) for leg in legs)
        clock = _Clock(calendar, limit, asked, legs, at)
        return Life(
            number=number,
            dossier_id=id_at(at[0], f"{ground.seed}:dossier:{number}"),
            road=road,
            offer=offer,
            legs=legs,
            at=at,
            due=tuple(clock.due),
            step_due=tuple(clock.step_due),
            said=said,
            intake=intake.agency_id,
            competent=place.agency_id,
            adviser=adviser.agency_id if adviser else None,
            officers=officers,
            person_id=person_id,
            entity_id=entity_id,
            channel=channel,
            answer_due_at=_answer_due_at(intake.calendar, legs, at),
            opinion_due_at=_opinion_due_at(adviser, legs, at),
            forecast=clock.forecast,
            process=tuple(clock.ends),
            scanned=road.is_filed_online or draw.random() < 0.7,
            until=ground.until,
        )

    def _intake(self, place: Place, draw: Random) -> Place:
        return self._other(place, draw) if draw.random() < ELSEWHERE else place

    def _other(self, place: Place, draw: Random) -> Place:
        found = self.places.one(draw)
        if found is place:
            found = self.communes[(self.communes.index(place) + 1) % len(self.communes)]
        return found


class _Weighted(Generic[T]):
    """A choice by weights, with one draw."""

    def __init__(self, choices: Sequence[tuple[T, int]]) -> None:
        self.values = [value for value, _ in choices]
        self.up_to = list(accumulate(weight for _, weight in choices))

    def one(self, draw: Random) -> T:
        return self.values[bisect_right(self.up_to, draw.random() * self.up_to[-1])]


class _Clock:
    """The appointment and the planned steps, counted anew whenever an act adds to the facts."""

    def __init__(
        self,
        calendar: WorkCalendar,
        limit: TimeLimit,
        offer: Offer,
        legs: Sequence[Leg],
        at: Sequence[dt.datetime],
    ) -> None:
        self.calendar, self.limit, self.offer = calendar, limit, offer
        self.received_at: dt.datetime | None = None
        self.pauses: list[Pause] = []
        self.extensions: list[Extension] = []
        self.forecast = False
        self.ends: list[dt.datetime] = []
        self.due: list[dt.datetime | None] = []
        self.step_due: list[dt.datetime | None] = []
        now: dt.datetime | None = None
        for leg, moment in zip(legs, at, strict=True):
            if self._adds(leg, moment, at):
                now = self._count()
            self.due.append(now)
            self.step_due.append(None if leg.ended_step is None else self.ends[leg.ended_step])

    def _adds(self, leg: Leg, moment: dt.datetime, at: Sequence[dt.datetime]) -> bool:
        if leg.act is Act.RECEIVE:
            self.received_at = moment
        elif leg.clock is ClockChange.RESUME and leg.paused_by is not None:
            self.pauses.append(Pause(at[leg.paused_by - 1], moment, waited_for_in(leg.before)))
        elif leg.act is Act.EXTEND:
            self.extensions.append(Extension(self.more))
        else:
            return False
        return True

    @property
    def more(self) -> TimeLimit:
        return more_for(self.limit)

    def _count(self) -> dt.datetime:
        assert self.received_at is not None  # noqa: S101 - the first fact is the receipt
        facts = {
            "received_at": self.received_at, "limit": self.limit,
            "pauses": self.pauses, "extensions": self.extensions,
        }  # fmt: skip
        answer = calendars.due(self.calendar, **facts)  # type: ignore[arg-type] # by name
        assert answer.due_at is not None  # noqa: S101 - every pause that is passed has ended
        self.forecast = answer.forecast
        if self.offer.process:
            weights = [step.share for step in self.offer.process]
            weights = weights if any(weights) else [1] * len(weights)
            shares = calendars.split(self.calendar, planned_minutes=weights, **facts)  # type: ignore[arg-type] # by name
            assert shares is not None  # noqa: S101 - as above
            self.ends = [share.due_at for share in shares]
        return answer.due_at


def more_for(limit: TimeLimit) -> TimeLimit:
    """Return by how much a leader extends: half the limit again, a working day at least."""
    if limit.unit is LimitUnit.HOUR or limit.is_same_day:
        return TimeLimit(1, LimitUnit.WORKING_DAY)
    return TimeLimit(max(1, int(limit.amount) // 2), limit.unit)


def _walked(road: Road, offer: Offer) -> tuple[Leg, ...]:
    legs = walk(road.strides, offer.process, on_paper=road.on_paper)
    if isinstance(
        legs, Refusal
    ):  # a process that bars this road: the plain one was tried when it was offered
        legs = walk(offer.road(road.front, Desk.ASSIGNED, Middle.PLAIN).strides, offer.process)
    assert not isinstance(legs, Refusal)  # noqa: S101 - tried in offers.py
    return legs


def _officers(place: Place, intake: Place, adviser: Place | None, draw: Random) -> tuple[int, ...]:
    """Return who acts in each slot; the counter that hands over is that of the intake, mostly the same officer."""
    counters = intake.staff[Slot.COUNTER]
    counter = draw.choice(counters)
    return (
        0,
        counter,
        draw.choice(place.staff[Slot.SPECIALIST]),
        draw.choice(place.staff[Slot.LEADER]),
        draw.choice(place.staff[Slot.CLERK]),
        draw.choice(adviser.staff[Slot.SPECIALIST]) if adviser else 0,
        counter if draw.random() < 0.6 else draw.choice(counters),
    )


def _answer_due_at(calendar: WorkCalendar, legs: Sequence[Leg], at: Sequence[dt.datetime]) -> dt.datetime:
    """Return by when the counter must answer what was filed, or completed, last."""
    last = max(index for index, leg in enumerate(legs) if leg.state is State.SUBMITTED)
    due = calendars.due(calendar, received_at=at[last], limit=ANSWER_LIMIT).due_at
    assert due is not None  # noqa: S101 - nothing pauses here
    return due


def _opinion_due_at(
    adviser: Place | None, legs: Sequence[Leg], at: Sequence[dt.datetime]
) -> dt.datetime | None:
    asked = next((when for leg, when in zip(legs, at, strict=True) if leg.act is Act.CONSULT), None)
    if adviser is None or asked is None:
        return None
    return calendars.due(adviser.calendar, received_at=asked, limit=OPINION_LIMIT).due_at


SAYINGS: Mapping[Act, tuple[str, ...]] = {
    Act.REFUSE: ("Hồ sơ không thuộc thẩm quyền giải quyết của cơ quan", "Thông tin kê khai không đúng với giấy tờ gốc"),
    Act.STOP: ("Người nộp không bổ sung trong thời hạn", "Thửa đất đang có tranh chấp được tòa án thụ lý"),
    Act.EXTEND: ("Phải xác minh tại thực địa lâu hơn dự kiến", "Hệ thống kết nối với cơ quan khác gián đoạn"),
    Act.CONSULT: ("Đề nghị xác nhận nơi thường trú trước đây", "Đề nghị cho ý kiến về quy hoạch của khu vực"),
    Act.GIVE_OPINION: ("Thống nhất với đề xuất", "Không có ý kiến khác"),
    Act.RETURN_FOR_REWORK: ("Chỉnh lại căn cứ pháp lý và ngày tháng", "Bổ sung ý kiến thẩm định"),
    Act.CLOSE_PHASE: ("Nộp lệ phí theo thông báo",),
    Act.PROPOSE_SUPPLEMENT: ("Kiểm tra thực địa phát sinh yêu cầu",),
}  # fmt: skip
"""What officers write, by act: invented, and about nobody."""


def _words(leg: Leg, draw: Random) -> str:
    sayings = SAYINGS.get(leg.act)
    return draw.choice(sayings) if sayings else ""
