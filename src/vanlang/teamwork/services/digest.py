from __future__ import annotations

import datetime as dt

from django.db import transaction

from vanlang.calendars.api import add_working_days, calendar_of
from vanlang.identity.api import Actor, actor_of, list_appointments, list_every_officer, scope_of
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.scope import acting
from vanlang.teamwork.actors import officer_of
from vanlang.teamwork.models import Digest, DigestChoice
from vanlang.teamwork.queries.digest import USUAL_HOUR, digest_of
from vanlang.teamwork.queries.talk import WORKERS
from vanlang.teamwork.rules.digest import is_due
from vanlang.teamwork.services.telling import tell_officer


@transaction.atomic
def choose_digest(*, hour: int, is_sent: bool, actor: Actor) -> None:
    """Say at which hour of the morning the digest comes, or that it does not."""
    me = officer_of(actor)
    DigestChoice.objects.update_or_create(
        appointment_id=me.appointment_id,
        defaults={"agency_id": me.agency_id, "hour": max(5, min(hour, 20)), "is_sent": is_sent},
    )


def list_due_digests(*, at: dt.datetime) -> list[tuple[int, int]]:
    """Return the appointments, each with its account, whose digest is to be told now. Called in the scope of the system."""
    local = at.astimezone(VIETNAM)
    choices = {row.appointment_id: row for row in DigestChoice.objects.all()}
    told = set(Digest.objects.filter(day=local.date()).values_list("appointment_id", flat=True))
    days: dict[int, bool] = {}
    due = []
    for card in list_every_officer(local.date()):
        if not card.roles & WORKERS:
            continue
        if card.agency_id not in days:
            days[card.agency_id] = _works(card.agency_id, local.date())
        choice = choices.get(card.id)
        wanted = is_due(
            at=local,
            hour=choice.hour if choice else USUAL_HOUR,
            is_sent=choice.is_sent if choice else True,
            is_working_day=days[card.agency_id],
            told_on=[local.date()] if card.id in told else [],
        )
        if wanted:
            due.append((card.id, card.account_id))
    return due


def tell_digest(*, appointment_id: int, account_id: int, at: dt.datetime) -> bool:
    """
    Tell one officer the day's digest, once a day; return whether there was something to tell.

    The digest is asked in the officer's own scope; an empty one is noted and not sent.
    """
    local = at.astimezone(VIETNAM)
    valid = {one.id: one for one in list_appointments(account_id, local.date())}
    if appointment_id not in valid:
        return False
    actor = actor_of(valid[appointment_id])
    with acting(scope_of(actor)), transaction.atomic():
        content = digest_of(actor, at=at)
        figures = {str(section.part): section.total for section in content.sections}
        _, is_first = Digest.objects.get_or_create(
            appointment_id=appointment_id,
            day=local.date(),
            defaults={"agency_id": officer_of(actor).agency_id, "told_at": at, "figures": figures},
        )
        if not is_first or content.is_empty:
            return False
        tell_officer(actor=actor, content=content, at=at)
    return True


def _works(agency_id: int, on: dt.date) -> bool:
    return add_working_days(calendar_of(agency_id), on - dt.timedelta(days=1), 1) == on
