from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from vanlang.identity.api import Actor
from vanlang.kernel.errors import refuse_if
from vanlang.kernel.vietnamese import normalise
from vanlang.teamwork.actors import officer_of
from vanlang.teamwork.errors import NotAcceptableError, TeamworkNotFoundError, ViewNameTakenError
from vanlang.teamwork.models import SavedView
from vanlang.teamwork.rules.views import check_view


def save_view(
    *,
    name: str,
    address: str,
    actor: Actor,
    at: dt.datetime,
    is_shared: bool = False,
    is_default: bool = False,
) -> int:
    """
    Keep a list of the inbox under a name; return its id. The name again replaces the officer's own list of that name.

    Raises: NotAcceptableError without a name or with an address that is too long.
    """
    wanted = normalise(name)
    refuse_if(check_view(wanted, address), NotAcceptableError)
    me = officer_of(actor)
    with transaction.atomic():
        if is_default:
            SavedView.objects.filter(appointment_id=me.appointment_id, is_default=True).update(
                is_default=False
            )
        row, _ = SavedView.objects.update_or_create(
            appointment_id=me.appointment_id,
            name=wanted,
            defaults={
                "agency_id": me.agency_id,
                "unit_id": me.unit_id if is_shared else None,
                "address": address,
                "is_default": is_default,
                "saved_at": at,
            },
        )
        return row.pk


def choose_default_view(*, view_id: int | None, actor: Actor) -> None:
    """Open the inbox with one of the officer's own lists; with none for None."""
    with transaction.atomic():
        own = SavedView.objects.filter(appointment_id=officer_of(actor).appointment_id)
        own.filter(is_default=True).update(is_default=False)
        if view_id is not None and not own.filter(pk=view_id).update(is_default=True):
            raise TeamworkNotFoundError


def rename_view(*, view_id: int, name: str, actor: Actor) -> None:
    """
    Give one's own list another name.

    Raises: ViewNameTakenError, NotAcceptableError, TeamworkNotFoundError.
    """
    wanted = normalise(name)
    refuse_if(check_view(wanted, ""), NotAcceptableError)
    try:
        with transaction.atomic():
            if not SavedView.objects.filter(
                pk=view_id, appointment_id=officer_of(actor).appointment_id
            ).update(name=wanted):
                raise TeamworkNotFoundError
    except IntegrityError:
        raise ViewNameTakenError(name=wanted) from None


def forget_view(*, view_id: int, actor: Actor) -> None:
    """Drop one's own list. It is a convenience and no record: nothing of it is kept."""
    deleted, _ = SavedView.objects.filter(
        pk=view_id, appointment_id=officer_of(actor).appointment_id
    ).delete()
    if not deleted:
        raise TeamworkNotFoundError
