"""
When the acts of a life happen: laid on office time, before its appointment or after it.

Everything is minutes of a calendar that the caller knows; nothing here says what a working minute is, and the due date
is asked for, not counted (ADR 0003).
Units: a *minute* is one of the calendar, *worked* is the number of working minutes before it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Protocol

from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.clock import ClockChange
from vanlang.dossiers.rules.lives.roads import Slot
from vanlang.dossiers.rules.lives.walking import Leg
from vanlang.dossiers.rules.states import State

MINUTES_A_DAY = 1440
WORKED_A_DAY = 480
EVENING = (17 * 60 + 40, 22 * 60 + 30)
"""When people file from home."""

DueMinute = Callable[[int], int]
"""Minute of receipt → minute at which the time limit ends when nothing pauses."""

_WEIGHTS = {
    Act.HAND_OVER: 2, Act.ASSIGN: 6, Act.CLAIM: 8, Act.REQUEST_SUPPLEMENT: 18, Act.PROPOSE_SUPPLEMENT: 14,
    Act.APPROVE_SUPPLEMENT: 6, Act.CONSULT: 18, Act.EXTEND: 60, Act.PROPOSE: 58, Act.RETURN_FOR_REWORK: 12,
    Act.APPROVE: 16, Act.SIGN: 6, Act.RELEASE: 8, Act.CLOSE_PHASE: 30, Act.STOP: 70, Act.WITHDRAW: 30,
}  # fmt: skip
"""How much of its time under the limit goes by before an act, beside the others of its life."""


class OfficeTime(Protocol):
    """A working calendar, as far as it is needed."""

    def worked_until(self, minute: int, /) -> int: ...
    def worked_out_at(self, worked: int, /) -> int: ...


def pace(
    legs: Sequence[Leg], *, office: OfficeTime, due: DueMinute, filed: int, late: bool, draw: Random
) -> list[int]:
    """
    Return the minute of each act, in order; two acts never share one, except filing and receipt at one counter.

    `filed`: working minutes that lie before the filing. `late`: the outcome comes after its appointment.
    """
    minutes: list[int] = []
    offsets: list[int] = []
    received = 0
    for leg in legs:
        act = leg.act
        if act is Act.SUBMIT:
            minute = _filed(filed, office, online=leg.by is Slot.APPLICANT, draw=draw)
        elif act is Act.RECEIVE:
            at_once = legs[0].by is not Slot.APPLICANT
            minute = minutes[-1] if at_once else _later(office, minutes[-1], _answered(draw))
            received = office.worked_until(minute)
            span = max(office.worked_until(due(minute)) - received, 30)
            offsets = _offsets(legs, span, late=late, draw=draw)
        elif offsets and leg.number <= len(offsets):
            minute = _not_before(office, received + offsets[leg.number - 1], minutes[-1])
        else:
            minute = _later(office, minutes[-1], _waited(leg, draw))
        minutes.append(minute)
    return minutes


def _filed(filed: int, office: OfficeTime, *, online: bool, draw: Random) -> int:
    minute = office.worked_out_at(filed)
    if online and draw.random() < 0.3:
        return minute // MINUTES_A_DAY * MINUTES_A_DAY + draw.randint(*EVENING)
    return minute


def _answered(draw: Random) -> int:
    """Return after how many working minutes a counter answers what was filed."""
    return min(3 + int(draw.expovariate(1 / 110)), 3 * WORKED_A_DAY)


def _waited(leg: Leg, draw: Random) -> int:
    """Return the working minutes before an act that no time limit of ours drives."""
    match leg.act:
        case Act.DELIVER:
            return 4 + int(draw.expovariate(1 / 600))
        case Act.ANSWER_SUPPLEMENT | Act.WITHDRAW:
            return 20 + int(draw.expovariate(1 / 900))
        case _:
            return _answered(draw)


def _offsets(legs: Sequence[Leg], span: int, *, late: bool, draw: Random) -> list[int]:
    """Return for each act up to the release how many working minutes after the receipt it happens; waits are added on."""
    first = next(index for index, leg in enumerate(legs) if leg.act is Act.RECEIVE) + 1
    last = next((index for index, leg in enumerate(legs) if leg.state is State.RELEASED), len(legs) - 1)
    run = legs[first : last + 1]
    extended = any(leg.act is Act.EXTEND for leg in run)
    whole = span * (draw.uniform(1.0, 1.4) if extended else draw.uniform(0.15, 0.96))
    if late:
        whole = span * (1.5 if extended else 1.0) + 20 + draw.expovariate(1 / (2.5 * WORKED_A_DAY))
    total = sum(_WEIGHTS.get(leg.act, 0) for leg in run) or 1
    passed, waited = 0, 0
    offsets = [0] * first
    for leg in run:
        if leg.clock in {ClockChange.RESUME, ClockChange.ANSWER}:
            waited += 60 + int(draw.expovariate(1 / (2.2 * WORKED_A_DAY)))
        passed += _WEIGHTS.get(leg.act, 0)
        offsets.append(int(whole * passed / total) + waited)
    return offsets


def _later(office: OfficeTime, minute: int, worked: int) -> int:
    return _not_before(office, office.worked_until(minute) + worked, minute)


def _not_before(office: OfficeTime, worked: int, minute: int) -> int:
    """Return the minute by which `worked` working minutes have passed, or the next working one after `minute`."""
    found = office.worked_out_at(worked)
    while found <= minute:
        worked = office.worked_until(minute) + 1 if worked <= office.worked_until(minute) else worked + 1
        found = office.worked_out_at(worked)
    return found
