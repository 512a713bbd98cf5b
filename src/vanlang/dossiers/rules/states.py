"""
Where a dossier can be: one row per state, saying who must act next, where it lies, and which clock runs.

Owner, clock and next step are columns of this table and not code elsewhere, so "every open dossier has an
owner, a clock and a next step" can be proved for states once (tests) and for rows by one command.
The national code is what the national portal is told; a state without one is never reported.

Law: unverified
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a dossier is. Finer than the ten national codes: the house must know who holds it."""

    DRAFT = "draft"
    """Still being written by the citizen; the app `intake` holds it, no row exists here."""
    SUBMITTED = "submitted"
    """Filed; the counter must receive, refuse or ask for what is missing."""
    AWAITING_COMPLETION = "awaiting_completion"
    """Sent back before receipt with everything that is missing; no time limit runs yet."""
    RECEIVED = "received"
    """Has a code and an appointment; still at the counter."""
    REFUSED = "refused"
    HANDED_OVER = "handed_over"
    """In the tray of a unit: anybody of the unit may claim it, a leader may assign it."""
    IN_PROGRESS = "in_progress"
    """Held by one specialist by name."""
    AWAITING_SUPPLEMENT = "awaiting_supplement"
    """Waits for the citizen after receipt: the time limit pauses."""
    AWAITING_OPINION = "awaiting_opinion"
    """Waits for another agency: the time limit pauses."""
    AWAITING_OBLIGATION = "awaiting_obligation"
    """Between two phases: the citizen must fulfil an obligation, the time limit pauses."""
    PROPOSED = "proposed"
    """A draft outcome lies before the leader."""
    APPROVED = "approved"
    """The leader agreed; the outcome is not signed yet."""
    SIGNED = "signed"
    """Signed, and not yet numbered and issued by the registry clerk."""
    RELEASED = "released"
    """The outcome is issued; the counter must hand it to the citizen."""
    DELIVERED = "delivered"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"


class Party(StrEnum):
    """In which capacity somebody acts on a dossier."""

    APPLICANT = "applicant"
    """The applicant, or who filed for the applicant."""
    COUNTER = "counter"
    SPECIALIST = "specialist"
    LEADER = "leader"
    CLERK = "clerk"
    SYSTEM = "system"
    """The house itself, by a scheduled job: only where the law needs no judgement."""


class Hat(StrEnum):
    """Why an agency sits at a dossier. Intake, competence and return are three different facts."""

    INTAKE = "intake"
    COMPETENT = "competent"
    OPINION = "opinion"
    RETURN = "return"


class Clock(StrEnum):
    """Which time is counted."""

    NONE = "none"
    ANSWER = "answer"
    """Time for the counter to answer a filing."""
    LIMIT = "limit"
    """The procedure's time limit: `due_at`."""
    PAUSED = "paused"
    """Nothing counts against the agency: it waits for the citizen or for another agency. Internal reasons never pause."""
    COLLECTION = "collection"
    """The outcome waits to be fetched; no limit, but the days are shown."""


class NationalCode(StrEnum):
    """Status codes of the national public service portal (TrangThaiHoSo)."""

    REGISTERED = "1"
    RECEIVED = "2"
    REFUSED = "3"
    PROCESSING = "4"
    SUPPLEMENT = "5"
    PAYMENT = "6"
    """No state maps here yet: fees come with the app `payments`."""
    WITHDRAWN = "7"
    STOPPED = "8"
    FINISHED = "9"
    DELIVERED = "10"


@dataclass(frozen=True, slots=True)
class Nature:
    """One row of the table below."""

    national: NationalCode | None
    waits_for: Party | None
    """Who must act next; None in a final state."""
    lies_at: Hat | None
    """The agency at which it lies, by the hat it wears; None in a final state."""
    clock: Clock


_N, _P, _H, _C = NationalCode, Party, Hat, Clock
_FINAL = (None, None, Clock.NONE)

NATURE: dict[State, Nature] = {
    State.DRAFT: Nature(None, _P.APPLICANT, None, _C.NONE),
    State.SUBMITTED: Nature(_N.REGISTERED, _P.COUNTER, _H.INTAKE, _C.ANSWER),
    State.AWAITING_COMPLETION: Nature(_N.SUPPLEMENT, _P.APPLICANT, _H.INTAKE, _C.PAUSED),
    State.RECEIVED: Nature(_N.RECEIVED, _P.COUNTER, _H.INTAKE, _C.LIMIT),
    State.REFUSED: Nature(_N.REFUSED, *_FINAL),
    State.HANDED_OVER: Nature(_N.PROCESSING, _P.SPECIALIST, _H.COMPETENT, _C.LIMIT),
    State.IN_PROGRESS: Nature(_N.PROCESSING, _P.SPECIALIST, _H.COMPETENT, _C.LIMIT),
    State.AWAITING_SUPPLEMENT: Nature(_N.SUPPLEMENT, _P.APPLICANT, _H.COMPETENT, _C.PAUSED),
    State.AWAITING_OPINION: Nature(_N.PROCESSING, _P.SPECIALIST, _H.OPINION, _C.PAUSED),
    State.AWAITING_OBLIGATION: Nature(_N.PROCESSING, _P.APPLICANT, _H.COMPETENT, _C.PAUSED),
    State.PROPOSED: Nature(_N.PROCESSING, _P.LEADER, _H.COMPETENT, _C.LIMIT),
    State.APPROVED: Nature(_N.PROCESSING, _P.LEADER, _H.COMPETENT, _C.LIMIT),
    State.SIGNED: Nature(_N.PROCESSING, _P.CLERK, _H.COMPETENT, _C.LIMIT),
    State.RELEASED: Nature(_N.FINISHED, _P.COUNTER, _H.RETURN, _C.COLLECTION),
    State.DELIVERED: Nature(_N.DELIVERED, *_FINAL),
    State.STOPPED: Nature(_N.STOPPED, *_FINAL),
    State.WITHDRAWN: Nature(_N.WITHDRAWN, *_FINAL),
}

FINAL = frozenset(state for state, nature in NATURE.items() if nature.waits_for is None)
OPEN = frozenset(State) - FINAL - {State.DRAFT}
PAUSED = frozenset(state for state, nature in NATURE.items() if nature.clock is Clock.PAUSED)
UNFINISHED = OPEN - {State.RELEASED}
"""The agency still owes an outcome: only these can be late and growing later."""


def waits_for(state: State, *, on_paper: bool = False) -> Party | None:
    """
    Return who must act next.

    An approved outcome on paper was signed with ink, so it waits for the clerk; every other answer is the table's.
    """
    if state is State.APPROVED and on_paper:
        return Party.CLERK
    return NATURE[state].waits_for


def national_code(state: State) -> NationalCode | None:
    """Return the code the national portal is told, or None when the state is the house's own."""
    return NATURE[state].national
