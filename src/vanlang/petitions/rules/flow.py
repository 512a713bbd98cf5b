"""
The one table of petitions: state × act × party → state.

Buttons, refusals, the manual's list and the tests are read from `TABLE`. Time is not a column: lateness is shown and
counted, and no act asks whether a petition is late.

Law: unverified
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from vanlang.kernel.errors import Refusal
from vanlang.petitions.types import NOT_OURS, PetitionAct, PetitionKind, PetitionParty, PetitionState


class _Guard(StrEnum):
    OURS = "ours"
    """Classified as a kind that is handled here."""
    BELONGS_ELSEWHERE = "belongs_elsewhere"
    """Classified as a kind that is not."""
    WAIT_IS_OVER = "wait_is_over"
    """The day until which the sender was asked to answer has passed."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the table asks about a petition and who acts."""

    state: PetitionState | None
    parties: frozenset[PetitionParty]
    kind: PetitionKind | None = None
    own: bool = False
    """The officer is the sender: nobody handles their own petition."""
    drafted: bool = False
    """The officer wrote the answer: nobody approves their own."""
    wait_is_over: bool = False
    against: bool = False
    """The officer is the one complained of: nobody handles what is said about them."""
    against_leader: bool = False
    """The one complained of leads the agency that holds it: it belongs above them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    state: PetitionState | None
    """None: there is no petition yet."""
    act: PetitionAct
    party: PetitionParty
    to: PetitionState
    guard: _Guard | None = None


_S, _A, _P = PetitionState, PetitionAct, PetitionParty
OPEN_FOR_DECISION = (_S.FILED, _S.CLASSIFIED)
ANSWERED = (_S.ANSWERED, _S.PUBLISHED, _S.WITHHELD)
FINAL = frozenset({_S.PUBLISHED, _S.WITHHELD, _S.REFUSED, _S.RETURNED, _S.REFERRED, _S.MERGED})
"""Nothing is owed any more. What was published may still be taken back, what was withheld published."""
BY_THE_SENDER = frozenset({_A.SUPPLEMENT, _A.SAY_SATISFACTION})
BEFORE_IT_GOES_ABOVE = frozenset({_A.CLASSIFY, _A.ROUTE, _A.REISSUE_SECRET})
"""What an agency may still do with a petition about one of its own leaders."""


def _lines(
    act: PetitionAct,
    start: Iterable[PetitionState | None],
    *parties: PetitionParty,
    to: PetitionState | None = None,
    guard: _Guard | None = None,
) -> Iterator[Line]:
    """Yield a line for each state and party; without `to` it stays where it is."""
    for state in start:
        for party in parties:
            target = to or state
            assert target is not None, "an act that creates names its target"  # noqa: S101 - shape of the table
            yield Line(state, act, party, target, guard)


TABLE: tuple[Line, ...] = (
    *_lines(_A.FILE, [None], _P.SENDER, _P.HANDLER, _P.SYSTEM, to=_S.FILED),
    *_lines(_A.CLASSIFY, OPEN_FOR_DECISION, _P.HANDLER, _P.LEADER, to=_S.CLASSIFIED),
    *_lines(_A.ROUTE, OPEN_FOR_DECISION, _P.HANDLER, _P.LEADER),
    *_lines(_A.ASSIGN, [*OPEN_FOR_DECISION, _S.ACCEPTED], _P.HANDLER, _P.LEADER),
    *_lines(_A.ACCEPT, [_S.CLASSIFIED], _P.HANDLER, _P.LEADER, to=_S.ACCEPTED, guard=_Guard.OURS),
    *_lines(_A.REFUSE, [_S.CLASSIFIED], _P.HANDLER, _P.LEADER, to=_S.REFUSED, guard=_Guard.OURS),
    *_lines(_A.RETURN, [_S.CLASSIFIED], _P.HANDLER, _P.LEADER, to=_S.RETURNED, guard=_Guard.OURS),
    *_lines(_A.REFER, [_S.CLASSIFIED], _P.HANDLER, _P.LEADER, to=_S.REFERRED, guard=_Guard.BELONGS_ELSEWHERE),
    *_lines(_A.MERGE, [_S.CLASSIFIED, _S.ACCEPTED], _P.HANDLER, _P.LEADER, to=_S.MERGED, guard=_Guard.OURS),
    *_lines(_A.ASK_SUPPLEMENT, [_S.ACCEPTED], _P.HANDLER, _P.LEADER, to=_S.AWAITING_SENDER),
    *_lines(_A.SUPPLEMENT, [_S.AWAITING_SENDER], _P.SENDER, _P.SYSTEM, to=_S.ACCEPTED),
    *_lines(_A.GO_ON, [_S.AWAITING_SENDER], _P.HANDLER, _P.LEADER, to=_S.ACCEPTED, guard=_Guard.WAIT_IS_OVER),
    *_lines(_A.PROPOSE_ANSWER, [_S.ACCEPTED], _P.HANDLER, to=_S.PROPOSED),
    *_lines(_A.SEND_BACK, [_S.PROPOSED], _P.LEADER, to=_S.ACCEPTED),
    *_lines(_A.APPROVE_ANSWER, [_S.PROPOSED], _P.LEADER, to=_S.ANSWERED),
    *_lines(_A.PUBLISH, [_S.ANSWERED, _S.WITHHELD], _P.HANDLER, _P.LEADER, to=_S.PUBLISHED),
    *_lines(_A.WITHHOLD, [_S.ANSWERED], _P.LEADER, to=_S.WITHHELD),
    *_lines(_A.UNPUBLISH, [_S.PUBLISHED], _P.HANDLER, _P.LEADER, to=_S.WITHHELD),
    *_lines(_A.SAY_SATISFACTION, ANSWERED, _P.SENDER, _P.SYSTEM),
    *_lines(_A.REISSUE_SECRET, _S, _P.HANDLER),
)


def _index() -> Mapping[tuple[PetitionState | None, PetitionAct], tuple[Line, ...]]:
    index: dict[tuple[PetitionState | None, PetitionAct], list[Line]] = {}
    for line in TABLE:
        index.setdefault((line.state, line.act), []).append(line)
    return MappingProxyType({key: tuple(lines) for key, lines in index.items()})


LINES = _index()

_GUARDS: Mapping[_Guard, tuple[Callable[[Facts], bool], str]] = MappingProxyType(
    {
        _Guard.OURS: (
            lambda facts: facts.kind is not None and facts.kind not in NOT_OURS,
            "petitions.belongs_elsewhere",
        ),
        _Guard.BELONGS_ELSEWHERE: (lambda facts: facts.kind in NOT_OURS, "petitions.is_ours"),
        _Guard.WAIT_IS_OVER: (lambda facts: facts.wait_is_over, "petitions.sender_has_time"),
    }
)
"""Each condition, and the refusal when it does not hold."""


def may(act: PetitionAct, facts: Facts) -> Refusal | None:
    """Return why the actor may not do `act` now, or None. Total: every state, act and actor has an answer."""
    named: dict[str, object] = {"act": act, "state": facts.state}
    lines = LINES.get((facts.state, act), ())
    if not lines:
        return Refusal("petitions.act_not_in_state", named)
    mine = [line for line in lines if line.party in facts.parties]
    if not mine:
        return Refusal("petitions.act_not_for_role", named)
    if facts.own and act not in BY_THE_SENDER and act is not _A.FILE:
        return Refusal("petitions.own_petition", named)
    if facts.against and act not in BY_THE_SENDER and act is not _A.FILE:
        return Refusal("petitions.about_you", named)
    if facts.against_leader and act not in BY_THE_SENDER | BEFORE_IT_GOES_ABOVE:
        return Refusal("petitions.about_a_leader", named)
    if facts.drafted and act is _A.APPROVE_ANSWER:
        return Refusal("petitions.own_answer", named)
    guard = mine[0].guard
    if guard is None or _GUARDS[guard][0](facts):
        return None
    return Refusal(_GUARDS[guard][1], named)


def allowed_acts(facts: Facts) -> tuple[PetitionAct, ...]:
    """Return the acts that the actor may do now, in the order of the enumeration: these are the buttons."""
    return tuple(act for act in PetitionAct if may(act, facts) is None)


def target(act: PetitionAct, facts: Facts) -> PetitionState:
    """Return where an allowed act leads. Raises: KeyError, StopIteration when it is not; ask `may` first."""
    return next(line.to for line in LINES[facts.state, act] if line.party in facts.parties)


def party_that_acts(act: PetitionAct, facts: Facts) -> PetitionParty:
    """Return in which capacity an allowed act is done. Raises: KeyError, StopIteration when it is not allowed."""
    return next(line.party for line in LINES[facts.state, act] if line.party in facts.parties)
