"""
Officers as a list: accounts and appointments written in bulk, brought up to date, taken away again.

An enrolment is one line of a staff list: who, where, as what, from when. Accounts made here have no password; their
owners set one by an activation (services/activation.py).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import ProtectedError

from vanlang.audit.api import ActorRef, record_act, record_acts
from vanlang.identity.errors import AppointmentError
from vanlang.identity.models import Account, Appointment
from vanlang.identity.types import Role
from vanlang.kernel.vietnamese import normalise


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """One line of a staff list."""

    username: str
    full_name: str
    agency_id: int
    unit_id: int
    title: str
    roles: frozenset[Role]
    valid_from: dt.date
    valid_to: dt.date | None = None
    email: str = ""


@transaction.atomic
def enrol(*, enrolments: Sequence[Enrolment], actor: ActorRef, at: dt.datetime) -> list[int]:
    """Give every line its account (made when it is not there) and its appointment; return the appointments' ids."""
    accounts = _accounts_for(enrolments)
    rows = Appointment.objects.bulk_create(
        [
            Appointment(
                account_id=accounts[_name(one.username)],
                agency_id=one.agency_id,
                unit_id=one.unit_id,
                title=normalise(one.title),
                roles=sorted(role.value for role in one.roles),
                valid_from=one.valid_from,
                valid_to=one.valid_to,
            )
            for one in enrolments
        ],
        batch_size=1000,
    )
    lines = [(row.pk, {"roles": row.roles}) for row in rows]
    record_acts(act="identity.appoint", actor=actor, object_type="appointment", lines=lines, at=at)
    return [row.pk for row in rows]


@transaction.atomic
def amend_enrolment(*, appointment_id: int, to: Enrolment, actor: ActorRef, at: dt.datetime) -> int:
    """
    Bring an appointment to what a staff list says; return the appointment that holds from now on.

    Other roles, another unit or title make a new appointment from today on, and the old one ends: what was done keeps
    the title that it was done with. An appointment that begins today or later is corrected in place. Account facts
    (name, e-mail) change at once.

    Raises: AppointmentError when there is no such appointment.
    """
    row = Appointment.objects.select_for_update(of=("self",)).filter(pk=appointment_id).first()
    if row is None:
        raise AppointmentError(appointment=appointment_id)
    Account.objects.filter(pk=row.account_id).update(
        full_name=normalise(to.full_name), email=to.email.strip()
    )
    roles, today = sorted(role.value for role in to.roles), at.date()
    moved = (row.unit_id, row.title, row.roles) != (to.unit_id, normalise(to.title), roles)
    if moved and row.valid_from < today and (row.valid_to is None or row.valid_to > today):
        row.valid_to = today
        row.save(update_fields=["valid_to"])
        row = Appointment(account_id=row.account_id, agency_id=row.agency_id, valid_from=today)
    elif moved or row.valid_from > today:
        row.valid_from = to.valid_from
    row.unit_id, row.title, row.roles, row.valid_to = to.unit_id, normalise(to.title), roles, to.valid_to
    row.save()
    record_act(
        act="identity.amend_appointment", actor=actor, object_type="appointment", object_id=row.pk, at=at,
        facts={"roles": roles, "was": appointment_id},
    )  # fmt: skip
    return row.pk


@transaction.atomic
def discard_enrolment(*, appointment_id: int, actor: ActorRef, at: dt.datetime) -> None:
    """
    Take away an appointment made by mistake, and its account when nothing else hangs on it and nobody signed in with it.

    Raises: AppointmentError("identity.appointment_in_use") when the officer has acted: end the appointment instead.
    """
    row = Appointment.objects.select_related("account").filter(pk=appointment_id).first()
    if row is None:
        raise AppointmentError(appointment=appointment_id)
    account = row.account
    if account.last_login is not None:
        raise AppointmentError("identity.appointment_in_use", appointment=appointment_id)
    try:
        with transaction.atomic():
            row.delete()
            if not Appointment.objects.filter(account=account).exists():
                account.activations.all().delete()
                account.delete()
    except ProtectedError:
        raise AppointmentError("identity.appointment_in_use", appointment=appointment_id) from None
    record_act(
        act="identity.discard_appointment", actor=actor, object_type="appointment", object_id=appointment_id, at=at
    )  # fmt: skip


def _name(username: str) -> str:
    return username.strip().lower()


def _accounts_for(enrolments: Iterable[Enrolment]) -> dict[str, int]:
    wanted = {_name(one.username): one for one in enrolments}
    known = dict(Account.objects.filter(username__in=list(wanted)).values_list("username", "pk"))
    made = Account.objects.bulk_create(
        [
            Account(
                username=username,
                full_name=normalise(one.full_name),
                email=one.email.strip(),
                password=make_password(None),
            )
            for username, one in wanted.items()
            if username not in known
        ],
        batch_size=1000,
    )
    return known | {account.username: account.pk for account in made}
