"""
A road led through the table of the flow: what each act leaves on the dossier's row.

The second reading of what `services/acting.py` and the commands do, without a database. Nothing about the flow is said
here twice: states, parties, clocks and steps come from the tables; only who holds the dossier after an act is this
module's own. A test does the same lives with the real commands and compares the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.clock import ClockChange, clock_change
from vanlang.dossiers.rules.lives.roads import Slot, Stride
from vanlang.dossiers.rules.states import NATURE, Hat, Party, State, waits_for
from vanlang.dossiers.rules.steps import Step, another_follows, phases_follow, position_after
from vanlang.dossiers.rules.transitions import Facts, Standing, may, party_that_acts, target
from vanlang.kernel.errors import Refusal

PARTY = {
    Slot.APPLICANT: Party.APPLICANT, Slot.COUNTER: Party.COUNTER, Slot.SPECIALIST: Party.SPECIALIST,
    Slot.LEADER: Party.LEADER, Slot.CLERK: Party.CLERK, Slot.ADVISER: Party.SPECIALIST, Slot.RETURN: Party.COUNTER,
}  # fmt: skip
HAT = {
    Slot.COUNTER: Hat.INTAKE, Slot.SPECIALIST: Hat.COMPETENT, Slot.LEADER: Hat.COMPETENT, Slot.CLERK: Hat.COMPETENT,
    Slot.ADVISER: Hat.OPINION, Slot.RETURN: Hat.RETURN,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Leg:
    """One act that was walked, and the dossier after it. Slots stand for appointments."""

    number: int
    act: Act
    by: Slot
    before: State
    state: State
    party: Party
    clock: ClockChange
    waits_for: Party | None = None
    lies_at: Hat | None = None
    holder: Slot | None = None
    unit: Slot | None = None
    """Whose unit has it in its tray, or works on it."""
    specialist: Slot | None = None
    position: int = 0
    ended_step: int | None = None
    """Which step of the process this act ended."""
    on_paper: bool = False
    supplements: int = 0
    extensions: int = 0
    supplement_proposed: bool = False
    opinion_awaited: bool = False
    paused_by: int | None = None
    """Number of the act since which the clock stands still; of an act that ends a pause, the one that began it."""


_NOTHING_YET = Leg(0, Act.DRAFT, Slot.APPLICANT, State.DRAFT, State.DRAFT, Party.APPLICANT, ClockChange.NONE)
_NOT_RECEIVED = frozenset({State.DRAFT, State.SUBMITTED, State.AWAITING_COMPLETION})
_SPECIALISTS = frozenset({Act.ASSIGN, Act.CLAIM})
_KEEPS_HOLDER = frozenset({Act.PROPOSE_SUPPLEMENT, Act.EXTEND})
_BACK_TO_SPECIALIST = frozenset(
    {
        Act.REQUEST_SUPPLEMENT, Act.APPROVE_SUPPLEMENT, Act.ANSWER_SUPPLEMENT, Act.GIVE_OPINION,
        Act.RETURN_FOR_REWORK, Act.FULFIL_OBLIGATION,
    }
)  # fmt: skip


@lru_cache(maxsize=16_384)
def walk(
    strides: tuple[Stride, ...], process: tuple[Step, ...], *, on_paper: bool = True
) -> tuple[Leg, ...] | Refusal:
    """
    Return each act with the dossier after it; the refusal of the first act that the table does not allow.

    `process` holds from receipt on, as at the counter. `on_paper`: in which medium the outcome is proposed.
    """
    legs: list[Leg] = []
    leg = _NOTHING_YET
    for stride in strides:
        steps = process if leg.state not in _NOT_RECEIVED or stride.act is Act.RECEIVE else ()
        facts = _facts(leg, stride, steps)
        refusal = may(stride.act, facts)
        if refusal is not None:
            return refusal
        leg = _after(leg, stride, facts, steps, on_paper=on_paper)
        legs.append(leg)
    return tuple(legs)


def _facts(leg: Leg, stride: Stride, steps: Sequence[Step]) -> Facts:
    by, position = stride.by, leg.position
    standing = Standing(
        parties=frozenset({PARTY[by]}),
        hats=frozenset({HAT[by]} if by in HAT else ()),
        holds=by is not Slot.APPLICANT and by in {leg.holder, leg.specialist},
        in_unit=leg.unit in {None, by},
        prepared=by is not Slot.APPLICANT and by is leg.specialist,
    )
    return Facts(
        state=leg.state,
        standing=standing,
        on_paper=leg.on_paper,
        leaders_ahead=bool(steps) and another_follows(Party.LEADER, steps=steps, position=position),
        specialists_ahead=bool(steps) and another_follows(Party.SPECIALIST, steps=steps, position=position),
        phases_ahead=phases_follow(steps=steps, position=position),
        opinion_awaited=leg.opinion_awaited,
        asked_before=leg.supplements > 0,
        supplement_proposed=leg.supplement_proposed,
    )


def _after(leg: Leg, stride: Stride, facts: Facts, steps: Sequence[Step], *, on_paper: bool) -> Leg:
    act, state = stride.act, target(stride.act, facts)
    paper = on_paper if act is Act.PROPOSE else leg.on_paper
    next_party = waits_for(state, on_paper=paper)
    position = position_after(
        act, steps=steps, position=leg.position, waits_for=next_party,
        onward=act is Act.HAND_OVER and leg.state is State.IN_PROGRESS,
    )  # fmt: skip
    specialist = _specialist(leg, stride)
    holder, unit = _held_by(leg, stride, state, specialist)
    clock = clock_change(leg.state, state)
    moved = replace(
        leg, number=leg.number + 1, act=act, by=stride.by, before=leg.state, state=state,
        party=party_that_acts(act, facts), clock=clock, waits_for=next_party, lies_at=NATURE[state].lies_at,
        holder=holder, unit=unit, specialist=specialist, position=position,
        ended_step=leg.position if position != leg.position else None, on_paper=paper,
        supplements=leg.supplements + (act in {Act.REQUEST_SUPPLEMENT, Act.APPROVE_SUPPLEMENT}),
        extensions=leg.extensions + (act is Act.EXTEND),
        supplement_proposed=act is Act.PROPOSE_SUPPLEMENT
        or (leg.supplement_proposed and act is not Act.APPROVE_SUPPLEMENT),
        opinion_awaited=state is State.AWAITING_OPINION,
    )  # fmt: skip
    return replace(moved, paused_by=_paused_by(leg, moved))


def _specialist(leg: Leg, stride: Stride) -> Slot | None:
    if stride.act in _SPECIALISTS or stride.act is Act.PROPOSE:
        return Slot.SPECIALIST
    return None if stride.act is Act.HAND_OVER else leg.specialist


def _held_by(
    leg: Leg, stride: Stride, state: State, specialist: Slot | None
) -> tuple[Slot | None, Slot | None]:
    """Return who holds it by name and in whose unit it lies, as each command says."""
    act = stride.act
    if act in _SPECIALISTS:
        return Slot.SPECIALIST, Slot.SPECIALIST
    if act is Act.HAND_OVER:
        return None, Slot.SPECIALIST
    if act in _KEEPS_HOLDER:
        return leg.holder, leg.unit
    if act in _BACK_TO_SPECIALIST:
        return None if state is State.SUBMITTED else specialist, None
    if act is Act.APPROVE and not leg.on_paper:
        return Slot.LEADER, None
    return None, None


def _paused_by(before: Leg, after: Leg) -> int | None:
    match after.clock:
        case ClockChange.PAUSE:
            return after.number
        case ClockChange.RESUME | ClockChange.ANSWER:
            return before.paused_by
        case ClockChange.NONE:
            return before.paused_by if after.state is before.state else None
        case _:
            return None
