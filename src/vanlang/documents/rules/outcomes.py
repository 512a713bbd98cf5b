"""
What may be done with an outcome, and what it is afterwards: one table.

Number and day are fixed at the leader's signature, because a signed PDF can never be written into again; the
registry clerk's release then checks the signature and puts it in force (docs/adr/0008).
"""

from __future__ import annotations

from typing import Final

from vanlang.documents.types import OutcomeAct, OutcomeState
from vanlang.kernel.errors import Refusal

_S, _A = OutcomeState, OutcomeAct
TRANSITIONS: Final[dict[tuple[OutcomeState, OutcomeAct], OutcomeState]] = {
    (_S.DRAFT, _A.REVISE): _S.DRAFT,
    (_S.DRAFT, _A.NUMBER): _S.NUMBERED,
    (_S.NUMBERED, _A.ATTACH_SIGNED): _S.SIGNED,
    (_S.NUMBERED, _A.VOID): _S.VOID,
    (_S.SIGNED, _A.RELEASE): _S.RELEASED,
    (_S.SIGNED, _A.VOID): _S.VOID,
}


def may(state: OutcomeState, act: OutcomeAct) -> Refusal | None:
    """Say why `act` is not possible in `state`."""
    if (state, act) in TRANSITIONS:
        return None
    return Refusal("documents.act_not_possible", {"state": state.value, "act": act.value})


def continues(prepared: bytes, signed: bytes) -> Refusal | None:
    """
    Say why `signed` is not the signature of `prepared`.

    A PDF is signed by appending to it: what was numbered is, byte for byte, the beginning of what was signed.
    """
    if not signed.startswith(prepared):
        return Refusal("documents.signed_other_content")
    if b"/ByteRange" not in signed[len(prepared) :]:
        return Refusal("documents.not_signed")
    return None
