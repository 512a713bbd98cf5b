"""Seats found by words: asked of the database's own function, because an index of words lies behind no policy (migration 0014)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BigIntegerField, BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from vanlang.dossiers.models import Dossier, Seat
from vanlang.dossiers.rules.access import Sight
from vanlang.identity.api import check_personal_id, clean_personal_id, find_person
from vanlang.kernel.vietnamese import search_key

FEW = 5_000
"""
Up to so many seats are named one by one. Words that more of them say are soon met on the way down any list.

They are met by `strpos`, not by `LIKE`: behind a policy the planner may not look up how often a word is said, takes every
`LIKE` for rare, and would sort the whole agency to show fifty lines. Of a position it takes a third for likely.
"""


def saying(rows: QuerySet[Seat], sight: Sight, text: str) -> QuerySet[Seat]:
    """
    Return those of a sight's seats whose words contain every word of `text`, without diacritics, wherever in a word.

    A personal id is no word: it is written in no list. Whoever types all of one finds what that person asked, handed in
    or is the subject of.
    """
    words = search_key(text).split()
    if not words:
        return rows
    person = _person_with(text)
    if person is not None:
        return rows.filter(dossier_id__in=_dossiers_of(person))
    found = _seats_saying(sight.agency_id, words) if sight.agency_id is not None else None
    if found is not None:
        return rows.filter(_among(found))
    return rows.filter(*(GreaterThan(StrIndex(F("search_key"), Value(word)), 0) for word in words))


def _person_with(text: str) -> uuid.UUID | None:
    """Return who has the personal id that was typed, when it was one and somebody has it."""
    number = clean_personal_id(text)
    known = find_person(number) if check_personal_id(number) is None else None
    return known.id if known else None


def _dossiers_of(person_id: uuid.UUID) -> list[uuid.UUID]:
    """Return the dossiers of a person that the caller's scope lets through: the database's policy says which."""
    about = Q(applicant_id=person_id) | Q(operator_id=person_id) | Q(subject_id=person_id)
    return list(Dossier.objects.filter(about).values_list("pk", flat=True)[:FEW])


def _seats_saying(agency_id: int, words: Sequence[str]) -> list[int] | None:
    """Return the seats of an agency that say every word, or None when they are many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT dossiers_seats_saying(%s, %s, %s)", [agency_id, list(words), FEW + 1])
        (found,) = cursor.fetchone() or ([],)
    return list(found) if len(found) <= FEW else None


def _among(keys: list[int]) -> Func:
    """One parameter, however many keys."""
    listed = Value(keys, output_field=ArrayField(BigIntegerField()))
    return Func(
        F("pk"), listed, template="(%(expressions)s))", arg_joiner=" = ANY(", output_field=BooleanField()
    )
