"""
The paper of an electronic outcome: a second delivery with a road of its own, after the citizen has the file.

    not_wanted ⇄ wanted → ready → handed_over
                                ↘ posted
Nobody prints what nobody wants, and what is printed is not un-wanted: it waits. The clock of the dossier ended at the release.
"""

from __future__ import annotations

from enum import StrEnum

from vanlang.dossiers.rules.states import Party
from vanlang.kernel.errors import Refusal


class PaperState(StrEnum):
    """How far the paper of an electronic outcome is."""

    NOT_WANTED = "not_wanted"
    WANTED = "wanted"
    READY = "ready"
    """Printed, signed and sealed: waits at the counter of return."""
    HANDED_OVER = "handed_over"
    POSTED = "posted"


class PaperAct(StrEnum):
    """What may be done with it."""

    WANT = "want"
    DECLINE = "decline"
    MAKE_READY = "make_ready"
    HAND_OVER = "hand_over"
    POST = "post"


_S, _A = PaperState, PaperAct
_APPLICANT_OR_COUNTER = frozenset({Party.APPLICANT, Party.COUNTER})
TRANSITIONS: dict[tuple[PaperState, PaperAct], PaperState] = {
    (_S.NOT_WANTED, _A.WANT): _S.WANTED,
    (_S.WANTED, _A.DECLINE): _S.NOT_WANTED,
    (_S.WANTED, _A.MAKE_READY): _S.READY,
    (_S.READY, _A.HAND_OVER): _S.HANDED_OVER,
    (_S.READY, _A.POST): _S.POSTED,
}
WHO: dict[PaperAct, frozenset[Party]] = {
    _A.WANT: _APPLICANT_OR_COUNTER,
    _A.DECLINE: _APPLICANT_OR_COUNTER,
    _A.MAKE_READY: frozenset({Party.COUNTER, Party.CLERK}),
    _A.HAND_OVER: frozenset({Party.COUNTER}),
    _A.POST: frozenset({Party.COUNTER}),
}


def may(state: PaperState, act: PaperAct, parties: frozenset[Party]) -> Refusal | None:
    """Say why `act` is not possible in `state`, or not for these parties."""
    if not WHO[act] & parties:
        return Refusal("dossiers.paper_act_not_allowed")
    if (state, act) not in TRANSITIONS:
        return Refusal("dossiers.paper_act_not_possible", {"state": state.value})
    return None


def may_collect(*, receiver: str, is_recipient: bool, authority: str) -> Refusal | None:
    """Say why a paper cannot be handed to somebody: nobody named, or another than the recipient without authorisation."""
    if not receiver.strip():
        return Refusal("dossiers.receiver_missing")
    if not is_recipient and not authority.strip():
        return Refusal("dossiers.collecting_without_authority")
    return None


def allowed(state: PaperState, parties: frozenset[Party]) -> tuple[PaperAct, ...]:
    """Return what these parties may do now, in the order of the road."""
    return tuple(act for act in PaperAct if may(state, act, parties) is None)
