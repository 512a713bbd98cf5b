"""The roads that dossiers of a synthetic province take, with how often each is taken."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from vanlang.dossiers.rules.acts import Act


class Slot(IntEnum):
    """Who does an act, before anybody is named. The number is the place in a list of appointments."""

    APPLICANT = 0
    COUNTER = 1
    """Of the agency that takes in."""
    SPECIALIST = 2
    LEADER = 3
    CLERK = 4
    ADVISER = 5
    """Of the agency that is asked for its opinion."""
    RETURN = 6
    """At the counter that hands over."""


class Front(StrEnum):
    """What happens until it is received."""

    ONLINE = "online"
    COUNTER = "counter"
    COMPLETED = "completed"
    """Filed online, sent back before receipt, and completed."""
    REFUSED = "refused"
    GIVEN_UP = "given_up"
    """Withdrawn online before anybody answered."""


class Desk(StrEnum):
    """How it comes to its specialist."""

    ASSIGNED = "assigned"
    CLAIMED = "claimed"
    GIVEN = "given"
    """Handed over to the unit, then given to one of it by the leader."""


class Middle(StrEnum):
    """What happens while it is worked on."""

    PLAIN = "plain"
    SUPPLEMENT = "supplement"
    ASKED_TWICE = "asked_twice"
    OPINION = "opinion"
    EXTENDED = "extended"
    REWORKED = "reworked"
    OBLIGED = "obliged"
    """Between two phases the citizen must do something first."""
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Stride:
    """One act of a road."""

    act: Act
    by: Slot


@dataclass(frozen=True, slots=True)
class Road:
    """One way through the flow, from filing to an end."""

    front: Front
    desk: Desk = Desk.ASSIGNED
    middle: Middle = Middle.PLAIN
    on_paper: bool = True
    """In which medium the outcome is issued."""

    @property
    def is_filed_online(self) -> bool:
        return self.front is not Front.COUNTER

    @property
    def strides(self) -> tuple[Stride, ...]:
        """The acts, in order."""
        early = _FRONTS[self.front]
        if self.front in {Front.REFUSED, Front.GIVEN_UP}:
            return early
        return early + _DESKS[self.desk] + _MIDDLES[self.middle] + self._end

    @property
    def _end(self) -> tuple[Stride, ...]:
        if self.middle in {Middle.STOPPED, Middle.WITHDRAWN}:
            return ()
        return _END_ON_PAPER if self.on_paper else _END_ELECTRONIC


def _strides(*told: tuple[Act, Slot]) -> tuple[Stride, ...]:
    return tuple(Stride(act, by) for act, by in told)


_A, _S = Act, Slot
_FILED = (_A.SUBMIT, _S.APPLICANT)
_RECEIVED = (_A.RECEIVE, _S.COUNTER)
_PROPOSED = (_A.PROPOSE, _S.SPECIALIST)

_FRONTS: dict[Front, tuple[Stride, ...]] = {
    Front.ONLINE: _strides(_FILED, _RECEIVED),
    Front.COUNTER: _strides((_A.SUBMIT, _S.COUNTER), _RECEIVED),
    Front.COMPLETED: _strides(
        _FILED, (_A.REQUEST_SUPPLEMENT, _S.COUNTER), (_A.ANSWER_SUPPLEMENT, _S.APPLICANT), _RECEIVED
    ),
    Front.REFUSED: _strides(_FILED, (_A.REFUSE, _S.COUNTER)),
    Front.GIVEN_UP: _strides(_FILED, (_A.WITHDRAW, _S.APPLICANT)),
}
_DESKS: dict[Desk, tuple[Stride, ...]] = {
    Desk.ASSIGNED: _strides((_A.ASSIGN, _S.LEADER)),
    Desk.CLAIMED: _strides((_A.HAND_OVER, _S.COUNTER), (_A.CLAIM, _S.SPECIALIST)),
    Desk.GIVEN: _strides((_A.HAND_OVER, _S.COUNTER), (_A.ASSIGN, _S.LEADER)),
}
_ASKED = _strides((_A.REQUEST_SUPPLEMENT, _S.SPECIALIST), (_A.ANSWER_SUPPLEMENT, _S.APPLICANT))
_MIDDLES: dict[Middle, tuple[Stride, ...]] = {
    Middle.PLAIN: (),
    Middle.SUPPLEMENT: _ASKED,
    Middle.ASKED_TWICE: _ASKED
    + _strides(
        (_A.PROPOSE_SUPPLEMENT, _S.SPECIALIST),
        (_A.APPROVE_SUPPLEMENT, _S.LEADER),
        (_A.ANSWER_SUPPLEMENT, _S.APPLICANT),
    ),
    Middle.OPINION: _strides((_A.CONSULT, _S.SPECIALIST), (_A.GIVE_OPINION, _S.ADVISER)),
    Middle.EXTENDED: _strides((_A.EXTEND, _S.LEADER)),
    Middle.REWORKED: _strides(_PROPOSED, (_A.RETURN_FOR_REWORK, _S.LEADER)),
    Middle.OBLIGED: _strides((_A.CLOSE_PHASE, _S.SPECIALIST), (_A.FULFIL_OBLIGATION, _S.COUNTER)),
    Middle.STOPPED: _strides((_A.STOP, _S.LEADER)),
    Middle.WITHDRAWN: _strides((_A.WITHDRAW, _S.APPLICANT)),
}
_AGREED = (_PROPOSED, (_A.APPROVE, _S.LEADER))
_ISSUED = ((_A.RELEASE, _S.CLERK), (_A.DELIVER, _S.RETURN))
_END_ON_PAPER = _strides(*_AGREED, *_ISSUED)
_END_ELECTRONIC = _strides(*_AGREED, (_A.SIGN, _S.LEADER), *_ISSUED)

FRONT_SHARES = {
    Front.ONLINE: 640, Front.COUNTER: 290, Front.COMPLETED: 32, Front.REFUSED: 30, Front.GIVEN_UP: 8,
}  # fmt: skip
DESK_SHARES = {Desk.ASSIGNED: 40, Desk.CLAIMED: 45, Desk.GIVEN: 15}
MIDDLE_SHARES = {
    Middle.PLAIN: 832, Middle.SUPPLEMENT: 60, Middle.ASKED_TWICE: 4, Middle.OPINION: 28, Middle.EXTENDED: 36,
    Middle.REWORKED: 18, Middle.STOPPED: 12, Middle.WITHDRAWN: 10,
}  # fmt: skip
"""Out of a thousand. Assumed, not measured: nobody publishes how often a dossier is sent back."""
