from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from vanlang.audit.api import record_act
from vanlang.identity.errors import AppointmentError
from vanlang.identity.queries import actor_of, list_appointments
from vanlang.identity.types import NOBODY, Actor
from vanlang.kernel.scope import Scope, acting


@transaction.atomic
def record_sign_in(*, actor: Actor, ways: Sequence[str], at: dt.datetime) -> None:
    """Write that somebody signed in, and by which ways ("password", "mfa", "socialaccount")."""
    _record("identity.sign_in", actor, actor.account_id, at, {"ways": list(ways)})


@transaction.atomic
def record_refused_sign_in(*, account_id: int | None, why: str, at: dt.datetime) -> None:
    """Write that somebody was not let in, and why. What was typed is never written, a known account's id is."""
    _record("identity.sign_in_refused", NOBODY, account_id, at, {"why": why})


@transaction.atomic
def record_sign_out(*, actor: Actor, at: dt.datetime) -> None:
    """Write that somebody signed out."""
    _record("identity.sign_out", actor, actor.account_id, at, {})


@transaction.atomic
def record_second_factor(*, actor: Actor, change: str, at: dt.datetime) -> None:
    """Write that a second factor was "activated", "deactivated", "codes_renewed" or "shown" again before an act."""
    _record("identity.second_factor", actor, actor.account_id, at, {"change": change})


@transaction.atomic
def choose_appointment(*, account_id: int, appointment_id: int, at: dt.datetime) -> Actor:
    """
    Return the actor that one of the account's valid appointments makes; the caller keeps the choice in the session.

    Raises: AppointmentError when the appointment is not the account's, or is over.
    """
    chosen = next((one for one in list_appointments(account_id, at.date()) if one.id == appointment_id), None)
    if chosen is None:
        raise AppointmentError(appointment=appointment_id)
    actor = actor_of(chosen)
    _record("identity.choose_appointment", actor, account_id, at, {"appointment": appointment_id})
    return actor


def _record(
    act: str, actor: Actor, account_id: int | None, at: dt.datetime, facts: dict[str, object]
) -> None:
    with acting(Scope.system()):  # before anybody is anybody, the line is still written
        record_act(
            act=act, actor=actor, object_type="account", object_id=account_id or "", at=at, facts=facts
        )
