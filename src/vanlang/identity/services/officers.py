from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from vanlang.audit.api import ActorRef, record_act
from vanlang.identity.models import Account, Appointment
from vanlang.identity.types import Role
from vanlang.kernel.vietnamese import normalise


@transaction.atomic
def add_officer_account(
    *, username: str, full_name: str, password: str | None = None, email: str = ""
) -> int:
    """Return the account of an officer, made without appointments; made in bulk it has no password until activated."""
    account = Account.objects.filter(username=username.strip().lower()).first()
    if account is None:
        account = Account.objects.create_user(username, password, full_name=normalise(full_name), email=email)
    return account.pk


@transaction.atomic
def appoint(
    *,
    account_id: int,
    agency_id: int,
    unit_id: int,
    title: str,
    roles: Iterable[Role],
    valid_from: dt.date,
    actor: ActorRef,
    at: dt.datetime,
) -> int:
    """Give an account a place in an agency; return the appointment's id."""
    wanted = sorted({role.value for role in roles})
    row = Appointment.objects.create(
        account_id=account_id,
        agency_id=agency_id,
        unit_id=unit_id,
        title=normalise(title),
        roles=wanted,
        valid_from=valid_from,
    )
    record_act(
        act="identity.appoint",
        actor=actor,
        object_type="appointment",
        object_id=row.pk,
        at=at,
        facts={"roles": wanted},
    )
    return row.pk


@transaction.atomic
def end_appointment(*, appointment_id: int, on: dt.date, actor: ActorRef, at: dt.datetime) -> None:
    """End an appointment on a day; what it did stays."""
    Appointment.objects.filter(pk=appointment_id).update(valid_to=on)
    record_act(
        act="identity.end_appointment",
        actor=actor,
        object_type="appointment",
        object_id=appointment_id,
        at=at,
    )
