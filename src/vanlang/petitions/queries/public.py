"""Published answers: the only words here that anybody may read."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.lists import Drawn
from vanlang.kernel.scope import Scope, acting
from vanlang.organizations.api import get_agencies
from vanlang.petitions.cards import PublishedCard
from vanlang.petitions.errors import PetitionNotFoundError
from vanlang.petitions.models import PetitionPublication
from vanlang.petitions.rules.folding import fold
from vanlang.petitions.types import PetitionKind

MOST_WORDS = 8


def list_published(
    *, text: str = "", agency_id: int | None = None, kind: PetitionKind | None = None, at: dt.datetime
) -> Drawn[PetitionPublication, PublishedCard]:
    """Return what is published, the newest first; with `text` what has all of its words, typed with diacritics or without."""
    rows = PetitionPublication.objects.filter(withdrawn_at__isnull=True)
    for word in fold(text[:200]).plain.split()[:MOST_WORDS]:
        rows = rows.filter(search_key__contains=word)
    if agency_id is not None:
        rows = rows.filter(agency_id=agency_id)
    if kind is not None:
        rows = rows.filter(kind=kind)
    return Drawn(rows.order_by("-published_at", "-id"), lambda found: _cards(found, at))


def get_published(publication_id: uuid.UUID, *, at: dt.datetime) -> PublishedCard:
    """Return one. Raises: PetitionNotFoundError, also for what was taken back."""
    with acting(Scope.system()):
        row = PetitionPublication.objects.filter(pk=publication_id, withdrawn_at__isnull=True).first()
    if row is None:
        raise PetitionNotFoundError
    return _cards([row], at)[0]


def _cards(rows: Sequence[PetitionPublication], at: dt.datetime) -> list[PublishedCard]:
    agencies = get_agencies({row.agency_id for row in rows}, at.astimezone(VIETNAM).date())
    return [
        PublishedCard(
            row.pk,
            row.title,
            row.question,
            row.answer,
            PetitionKind(row.kind),
            agencies[row.agency_id].name,
            row.published_at,
        )
        for row in rows
    ]
