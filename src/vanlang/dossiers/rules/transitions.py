"""
The one table of the flow: state × act × actor → state.

Buttons, refusals, the diagram, the manual's page and the tests are all read from `TABLE`. A line says: in this
state, this act may be done by this party, whose agency wears this hat, reaching this far; the dossier is then there.
Time is not a column: lateness warns and counts, and no act asks whether a dossier is late.

Law: unverified
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
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
    ASKED = "asked"
    """Of a unit whose opinion is awaited."""


class Guard(StrEnum):
    """A condition of an act that is no question of who."""

    ON_PAPER = "on_paper"
    """The outcome is a paper signed with ink; an electronic one must be signed electronically first."""
    LEADERS_AHEAD = "leaders_ahead"
    """The process names a higher leader after this one."""
    LAST_LEADER = "last_leader"
    LAST_SPECIALIST = "last_specialist"
    """Every specialist's step of the process is done."""
    LAST_PHASE = "last_phase"
    """No phase follows in which the citizen must do something first."""
    PHASE_AHEAD = "phase_ahead"
    OPINIONS_IN = "opinions_in"
    """No opinion is awaited any more: given, or gone on without."""
    OPINION_AWAITED = "opinion_awaited"
    LAST_OUTSIDE = "last_outside"
    """With this one, no other agency's opinion is awaited."""
    MORE_OUTSIDE = "more_outside"
    """Another agency's opinion is awaited still."""
    FIRST_REQUEST = "first_request"
    """The citizen was not asked for supplements before."""
    ASKED_BEFORE = "asked_before"
    SUPPLEMENT_PROPOSED = "supplement_proposed"
    """A second request lies before the leader."""
    NO_SUPPLEMENT_PROPOSED = "no_supplement_proposed"
    APOLOGY_DRAFTED = "apology_drafted"
    """The house drafted an apology for the appointment that will not be kept."""
    CORRECTING = "correcting"
    """An issued outcome is being corrected."""
    NOT_CORRECTING = "not_correcting"
    WAS_DELIVERED = "was_delivered"
    """The outcome that is being corrected was handed to the citizen."""
    WAS_NOT_DELIVERED = "was_not_delivered"
    IN_FORCE = "in_force"
    """The issued outcome was not revoked."""


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
    asked: bool = False
    """The officer's unit was asked for its opinion by another one of the same agency."""


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
    phases_ahead: bool = False
    """The process names a phase after the present one."""
    opinion_awaited: bool = False
    """Somebody was asked and neither answered nor was given up."""
    more_outside: bool = False
    """When this act is done, another agency's opinion is awaited still."""
    asked_before: bool = False
    """The citizen was asked for supplements before."""
    supplement_proposed: bool = False
    apology_drafted: bool = False
    correcting: bool = False
    delivered: bool = False
    revoked: bool = False


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
    guards: tuple[Guard, ...] = ()
    """All of them must hold. Where an act from a state leads to two places, guards that exclude each other choose."""


def _lines(
    act: Act,
    start: Iterable[State | None],
    *who: tuple[Party, Hat | None, Reach],
    to: State | None,
    guards: tuple[Guard, ...] = (),
) -> Iterator[Line]:
    """Yield a line for each state and each party; `to=None` stays where it is."""
    for state in start:
        for party, hat, reach in who:
            target = to or state
            assert target is not None, "an act that creates names its target"  # noqa: S101 - shape of the table
            yield Line(state, act, party, hat, reach, target, guards)


_S, _G = State, Guard
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
_ASKED = (Party.SPECIALIST, Hat.COMPETENT, Reach.ASKED)
_ASKED_COUNTER = (Party.COUNTER, Hat.COMPETENT, Reach.ASKED)
_ASKED_LEADER = (Party.LEADER, Hat.COMPETENT, Reach.ASKED)
_ASKED_CLERK = (Party.CLERK, Hat.COMPETENT, Reach.ASKED)
_ASKED_UNIT = (_ASKED, _ASKED_LEADER, _ASKED_COUNTER, _ASKED_CLERK)

_AT_COUNTER = (_S.SUBMITTED, _S.AWAITING_COMPLETION)
_UNDER_LIMIT = tuple(state for state in State if state in UNFINISHED and state not in _AT_COUNTER)
_UNSIGNED = tuple(state for state in State if state in UNFINISHED and state is not _S.SIGNED)
_ISSUED = (_S.RELEASED, _S.DELIVERED)
_WHILE_ASKED = (_S.HANDED_OVER, _S.IN_PROGRESS, _S.AWAITING_SUPPLEMENT, _S.AWAITING_OBLIGATION)
"""Where a unit of the same agency may answer: its opinion keeps the dossier back only from being proposed."""
_REDOING = (_S.HANDED_OVER, _S.IN_PROGRESS, _S.PROPOSED)

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
    *_lines(
        Act.REQUEST_SUPPLEMENT, [_S.IN_PROGRESS], _HOLDER,
        to=_S.AWAITING_SUPPLEMENT, guards=(_G.FIRST_REQUEST,),
    ),
    *_lines(
        Act.PROPOSE_SUPPLEMENT, [_S.IN_PROGRESS], _HOLDER,
        to=None, guards=(_G.ASKED_BEFORE, _G.NO_SUPPLEMENT_PROPOSED),
    ),
    *_lines(
        Act.APPROVE_SUPPLEMENT, [_S.IN_PROGRESS], _LEADER,
        to=_S.AWAITING_SUPPLEMENT, guards=(_G.SUPPLEMENT_PROPOSED,),
    ),
    *_lines(Act.DECLINE_SUPPLEMENT, [_S.IN_PROGRESS], _LEADER, to=None, guards=(_G.SUPPLEMENT_PROPOSED,)),
    *_lines(Act.ANSWER_SUPPLEMENT, [_S.AWAITING_SUPPLEMENT], _APPLICANT, _COUNTER, to=_S.IN_PROGRESS),
    *_lines(Act.CONSULT, [_S.IN_PROGRESS, _S.AWAITING_OPINION], _HOLDER, to=_S.AWAITING_OPINION),
    *_lines(Act.CONSULT_UNIT, [_S.IN_PROGRESS, _S.AWAITING_OPINION], _HOLDER, to=None),
    *(
        line
        for to, guard in ((_S.IN_PROGRESS, _G.LAST_OUTSIDE), (_S.AWAITING_OPINION, _G.MORE_OUTSIDE))
        for line in (
            *_lines(
                Act.GIVE_OPINION, [_S.AWAITING_OPINION], _CONSULTED, _CONSULTED_LEADER, _HOLDER, *_ASKED_UNIT,
                to=to, guards=(guard,),
            ),
            *_lines(Act.FORGO_OPINION, [_S.AWAITING_OPINION], _HOLDER, _LEADER, to=to, guards=(guard,)),
        )
    ),
    *_lines(Act.GIVE_OPINION, _WHILE_ASKED, *_ASKED_UNIT, to=None, guards=(_G.OPINION_AWAITED,)),
    *_lines(Act.GIVE_OPINION, [_S.IN_PROGRESS], _HOLDER, to=None, guards=(_G.OPINION_AWAITED,)),
    *_lines(Act.FORGO_OPINION, [_S.IN_PROGRESS], _HOLDER, _LEADER, to=None, guards=(_G.OPINION_AWAITED,)),
    *_lines(
        Act.CLOSE_PHASE, [_S.IN_PROGRESS], _HOLDER,
        to=_S.AWAITING_OBLIGATION, guards=(_G.PHASE_AHEAD, _G.OPINIONS_IN),
    ),
    *_lines(Act.FULFIL_OBLIGATION, [_S.AWAITING_OBLIGATION], _COUNTER, to=_S.IN_PROGRESS),
    # deciding
    *_lines(
        Act.PROPOSE, [_S.IN_PROGRESS], _HOLDER,
        to=_S.PROPOSED, guards=(_G.LAST_SPECIALIST, _G.LAST_PHASE, _G.OPINIONS_IN),
    ),
    *_lines(Act.ENDORSE, [_S.PROPOSED], _LEADER, to=_S.PROPOSED, guards=(_G.LEADERS_AHEAD,)),
    *_lines(Act.APPROVE, [_S.PROPOSED], _LEADER, to=_S.APPROVED, guards=(_G.LAST_LEADER,)),
    *_lines(Act.RETURN_FOR_REWORK, [_S.PROPOSED, _S.APPROVED], _LEADER, to=_S.IN_PROGRESS),
    *_lines(Act.RETURN_FOR_REWORK, [_S.SIGNED], _LEADER, _CLERK, to=_S.IN_PROGRESS),
    *_lines(Act.SIGN, [_S.APPROVED], _LEADER, to=_S.SIGNED),
    *_lines(Act.RELEASE, [_S.APPROVED], _CLERK, to=_S.RELEASED, guards=(_G.ON_PAPER,)),
    *_lines(Act.RELEASE, [_S.SIGNED], _CLERK, to=_S.RELEASED),
    *_lines(Act.DELIVER, [_S.RELEASED], _COUNTER_OF_RETURN, _APPLICANT, _SYSTEM, to=_S.DELIVERED),
    # under way in another system: where it enters is what that system says (services/adopting.py)
    *_lines(Act.ADOPT, [None], _SYSTEM, to=_S.SUBMITTED),
    # leaving the straight road
    *_lines(
        Act.EXPLAIN_DELAY, [_S.IN_PROGRESS, _S.AWAITING_OPINION], _HOLDER, to=None, guards=(_G.APOLOGY_DRAFTED,)
    ),
    *_lines(Act.DROP_APOLOGY, _UNDER_LIMIT, _LEADER, to=None, guards=(_G.APOLOGY_DRAFTED,)),
    *_lines(Act.EXTEND, _UNDER_LIMIT, _LEADER, to=None),
    *_lines(Act.STOP, _UNDER_LIMIT, _LEADER, to=_S.STOPPED, guards=(_G.NOT_CORRECTING,)),
    *_lines(
        Act.WITHDRAW, _UNSIGNED, _APPLICANT, _COUNTER, to=_S.WITHDRAWN, guards=(_G.NOT_CORRECTING,)
    ),
    # after the end: only the agency's own error, and only what it issued
    *_lines(Act.REOPEN, _ISSUED, _LEADER, to=_S.IN_PROGRESS),
    *_lines(Act.REVOKE, _ISSUED, _LEADER, to=None, guards=(_G.IN_FORCE,)),
    *_lines(
        Act.KEEP_OUTCOME, _REDOING, _LEADER, to=_S.DELIVERED, guards=(_G.CORRECTING, _G.WAS_DELIVERED)
    ),
    *_lines(
        Act.KEEP_OUTCOME, _REDOING, _LEADER, to=_S.RELEASED, guards=(_G.CORRECTING, _G.WAS_NOT_DELIVERED)
    ),
    # whoever had it is gone: the house moves it on an officer's order (rules/transfer.py)
    *_lines(Act.TRANSFER, [*_AT_COUNTER, *_UNDER_LIMIT, _S.RELEASED], _SYSTEM, to=None),
    *_lines(Act.HAND_OVER, [_S.IN_PROGRESS], _SYSTEM, to=_S.HANDED_OVER),
    *_lines(Act.RETURN_FOR_REWORK, [_S.PROPOSED, _S.APPROVED, _S.SIGNED], _SYSTEM, to=_S.IN_PROGRESS),
)  # fmt: skip


def _index() -> Mapping[tuple[State | None, Act], tuple[Line, ...]]:
    index: dict[tuple[State | None, Act], list[Line]] = {}
    for line in TABLE:
        index.setdefault((line.state, line.act), []).append(line)
    return MappingProxyType({key: tuple(lines) for key, lines in index.items()})


LINES = _index()


DECIDING = frozenset({Act.ENDORSE, Act.APPROVE, Act.SIGN, Act.APPROVE_SUPPLEMENT})
"""Acts of the one who decides, which the one who prepared may not do."""


class _Nearness(IntEnum):
    """Which refusal tells most: the one that came nearest to a yes."""

    ROLE = 1
    SEAT = 2
    REACH = 3
    GUARD = 4


Test = Callable[[Facts], bool]

GUARDS: Mapping[Guard, tuple[Test, str]] = MappingProxyType(
    {
        Guard.ON_PAPER: (lambda facts: facts.on_paper, "dossiers.not_signed"),
        Guard.LEADERS_AHEAD: (lambda facts: facts.leaders_ahead, "dossiers.no_higher_leader"),
        Guard.LAST_LEADER: (lambda facts: not facts.leaders_ahead, "dossiers.endorse_first"),
        Guard.LAST_SPECIALIST: (lambda facts: not facts.specialists_ahead, "dossiers.steps_remain"),
        Guard.LAST_PHASE: (lambda facts: not facts.phases_ahead, "dossiers.phase_remains"),
        Guard.PHASE_AHEAD: (lambda facts: facts.phases_ahead, "dossiers.no_phase_follows"),
        Guard.OPINIONS_IN: (lambda facts: not facts.opinion_awaited, "dossiers.opinions_awaited"),
        Guard.OPINION_AWAITED: (lambda facts: facts.opinion_awaited, "dossiers.no_opinion_awaited"),
        Guard.LAST_OUTSIDE: (lambda facts: not facts.more_outside, "dossiers.opinions_awaited"),
        Guard.MORE_OUTSIDE: (lambda facts: facts.more_outside, "dossiers.no_opinion_awaited"),
        Guard.FIRST_REQUEST: (lambda facts: not facts.asked_before, "dossiers.supplement_needs_leader"),
        Guard.ASKED_BEFORE: (lambda facts: facts.asked_before, "dossiers.supplement_first_is_free"),
        Guard.SUPPLEMENT_PROPOSED: (
            lambda facts: facts.supplement_proposed,
            "dossiers.no_supplement_proposed",
        ),
        Guard.NO_SUPPLEMENT_PROPOSED: (
            lambda facts: not facts.supplement_proposed,
            "dossiers.supplement_proposed_already",
        ),
        Guard.APOLOGY_DRAFTED: (lambda facts: facts.apology_drafted, "dossiers.no_apology_drafted"),
        Guard.CORRECTING: (lambda facts: facts.correcting, "dossiers.not_correcting"),
        Guard.NOT_CORRECTING: (lambda facts: not facts.correcting, "dossiers.correcting"),
        Guard.WAS_DELIVERED: (lambda facts: facts.delivered, "dossiers.not_correcting"),
        Guard.WAS_NOT_DELIVERED: (lambda facts: not facts.delivered, "dossiers.not_correcting"),
        Guard.IN_FORCE: (lambda facts: not facts.revoked, "dossiers.revoked_already"),
    }
)
"""Each condition, and the refusal when it does not hold."""


def _reaches(line: Line, standing: Standing) -> bool:
    match line.reach:
        case Reach.AGENCY:
            return True
        case Reach.UNIT:
            return standing.in_unit
        case Reach.HOLDER:
            return standing.holds
        case Reach.ASKED:
            return standing.asked


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
            _TOO_FAR[line.reach],
        )
    broken = next((code for holds, code in map(GUARDS.__getitem__, line.guards) if not holds(facts)), None)
    return None if broken is None else (_Nearness.GUARD, broken)


_TOO_FAR = {
    Reach.UNIT: "dossiers.not_in_unit",
    Reach.HOLDER: "dossiers.not_holder",
    Reach.ASKED: "dossiers.not_asked",
}


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


def target(act: Act, facts: Facts) -> State:
    """
    Return where an allowed act leads.

    Raises: KeyError, StopIteration when the act is not allowed; ask `may` first.
    """
    return next(line.to for line in LINES[facts.state, act] if _objection(line, facts) is None)


def ways_out(state: State) -> frozenset[Act]:
    """Return the acts that can lead away from `state`."""
    return frozenset(line.act for line in TABLE if line.state is state and line.to is not state)


def is_final(state: State) -> bool:
    """Tell whether nothing is owed any more. Only the correction of an issued outcome can follow."""
    return state in FINAL


def party_that_acts(act: Act, facts: Facts) -> Party:
    """
    Return in which capacity an allowed act is done, for the history.

    Raises: KeyError, StopIteration when the act is not allowed; ask `may` first.
    """
    return next(line.party for line in LINES[facts.state, act] if _objection(line, facts) is None)
