"""
What a legal act can run into. Every code has its sentence and what to do now in `labels.py`.

    DossierNotFound      404  there is none, or none for you (the two are told apart nowhere)
    ActNotAllowed        403  your role, agency, unit, or not you who holds it
    ActNotPossible       409  the state of the dossier forbids it now
    ChangedMeanwhile     409  another officer was faster; names who and when
    NotAcceptable        422  what was sent cannot be done as sent
    TooManyTries         429  guessing the second fact of a code
"""

from __future__ import annotations

from typing import ClassVar

from vanlang.kernel.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound, Refusal, refuse_if


class DossierNotFound(NotFound):
    code = "dossiers.not_found"


class ActNotAllowed(NotAllowed):
    code = "dossiers.act_not_for_role"


class ActNotPossible(Conflict):
    code = "dossiers.act_not_in_state"


class ChangedMeanwhile(Conflict):
    code = "dossiers.changed_meanwhile"


class NotAcceptable(Invalid):
    code = "dossiers.not_acceptable"


class TooManyTries(NotAllowed):
    status: ClassVar[int] = 429
    code = "kernel.too_many_attempts"


_ABOUT_WHO = frozenset(
    {
        "dossiers.act_not_for_role",
        "dossiers.act_not_for_agency",
        "dossiers.not_in_unit",
        "dossiers.not_holder",
        "dossiers.not_asked",
        "dossiers.register_not_yours",
        "dossiers.own_dossier",
        "dossiers.own_proposal",
        "dossiers.scans_own_dossier",
        "dossiers.scans_not_for_role",
    }
)


def error_of(refusal: Refusal) -> type[DomainError]:
    """Return 403 for a refusal about who asks, 409 for one about the state of things."""
    return ActNotAllowed if refusal.code in _ABOUT_WHO else ActNotPossible


def refuse_act(refusal: Refusal | None) -> None:
    """Raise the error that a refused act deserves."""
    if refusal is not None:
        refuse_if(refusal, error_of(refusal))
