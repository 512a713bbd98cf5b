"""Help in filing, month by month: how often somebody stood up for another, and how often no mandate was shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from vanlang.dossiers.models import Dossier
from vanlang.dossiers.rules.parties import Authority
from vanlang.identity.api import Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.scope import Scope, acting


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpMonth:
    """Dossiers filed in a month at one agency, by the right on which they were filed. Figures only, nobody's name."""

    first_on: dt.date
    filed: int
    mandate: int
    """A mandate was shown."""
    representative: int
    """A representative filed for a legal entity."""
    unshown_here: int
    """Help without a mandate, taken in at the counter."""
    unshown_online: int

    @property
    def unshown(self) -> int:
        return self.unshown_here + self.unshown_online


def count_help(*, actor: Actor, from_at: dt.datetime, to_at: dt.datetime) -> list[HelpMonth]:
    """Return the months of a half-open period in which anything was filed at the actor's agency, newest first."""
    unshown = Q(authority=Authority.NONE_SHOWN)
    with acting(Scope.system()):
        rows = list(
            Dossier.objects.filter(
                intake_agency_id=actor.agency_id or 0, submitted_at__gte=from_at, submitted_at__lt=to_at
            )
            .annotate(month=TruncMonth("submitted_at", tzinfo=VIETNAM))
            .values("month")
            .annotate(
                filed=Count("id"),
                mandate=Count("id", filter=Q(authority=Authority.MANDATE)),
                representative=Count("id", filter=Q(authority=Authority.REPRESENTATIVE)),
                unshown_here=Count("id", filter=unshown & Q(operator_appointment__isnull=False)),
                unshown_online=Count("id", filter=unshown & Q(operator_appointment__isnull=True)),
            )
            .order_by("-month")
        )
    return [
        HelpMonth(
            first_on=row["month"].date(),
            filed=row["filed"],
            mandate=row["mandate"],
            representative=row["representative"],
            unshown_here=row["unshown_here"],
            unshown_online=row["unshown_online"],
        )
        for row in rows
    ]
