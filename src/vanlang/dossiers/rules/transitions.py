"""
The one table of the flow: state × act × actor → state.

Buttons, refusals, the diagram, the manual's page and the tests are all read from `TABLE`. A line says: in this
state, this act may be done by this party, whose agency wears this hat, reaching this far; the dossier is then there.
Time is not a column: lateness warns and counts, and no act asks whether a dossier is late.

Law: unverified
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from types import MappingProxyType

from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.states import FINAL, UNFINISHED, Hat, Party, State
from vanlang.kernel.errors import Refusal


class Reach(StrEnum):
    """How near the officer must be to the dossier, beyond having the role in the right agency."""

    AGENCY = "agency"
    UNIT = "unit"
    """Of the unit in whose tray it lies."""
    HOLDER = "holder"
    """The very officer who holds it."""


class Guard(StrEnum):
    """A condition of an act that is no question of who."""

    ON_PAPER = "on_paper"
    """The outcome is a paper signed with ink; an electronic one must be signed electronically first."""
    LEADERS_AHEAD = "leaders_ahead"
    """The process names a higher leader after this one."""
    LAST_LEADER = "last_leader"
    LAST_SPECIALIST = "last_specialist"
    """Every specialist's step of the process is done."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Who the actor is to this dossier."""

    parties: frozenset[Party]
    hats: frozenset[Hat]
    """Hats that the actor's agency wears at this dossier."""
    holds: bool = False
    in_unit: bool = False
    own: bool = False
    """The officer is the applicant: nobody handles their own dossier."""
    prepared: bool = False
    """The officer worked on it as its specialist: nobody agrees to their own proposal."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the table asks about a dossier and an actor."""

    state: State | None
    standing: Standing
    on_paper: bool = False
    leaders_ahead: bool = False
    """The process names a higher leader after the present step."""
    specialists_ahead: bool = False
    """The process names another specialist's step before the decision."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    state: State | None
    """None: the dossier does not exist yet."""
    act: Act
    party: Party
    hat: Hat | None
    """None: no agency is asked for (the applicant, the house)."""
    reach: Reach
    to: State
    guard: Guard | None = None


def _lines(
    act: Act,
    start: Iterable[State | None],
    *who: tuple[Party, Hat | None, Reach],
    to: State | None,
    guard: Guard | None = None,
) -> Iterator[Line]:
    """Yield a line for each state and each party; `to=None` stays where it is."""
    for state in start:
        for party, hat, reach in who:
            target = to or state
            assert target is not None, "an act that creates names its target"  # noqa: S101 - shape of the table
            yield Line(state, act, party, hat, reach, target, guard)


_S = State
_APPLICANT = (Party.APPLICANT, None, Reach.AGENCY)
_SYSTEM = (Party.SYSTEM, None, Reach.AGENCY)
_COUNTER = (Party.COUNTER, Hat.INTAKE, Reach.AGENCY)
_COUNTER_THAT_DECIDES = (Party.COUNTER, Hat.COMPETENT, Reach.AGENCY)
_COUNTER_OF_RETURN = (Party.COUNTER, Hat.RETURN, Reach.AGENCY)
_UNIT = (Party.SPECIALIST, Hat.COMPETENT, Reach.UNIT)
_HOLDER = (Party.SPECIALIST, Hat.COMPETENT, Reach.HOLDER)
_LEADER = (Party.LEADER, Hat.COMPETENT, Reach.AGENCY)
_CLERK = (Party.CLERK, Hat.COMPETENT, Reach.AGENCY)
_CONSULTED = (Party.SPECIALIST, Hat.OPINION, Reach.AGENCY)
_CONSULTED_LEADER = (Party.LEADER, Hat.OPINION, Reach.AGENCY)

_AT_COUNTER = (_S.SUBMITTED, _S.AWAITING_COMPLETION)
_UNDER_LIMIT = tuple(state for state in State if state in UNFINISHED and state not in _AT_COUNTER)
_UNSIGNED = tuple(state for state in State if state in UNFINISHED and state is not _S.SIGNED)

TABLE: tuple[Line, ...] = (
    # before receipt
    *_lines(Act.DRAFT, [None], _APPLICANT, _COUNTER, to=_S.DRAFT),
    *_lines(Act.SUBMIT, [_S.DRAFT], _APPLICANT, _COUNTER, to=_S.SUBMITTED),
    *_lines(Act.RECEIVE, [_S.SUBMITTED], _COUNTER, to=_S.RECEIVED),
    # the next leg of a chain: a counter has checked the whole when it took the chain in
    *_lines(Act.SUBMIT, [_S.DRAFT], _SYSTEM, to=_S.SUBMITTED),
    *_lines(Act.RECEIVE, [_S.SUBMITTED], _SYSTEM, to=_S.RECEIVED),
    *_lines(Act.REFUSE, _AT_COUNTER, _COUNTER, to=_S.REFUSED),
    *_lines(Act.REQUEST_SUPPLEMENT, [_S.SUBMITTED], _COUNTER, to=_S.AWAITING_COMPLETION),
    *_lines(Act.ANSWER_SUPPLEMENT, [_S.AWAITING_COMPLETION], _APPLICANT, _COUNTER, to=_S.SUBMITTED),
    # to the one who works on it
    *_lines(Act.HAND_OVER, [_S.RECEIVED], _COUNTER, to=_S.HANDED_OVER),
    *_lines(Act.HAND_OVER, [_S.HANDED_OVER], _UNIT, _LEADER, to=_S.HANDED_OVER),
    *_lines(Act.HAND_OVER, [_S.IN_PROGRESS], _HOLDER, _LEADER, to=_S.HANDED_OVER),
    *_lines(Act.ASSIGN, [_S.RECEIVED], _COUNTER_THAT_DECIDES, _LEADER, to=_S.IN_PROGRESS),
    *_lines(Act.ASSIGN, [_S.HANDED_OVER, _S.IN_PROGRESS], _LEADER, to=_S.IN_PROGRESS),
    *_lines(Act.CLAIM, [_S.HANDED_OVER], _UNIT, to=_S.IN_PROGRESS),
    # working on it
    *_lines(Act.REQUEST_SUPPLEMENT, [_S.IN_PROGRESS], _HOLDER, to=_S.AWAITING_SUPPLEMENT),
    *_lines(Act.ANSWER_SUPPLEMENT, [_S.AWAITING_SUPPLEMENT], _APPLICANT, _COUNTER, to=_S.IN_PROGRESS),
    *_lines(Act.CONSULT, [_S.IN_PROGRESS], _HOLDER, to=_S.AWAITING_OPINION),
    *_lines(
        Act.GIVE_OPINION, [_S.AWAITING_OPINION], _CONSULTED, _CONSULTED_LEADER, _HOLDER, to=_S.IN_PROGRESS
    ),
    # deciding
    *_lines(Act.PROPOSE, [_S.IN_PROGRESS], _HOLDER, to=_S.PROPOSED, guard=Guard.LAST_SPECIALIST),
    *_lines(Act.ENDORSE, [_S.PROPOSED], _LEADER, to=_S.PROPOSED, guard=Guard.LEADERS_AHEAD),
    *_lines(Act.APPROVE, [_S.PROPOSED], _LEADER, to=_S.APPROVED, guard=Guard.LAST_LEADER),
    *_lines(Act.RETURN_FOR_REWORK, [_S.PROPOSED, _S.APPROVED], _LEADER, to=_S.IN_PROGRESS),
    *_lines(Act.RETURN_FOR_REWORK, [_S.SIGNED], _LEADER, _CLERK, to=_S.IN_PROGRESS),
    *_lines(Act.SIGN, [_S.APPROVED], _LEADER, to=_S.SIGNED),
    *_lines(Act.RELEASE, [_S.APPROVED], _CLERK, to=_S.RELEASED, guard=Guard.ON_PAPER),
    *_lines(Act.RELEASE, [_S.SIGNED], _CLERK, to=_S.RELEASED),
    *_lines(Act.DELIVER, [_S.RELEASED], _COUNTER_OF_RETURN, _APPLICANT, _SYSTEM, to=_S.DELIVERED),
    # leaving the straight road
    *_lines(Act.EXTEND, _UNDER_LIMIT, _LEADER, to=None),
    *_lines(Act.STOP, _UNDER_LIMIT, _LEADER, to=_S.STOPPED),
    *_lines(Act.WITHDRAW, _UNSIGNED, _APPLICANT, _COUNTER, to=_S.WITHDRAWN),
)


def _index() -> Mapping[tuple[State | None, Act], tuple[Line, ...]]:
    index: dict[tuple[State | None, Act], list[Line]] = {}
    for line in TABLE:
        index.setdefault((line.state, line.act), []).append(line)
    return MappingProxyType({key: tuple(lines) for key, lines in index.items()})


LINES = _index()


DECIDING = frozenset({Act.ENDORSE, Act.APPROVE, Act.SIGN})
"""Acts of the one who decides, which the one who prepared may not do."""


class _Nearness(IntEnum):
    """Which refusal tells most: the one that came nearest to a yes."""

    ROLE = 1
    SEAT = 2
    REACH = 3
    GUARD = 4


_GUARDED = {
    Guard.ON_PAPER: "dossiers.not_signed",
    Guard.LEADERS_AHEAD: "dossiers.no_higher_leader",
    Guard.LAST_LEADER: "dossiers.endorse_first",
    Guard.LAST_SPECIALIST: "dossiers.steps_remain",
}


def _holds(guard: Guard, facts: Facts) -> bool:
    match guard:
        case Guard.ON_PAPER:
            return facts.on_paper
        case Guard.LEADERS_AHEAD:
            return facts.leaders_ahead
        case Guard.LAST_LEADER:
            return not facts.leaders_ahead
        case Guard.LAST_SPECIALIST:
            return not facts.specialists_ahead


def _reaches(line: Line, standing: Standing) -> bool:
    match line.reach:
        case Reach.AGENCY:
            return True
        case Reach.UNIT:
            return standing.in_unit
        case Reach.HOLDER:
            return standing.holds


def _objection(line: Line, facts: Facts) -> tuple[_Nearness, str] | None:
    """Return why `line` does not carry, with how near it came; None when it carries."""
    standing = facts.standing
    if line.party not in standing.parties:
        return _Nearness.ROLE, "dossiers.act_not_for_role"
    if line.hat is not None and line.hat not in standing.hats:
        return _Nearness.SEAT, "dossiers.act_not_for_agency"
    if not _reaches(line, standing):
        return (
            _Nearness.REACH,
            "dossiers.not_holder" if line.reach is Reach.HOLDER else "dossiers.not_in_unit",
        )
    if line.guard is not None and not _holds(line.guard, facts):
        return _Nearness.GUARD, _GUARDED[line.guard]
    return None


def may(act: Act, facts: Facts) -> Refusal | None:
    """Return why the actor may not do `act` now, or None. Total: every state, act and actor has an answer."""
    lines = LINES.get((facts.state, act), ())
    named: dict[str, object] = {"act": act, "state": facts.state}
    if not lines:
        return Refusal("dossiers.act_not_in_state", named)
    if facts.standing.own:
        return Refusal("dossiers.own_dossier", named)
    if facts.standing.prepared and act in DECIDING:
        return Refusal("dossiers.own_proposal", named)
    objections = [objection for line in lines if (objection := _objection(line, facts)) is not None]
    if len(objections) < len(lines):
        return None
    _, code = max(objections)
    return Refusal(code, named)


def allowed_acts(facts: Facts) -> tuple[Act, ...]:
    """Return the acts that the actor may do now, in the order of the enumeration: these are the buttons."""
    return tuple(act for act in Act if may(act, facts) is None)


def target(state: State | None, act: Act) -> State:
    """
    Return where `act` leads from `state`.

    Raises: KeyError when the table has no such line; ask `may` first.
    """
    return LINES[state, act][0].to


def ways_out(state: State) -> frozenset[Act]:
    """Return the acts that lead away from `state`."""
    return frozenset(line.act for line in TABLE if line.state is state and line.to is not state)


def is_final(state: State) -> bool:
    """Tell whether nothing can follow."""
    return state in FINAL


def party_that_acts(act: Act, facts: Facts) -> Party:
    """
    Return in which capacity an allowed act is done, for the history.

    Raises: KeyError, StopIteration when the act is not allowed; ask `may` first.
    """
    return next(line.party for line in LINES[facts.state, act] if _objection(line, facts) is None)
