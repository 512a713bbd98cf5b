"""
What follows from a comparison that was carried through: one transaction.

Differences that were met before are the same rows; those that are gone are settled; what a lost message explains is told
again or fetched by rule, at most twice; the rest is a person's (`rules/courses.py`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from django.db import transaction

from vanlang.organizations.api import list_agencies
from vanlang.sentinel.models import ComparedDay, SyncDifference, SyncRun
from vanlang.sentinel.ports import Comparison
from vanlang.sentinel.rules.courses import Course, course_of, holds_back
from vanlang.sentinel.rules.descent import differences_in
from vanlang.sentinel.rules.differences import remedy_for
from vanlang.sentinel.rules.lenses import seen_through
from vanlang.sentinel.rules.replicas import day_of
from vanlang.sentinel.rules.versions import digest_over, versions_of
from vanlang.sentinel.types import (
    DayPair,
    Descent,
    Difference,
    DifferenceKind,
    DifferenceState,
    Lens,
    Record,
    Remedy,
    RunState,
    RunStep,
    StateOwner,
    Way,
)

_Any = TypeVar("_Any")
_SOME = 1_000
_SETTLED = DifferenceState.SETTLED


@dataclass(frozen=True, slots=True)
class Judged:
    """What is left of the differing records once what is under way is taken out."""

    differences: tuple[Difference, ...]
    under_way: frozenset[str]
    owners: Mapping[str, StateOwner]


def judge(comparison: Comparison, found: Descent, since: dt.datetime) -> Judged:
    """Say which records differ for good, and how."""
    owners = comparison.owners_of(found.codes) if found.codes else {}
    found = _as_referred(found, owners, comparison.reference_lens)
    plain = differences_in(found, lambda code: frozenset())
    codes = [one.code for one in plain]
    under_way = comparison.under_way(codes, since) if codes else frozenset()
    states = [one.code for one in plain if DifferenceKind.STATE in one.kinds]
    earlier = comparison.earlier_states(states) if states else {}
    judged = tuple(
        one
        for one in differences_in(found, lambda code: earlier.get(code, frozenset()))
        if one.code not in under_way
    )
    return Judged(judged, under_way, owners)


def _as_referred(found: Descent, owners: Mapping[str, StateOwner], lens: Lens) -> Descent:
    """Look at records whose state is theirs as our reference to them does."""
    theirs = {code for code in found.here.keys() & found.there.keys() if owners.get(code) is StateOwner.THERE}
    if not theirs:
        return found

    def seen(side: Mapping[str, tuple[Record, ...]]) -> dict[str, tuple[Record, ...]]:
        return dict(side) | {code: tuple(seen_through(lens, one) for one in side[code]) for code in theirs}

    return replace(found, here=seen(found.here), there=seen(found.there))


@transaction.atomic
def conclude(
    *,
    run: SyncRun,
    comparison: Comparison,
    found: Descent,
    judged: Judged,
    is_clear: bool,
    at: dt.datetime,
) -> None:
    """
    Write down what a comparison found, and give the remedies that a rule gives.

    `is_clear`: every field was compared as it stands, so that what was not found may be called settled.
    """
    run.held_back = holds_back(len(judged.differences), found.compared)
    run.given_remedy = _write(run, comparison, judged, at)
    run.settled = _settle(run, judged, at) if is_clear else 0
    if is_clear and (run.way != Way.EXPORT or not comparison.ways):
        _write_days(run, found.days, judged.differences, at)
    run.compared, run.differing = found.compared, len(judged.differences)
    run.under_way, run.riddles = len(judged.under_way), len(found.riddles)
    run.state, run.step, run.finished_at, run.beat_at = RunState.DONE, RunStep.HEALING, at, at
    run.done, run.export = max(run.done, found.compared), None
    run.save()


def _write(run: SyncRun, comparison: Comparison, judged: Judged, at: dt.datetime) -> int:
    """Write the differences; return how many were given a remedy."""
    rows = _rows_of(run.system, [one.code for one in judged.differences])
    agencies = {card.code: int(card.id) for card in list_agencies(at.date(), only_open=False)}
    new: list[SyncDifference] = []
    courses: dict[str, Course] = {}
    for one in judged.differences:
        row = rows.get(one.code)
        if row is None:
            row = rows[one.code] = SyncDifference(system=run.system, code=one.code, found_at=at, found_in=run)
            new.append(row)
        before = DifferenceState(row.state) if row.state else None
        digest = digest_over(one.here, one.there)
        owner = judged.owners.get(one.code, StateOwner.THERE)
        courses[one.code] = course_of(
            remedy_for(one.kinds, owner), before=before, same_versions=bytes(row.digest or b"") == digest,
            given=row.remedies_given, holds_back=run.held_back or run.way == Way.EXPORT,
        )  # fmt: skip
        row.owner, row.kinds, row.digest = owner, sorted(one.kinds), digest
        row.versions = versions_of(one.here, one.there)
        row.agency_id = next(
            (agencies[r.agency] for r in (*one.here, *one.there) if r.agency in agencies), None
        )
        row.first_on, row.last_on = _days_of(one, run)
        row.seen_at, row.seen_in = at, run
    given = _given(comparison, courses, judged.differences, at)
    for code, course in courses.items():
        _follow(rows[code], course, is_given=code in given, at=at)
    SyncDifference.objects.bulk_create(new, batch_size=_SOME)
    fresh = {row.pk for row in new}
    changed = [field.attname for field in SyncDifference._meta.concrete_fields if not field.primary_key]
    met = [row for row in rows.values() if row.pk not in fresh]
    SyncDifference.objects.bulk_update(met, changed, batch_size=_SOME)
    return len(given)


def _follow(row: SyncDifference, course: Course, *, is_given: bool, at: dt.datetime) -> None:
    row.remedy = course.remedy
    row.state = DifferenceState.OPEN if course.is_given and not is_given else course.state
    if is_given:
        row.remedies_given, row.given_at = row.remedies_given + 1, at


def _given(
    comparison: Comparison, courses: Mapping[str, Course], differences: Sequence[Difference], at: dt.datetime
) -> frozenset[str]:
    """Give the remedies; return the codes that were helped."""
    given = [(one, courses[one.code].remedy) for one in differences if courses[one.code].is_given]
    send = {one.code: one.kinds for one, remedy in given if remedy is Remedy.SEND}
    fetch = {one.code: one.there[0] for one, remedy in given if remedy is Remedy.FETCH}
    sent = comparison.send(send, at) if send else frozenset()
    return sent | (comparison.fetch(fetch, at) if fetch else frozenset())


def _settle(run: SyncRun, judged: Judged, at: dt.datetime) -> int:
    """Close what this run would have met and did not. What is under way is not judged."""
    standing = SyncDifference.objects.filter(
        system=run.system,
        first_on__gte=run.first_on,
        last_on__lte=run.last_on,
        seen_at__lte=run.as_of_at or at,
    ).exclude(state=_SETTLED)
    met = judged.under_way.union(one.code for one in judged.differences)
    gone = [pk for pk, code in standing.values_list("pk", "code") if code not in met]
    for some in _batches(gone):
        SyncDifference.objects.filter(pk__in=some).update(state=_SETTLED, settled_at=at, settled_in=run)
    return len(gone)


def _write_days(
    run: SyncRun, days: Mapping[str, DayPair], differences: Sequence[Difference], at: dt.datetime
) -> None:
    differing: dict[str, int] = {}
    for one in differences:
        for day in {record.day for record in (*one.here, *one.there)}:
            differing[day] = differing.get(day, 0) + 1
    rows = [
        ComparedDay(
            system=run.system, on=on, here=pair.here.count, there=pair.there.count, is_equal=pair.is_equal,
            differing=differing.get(day, 0), digest=pair.here.digest, run=run, compared_at=at,
        )
        for day, pair in sorted(days.items())
        if (on := day_of(day)) is not None
    ]  # fmt: skip
    covered = ComparedDay.objects.filter(system=run.system, on__gte=run.first_on, on__lte=run.last_on)
    covered.exclude(on__in=[row.on for row in rows]).delete()
    ComparedDay.objects.bulk_create(
        rows, batch_size=_SOME, update_conflicts=True, unique_fields=["system", "on"],
        update_fields=["here", "there", "is_equal", "differing", "digest", "run", "compared_at"],
    )  # fmt: skip


def _rows_of(system: str, codes: Sequence[str]) -> dict[str, SyncDifference]:
    """Return the differences of some codes that are not settled, locked."""
    standing = SyncDifference.objects.select_for_update().exclude(state=_SETTLED).order_by("pk")
    return {
        row.code: row for some in _batches(codes) for row in standing.filter(system=system, code__in=some)
    }


def _days_of(one: Difference, run: SyncRun) -> tuple[dt.date, dt.date]:
    days = [on for record in (*one.here, *one.there) if (on := day_of(record.day)) is not None]
    return (min(days), max(days)) if days else (run.first_on, run.last_on)


def _batches(some: Sequence[_Any]) -> Collection[Sequence[_Any]]:
    return [some[start : start + _SOME] for start in range(0, len(some), _SOME)]
