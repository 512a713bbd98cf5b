from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from vanlang.audit.api import record_act
from vanlang.identity.errors import (
    SubstitutionError,
    SubstitutionNotAcceptableError,
    SubstitutionNotAllowedError,
)
from vanlang.identity.models import Appointment, Substitution
from vanlang.identity.rules.substitution import Place, may_set, may_substitute, roles_that_pass
from vanlang.identity.types import Actor, Role
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.errors import refuse_if
from vanlang.kernel.vietnamese import normalise

_CHAINED = "substitution_chains"


def appoint_substitute(
    *,
    absent_id: int,
    substitute_id: int,
    valid_from: dt.date,
    valid_to: dt.date,
    actor: Actor,
    at: dt.datetime,
    reason: str = "",
    decision: str = "",
    decided_on: dt.date | None = None,
) -> int:
    """
    Let an officer stand in for a colleague from a day until another; return the substitution's id.

    Raises: SubstitutionNotAllowedError, SubstitutionNotAcceptableError, SubstitutionError when the days are taken.
    """
    try:
        with transaction.atomic():
            today = at.astimezone(VIETNAM).date()
            absent, substitute = _place(absent_id, today), _place(substitute_id, today)
            set_by_id = _check_setter(absent, actor)
            refusal = may_substitute(
                absent,
                substitute,
                valid_from=valid_from,
                valid_to=valid_to,
                today=today,
                decision=decision,
                decided_on=decided_on,
            )
            refuse_if(refusal, SubstitutionNotAcceptableError)
            row = Substitution.objects.create(
                agency_id=absent.agency_id,
                absent_id=absent_id,
                substitute_id=substitute_id,
                roles=sorted(roles_that_pass(absent, substitute, decision=decision if decided_on else "")),
                valid_from=valid_from,
                valid_to=valid_to,
                reason=normalise(reason),
                decision=normalise(decision),
                decided_on=decided_on if decision.strip() else None,
                set_by_id=set_by_id,
                set_at=at,
            )
            facts = {
                "absent": absent_id,
                "substitute": substitute_id,
                "roles": row.roles,
                "decision": row.decision,
            }
            _record("identity.appoint_substitute", row.pk, actor, at, facts)
            return row.pk
    except IntegrityError as error:
        code = "identity.substitution_chains" if _CHAINED in str(error) else "identity.substitution_overlaps"
        raise SubstitutionError(code) from None


@transaction.atomic
def end_substitution(*, substitution_id: int, actor: Actor, at: dt.datetime) -> None:
    """
    End a substitution today; one that has not begun is taken back.

    Raises: SubstitutionNotAllowedError, SubstitutionError("identity.substitution_over").
    """
    today = at.astimezone(VIETNAM).date()
    rows = Substitution.objects.select_for_update(of=("self",)).select_related("absent")
    row = rows.filter(pk=substitution_id, cancelled_at__isnull=True, valid_to__gt=today).first()
    if row is None:
        raise SubstitutionError("identity.substitution_over")
    _check_setter(_place_of(row.absent), actor)
    if row.valid_from < today:
        row.valid_to = today
    else:
        row.cancelled_at = at
    row.save(update_fields=["valid_to", "cancelled_at"])
    _record("identity.end_substitution", row.pk, actor, at, {"valid_to": row.valid_to.isoformat()})


def _check_setter(absent: Place, actor: Actor) -> int:
    refusal = may_set(
        absent=absent, agency_id=actor.agency_id, appointment_id=actor.appointment_id, roles=actor.roles
    )
    refuse_if(refusal, SubstitutionNotAllowedError)
    assert actor.appointment_id is not None  # noqa: S101 - only officers pass
    return actor.appointment_id


def _place(appointment_id: int, on: dt.date) -> Place:
    row = Appointment.objects.filter(pk=appointment_id, valid_from__lte=on, account__is_active=True).first()
    if row is None or (row.valid_to is not None and row.valid_to <= on):
        raise SubstitutionNotAcceptableError
    return _place_of(row)


def _place_of(row: Appointment) -> Place:
    return Place(row.pk, row.agency_id, frozenset(Role(role) for role in row.roles))


def _record(act: str, substitution_id: int, actor: Actor, at: dt.datetime, facts: dict[str, object]) -> None:
    record_act(
        act=act, actor=actor, object_type="substitution", object_id=substitution_id, at=at, facts=facts
    )
