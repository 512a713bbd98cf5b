"""The earlier petitions that one may repeat: found by marks in the database, compared by the rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, Func, IntegerField, Q, QuerySet, Value

from vanlang.petitions.models import Petition, PetitionCommonMark
from vanlang.petitions.rules.repetition import Gist, Repeat, enough_of, find_repeats
from vanlang.petitions.types import PetitionState

LOOK_BACK = dt.timedelta(days=730)
MOST = 300
"""Candidates of each kind that are compared: those that share most marks, the newest of a sender."""
FEWEST = 8
"""By how many marks others are looked for at least."""


def repeats_of(row: Petition, seen: Q = Q()) -> tuple[Repeat, ...]:  # noqa: B008 - empty and never changed
    """Return the earlier petitions that this one may repeat, among those that `seen` lets through."""
    earlier = (
        Petition.objects.filter(seen, filed_at__lte=row.filed_at, filed_at__gte=row.filed_at - LOOK_BACK)
        .exclude(pk=row.pk)
        .exclude(state=PetitionState.REFERRED)
        .only("id", "filed_at", "sender_marks", "sketch", "dossier_id")
    )
    found = {one.pk: one for one in [*_of_sender(earlier, row), *_in_such_words(earlier, row)]}
    return find_repeats(_gist(row), [_gist(one) for one in found.values()])


def _of_sender(earlier: QuerySet[Petition], row: Petition) -> QuerySet[Petition]:
    if not row.sender_marks:
        return earlier.none()
    return earlier.filter(sender_marks__overlap=row.sender_marks).order_by("-filed_at")[:MOST]


def _in_such_words(earlier: QuerySet[Petition], row: Petition) -> QuerySet[Petition]:
    telling = telling_marks(row.sketch)
    if not telling:
        return earlier.none()
    rows = earlier.filter(sketch__overlap=telling)
    return rows.order_by(_shared_with(row.sketch).desc(), "-filed_at")[:MOST]


def _shared_with(sketch: Sequence[int]) -> Func:
    """How many marks of a sketch a row has: counted in the database, so that the likest are compared and not the newest."""
    mine = Value(list(sketch), output_field=ArrayField(BigIntegerField()))
    return Func(
        F("sketch"), mine, template="(SELECT count(*) FROM unnest(%(expressions)s))",
        arg_joiner=") AS one(mark) WHERE one.mark = ANY(", output_field=IntegerField(),
    )  # fmt: skip


def telling_marks(sketch: Sequence[int]) -> list[int]:
    """
    Return the marks by which others are looked for: those that few petitions share, and no more of them than needed.

    Whatever is alike enough to be a repetition shares one of these; a text of common words alone is looked for by the
    rarest of those.
    """
    common = dict(PetitionCommonMark.objects.filter(mark__in=sketch).values_list("mark", "times"))
    rare = [mark for mark in sketch if mark not in common]
    missing = FEWEST - len(rare)
    return rare[: enough_of(len(sketch))] + sorted(common, key=lambda mark: common[mark])[: max(missing, 0)]


def _gist(row: Petition) -> Gist:
    return Gist(row.pk, row.filed_at, frozenset(row.sender_marks), tuple(row.sketch), row.dossier_id)
