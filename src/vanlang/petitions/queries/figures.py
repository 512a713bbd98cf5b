"""What became of the petitions of a period: counted, never a word of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, F, Q

from vanlang.audit.api import record_read
from vanlang.identity.api import Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.scope import Scope, acting
from vanlang.organizations.api import get_agencies
from vanlang.petitions.cards import AgencyFigures, PetitionLine
from vanlang.petitions.models import Petition
from vanlang.petitions.queries.access import visible_to
from vanlang.petitions.queries.drawing import lines_of
from vanlang.petitions.rules.flow import ANSWERED, FINAL

_FINAL, _ANSWERED = sorted(FINAL), sorted(ANSWERED)
_NOT_TAKEN = sorted(FINAL - set(ANSWERED))


def figures_of(
    *, from_on: dt.date, to_on: dt.date, at: dt.datetime, agency_id: int | None = None
) -> list[AgencyFigures]:
    """
    Return the figures of each agency that got petitions in the period, half-open, most first. Counts only: no read.

    A petition belongs to the agency that holds it now, and to the day on which it was sent.
    """
    begins, ends = (dt.datetime.combine(day, dt.time(), VIETNAM) for day in (from_on, to_on))
    rows = Petition.objects.filter(filed_at__gte=begins, filed_at__lt=ends)
    if agency_id is not None:
        rows = rows.filter(agency_id=agency_id)
    late = _late(at)
    done = Q(state__in=sorted({*_FINAL, *_ANSWERED}))
    answered = Q(state__in=_ANSWERED)
    said_no = Q(satisfaction__is_satisfied=False)
    with acting(Scope.system()):
        counted = list(
            rows.values("agency_id")
            .annotate(
                filed=Count("pk"),
                open=Count("pk", filter=~Q(state__in=_FINAL)),
                answered=Count("pk", filter=answered),
                on_time=Count("pk", filter=done & ~late),
                late=Count("pk", filter=late),
                not_taken=Count("pk", filter=Q(state__in=_NOT_TAKEN)),
                satisfied=Count("pk", filter=Q(satisfaction__is_satisfied=True)),
                unsatisfied=Count("pk", filter=said_no),
                repeated=Count("pk", filter=Q(repeats__isnull=False)),
                counts_unsatisfied=Count("pk", filter=answered & (said_no | late | Q(repeats__isnull=False))),
            )
            .order_by("-filed", "agency_id")
        )
        agencies = get_agencies({one["agency_id"] for one in counted}, at.astimezone(VIETNAM).date())
    return [AgencyFigures(agency=agencies[one["agency_id"]].short_name, **one) for one in counted]


def list_for_export(
    actor: Actor, *, from_on: dt.date, to_on: dt.date, at: dt.datetime
) -> Iterator[PetitionLine]:
    """Yield the petitions of the actor's agency in a period, half-open, by the day they were sent; the export is written first."""
    begins, ends = (dt.datetime.combine(day, dt.time(), VIETNAM) for day in (from_on, to_on))
    record_read(
        act="petitions.export", actor=actor, object_type="agency", object_id=actor.agency_id or 0,
        purpose="Xuất danh sách phản ánh", at=at, facts={"from": from_on.isoformat(), "to": to_on.isoformat()},
    )  # fmt: skip
    rows = Petition.objects.filter(visible_to(actor), filed_at__gte=begins, filed_at__lt=ends)
    yield from lines_of(list(rows.order_by("filed_at", "id")), at)


def _late(at: dt.datetime) -> Q:
    """Return the condition of `rules.clocks.is_late` on the columns."""
    return (
        Q(decided_at__gt=F("decide_due_at"))
        | Q(decided_at__isnull=True, decide_due_at__lt=at)
        | Q(asked_at__gt=F("ask_due_at"))
        | Q(handled_at__gt=F("handle_due_at"))
        | Q(handled_at__isnull=True, handle_due_at__lt=at)
        | Q(published_at__gt=F("publish_due_at"))
        | Q(published_at__isnull=True, publish_due_at__lt=at)
    )
