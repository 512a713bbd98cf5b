"""
What the portal's catalogue says otherwise than ours: kept, proposed by one person, taken over by another through the importer.

A run writes only what it heard. The importer (`catalogue.import_rows`) is entered by `apply_feed` alone, and there by somebody who is
not who proposed.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app as jobs

from vanlang.audit.api import record_act
from vanlang.catalogue.api import (
    differences,
    import_rows,
    published_digest,
    published_text,
    read_record,
    withdraw_procedures,
)
from vanlang.identity.api import Actor, get_appointments
from vanlang.nationalportal.errors import FeedNotAllowedError, FeedNotPossibleError
from vanlang.nationalportal.models import FeedItem, FeedRun
from vanlang.nationalportal.queries.feed import PROPOSED
from vanlang.nationalportal.types import FeedChange, FeedRunState

PULL = "nationalportal.feed"
PATIENCE = dt.timedelta(minutes=15)
"""A run that did not go on for so long has lost its worker."""
OURS = frozenset({"Cấp Tỉnh", "Cấp Xã"})
"""Levels at which the province works: other procedures are nobody's here."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One procedure as the portal says it, beside ours in the same words."""

    code: str
    theirs: Mapping[str, object]
    ours: Mapping[str, object] | None
    """None: no version of ours is in force."""


@transaction.atomic
def ask_feed(*, actor: Actor | None, at: dt.datetime, defer: bool = True) -> uuid.UUID:
    """Begin a run, carried out by a job. Raises: FeedNotPossibleError while one goes on."""
    lost = FeedRun.objects.filter(state=FeedRunState.RUNNING, beat_at__lt=at - PATIENCE)
    lost.update(state=FeedRunState.FAILED, failure="worker_lost", finished_at=at)
    try:
        with transaction.atomic():
            run = FeedRun.objects.create(
                state=FeedRunState.RUNNING,
                asked_at=at,
                beat_at=at,
                asked_by_id=actor.appointment_id if actor else None,
            )
    except IntegrityError as goes_on:
        raise FeedNotPossibleError("nationalportal.feed_goes_on") from goes_on
    if defer:
        jobs.configure_task(PULL, queue="connectors").defer(run_id=str(run.pk))
    return run.pk


def note_progress(run_id: uuid.UUID, *, at: dt.datetime, **counts: int) -> None:
    """Write how far a run is."""
    FeedRun.objects.filter(pk=run_id, state=FeedRunState.RUNNING).update(beat_at=at, **counts)


def end_run(run_id: uuid.UUID, *, at: dt.datetime, failure: str = "") -> None:
    """Close a run."""
    state = FeedRunState.FAILED if failure else FeedRunState.DONE
    FeedRun.objects.filter(pk=run_id, state=FeedRunState.RUNNING).update(
        state=state, failure=failure[:80], finished_at=at, beat_at=at
    )


@transaction.atomic
def note_heard(heard: Iterable[Heard], *, at: dt.datetime) -> None:
    """Keep what differs of some procedures; what is alike again, or was decided upon, is gone or stays so. Twice is once."""
    some = list(heard)
    known = {
        row.code: row
        for row in FeedItem.objects.select_for_update().filter(code__in=[one.code for one in some])
    }
    for one in some:
        _note(one, known.get(one.code), at)


@transaction.atomic
def note_withdrawn(names: Mapping[str, str], *, listed: Collection[str], at: dt.datetime) -> None:
    """Keep which of our procedures (code → name) a whole list of the portal does not have; what is on neither side is forgotten."""
    FeedItem.objects.exclude(code__in=[*names, *listed]).delete()
    for code, name in names.items():
        if code in listed:
            FeedItem.objects.filter(code=code, change=FeedChange.WITHDRAWN).delete()
            continue
        _write(
            code,
            name,
            FeedChange.WITHDRAWN,
            None,
            [],
            "withdrawn",
            None,
            FeedItem.objects.filter(pk=code).first(),
            at,
        )


@transaction.atomic
def propose_feed(*, codes: Collection[str], valid_from: dt.date, actor: Actor, at: dt.datetime) -> int:
    """
    Propose to take procedures over from a day on; return how many. Another person decides.

    Raises: FeedNotPossibleError when none of them waits, or one cannot be read.
    """
    rows = list(FeedItem.objects.select_for_update().filter(code__in=codes))
    waiting = [row for row in rows if row.settled_digest != row.digest and not _is_proposed(row)]
    if not waiting:
        raise FeedNotPossibleError("nationalportal.feed_nothing_chosen")
    if any(row.change == FeedChange.UNREADABLE for row in waiting):
        raise FeedNotPossibleError("nationalportal.feed_unreadable_chosen")
    if valid_from < at.date() - dt.timedelta(days=1):
        raise FeedNotPossibleError("nationalportal.feed_in_the_past")
    for row in waiting:
        row.proposed_by_id, row.proposed_at, row.valid_from = actor.appointment_id, at, valid_from
        row.decided_by_id, row.decided_at, row.reason = None, None, ""
    FeedItem.objects.bulk_update(
        waiting, ["proposed_by", "proposed_at", "valid_from", "decided_by", "decided_at", "reason"]
    )
    record_act(
        act="nationalportal.propose_feed", actor=actor, object_type="catalogue", object_id="feed", at=at,
        facts={"codes": [row.code for row in waiting], "valid_from": str(valid_from)},
    )  # fmt: skip
    return len(waiting)


@transaction.atomic
def apply_feed(*, codes: Collection[str], actor: Actor, at: dt.datetime) -> int:
    """
    Take over what another person proposed, through the importer; return how many procedures.

    What changed at the portal since it was proposed is not taken: it was not what anybody saw.
    Raises: FeedNotAllowedError for one's own proposal; FeedNotPossibleError; what the importer refuses.
    """
    rows = _proposed(codes)
    _require_another(rows, actor)
    for valid_from in sorted({row.valid_from for row in rows if row.valid_from}):
        _take_over([row for row in rows if row.valid_from == valid_from], valid_from, actor, at)
    for row in rows:
        _settle(row, actor, at, is_taken=True)
    _record("apply", rows, actor, at)
    return len(rows)


@transaction.atomic
def return_feed(*, codes: Collection[str], reason: str, actor: Actor, at: dt.datetime) -> int:
    """Send a proposal back with a reason; it can be proposed again. Raises: FeedNotPossibleError."""
    rows = _proposed(codes)
    if not reason.strip():
        raise FeedNotPossibleError("nationalportal.feed_reason_missing")
    FeedItem.objects.filter(pk__in=[row.pk for row in rows]).update(
        proposed_by=None, proposed_at=None, valid_from=None, reason=reason.strip()[:500]
    )
    _record("return", rows, actor, at)
    return len(rows)


@transaction.atomic
def keep_ours(*, code: str, reason: str, actor: Actor, at: dt.datetime) -> None:
    """Keep our version although the portal says otherwise; asked again only when it says something else. Raises: FeedNotPossibleError."""
    row = FeedItem.objects.select_for_update(of=("self",)).filter(pk=code).first()
    if row is None or row.settled_digest == row.digest or _is_proposed(row):
        raise FeedNotPossibleError("nationalportal.feed_nothing_chosen")
    if not reason.strip():
        raise FeedNotPossibleError("nationalportal.feed_reason_missing")
    row.reason = reason.strip()[:500]
    row.proposed_by_id, row.proposed_at, row.valid_from = None, None, None
    _settle(row, actor, at, is_taken=False)
    _record("keep", [row], actor, at)


def _note(one: Heard, row: FeedItem | None, at: dt.datetime) -> None:
    read = read_record(1, one.theirs)
    name = str(one.theirs.get("name") or one.code)
    if read.problem is not None or read.source is None or read.source.code != one.code:
        problem = read.problem
        said = (
            {"code": problem.code, "facts": dict(problem.facts)}
            if problem
            else {"code": "code_differs", "facts": {}}
        )
        _write(
            one.code, name, FeedChange.UNREADABLE, one.theirs, [], published_digest(one.theirs), said, row, at
        )
        return
    if one.ours is None and not OURS & set(read.source.levels):
        return  # another level's procedure: nobody here settles it
    theirs = published_text(read.source)
    ours_read = read_record(1, one.ours) if one.ours is not None else None
    ours = published_text(ours_read.source) if ours_read and ours_read.source else {}
    found = differences(ours, theirs) if one.ours is not None else ()
    if one.ours is not None and not found:
        FeedItem.objects.filter(pk=one.code).delete()
        return
    change = FeedChange.NEW if one.ours is None else FeedChange.CHANGED
    lines = [{"path": each.path, "before": each.before, "after": each.after} for each in found]
    _write(one.code, name, change, one.theirs, lines, published_digest(theirs), None, row, at)


def _write(
    code: str, name: str, change: FeedChange, theirs: Mapping[str, object] | None, lines: list[dict[str, object]],
    digest: str, problem: Mapping[str, object] | None, row: FeedItem | None, at: dt.datetime,
) -> None:  # fmt: skip
    is_news = row is None or (row.digest, row.change) != (digest, change.value)
    row = row or FeedItem(code=code, since_at=at)
    row.name, row.change, row.theirs, row.differences, row.digest, row.problem = (
        name[:1500],
        change,
        theirs,
        lines,
        digest,
        problem,
    )
    row.heard_at = at
    if is_news:
        # what was proposed is not what the portal says now: somebody looks at it again
        row.since_at, row.proposed_by_id, row.proposed_at, row.valid_from = at, None, None, None
        row.decided_by_id, row.decided_at, row.reason = None, None, ""
    row.save()


def _proposed(codes: Collection[str]) -> list[FeedItem]:
    rows = list(
        FeedItem.objects.select_for_update(of=("self",)).filter(PROPOSED, code__in=codes).order_by("code")
    )
    if not rows:
        raise FeedNotPossibleError("nationalportal.feed_nothing_chosen")
    return rows


def _require_another(rows: Collection[FeedItem], actor: Actor) -> None:
    cards = get_appointments({row.proposed_by_id for row in rows if row.proposed_by_id})
    if any(card.account_id == actor.account_id for card in cards.values()):
        raise FeedNotAllowedError


def _take_over(rows: Collection[FeedItem], valid_from: dt.date, actor: Actor, at: dt.datetime) -> None:
    withdrawn = [row.code for row in rows if row.change == FeedChange.WITHDRAWN]
    if withdrawn:
        ended = withdraw_procedures(codes=withdrawn, valid_to=valid_from, actor=actor, at=at)
        for code in sorted(set(withdrawn) - set(ended)):
            raise FeedNotPossibleError("nationalportal.feed_cannot_end", procedure=code)
    told = [row for row in rows if row.change != FeedChange.WITHDRAWN]
    if not told:
        return
    report = import_rows(
        rows=[read_record(number, row.theirs or {}) for number, row in enumerate(told, start=1)],
        file_name=f"Cổng Dịch vụ công quốc gia, {at:%d/%m/%Y}",
        cited_as=f"Cổng Dịch vụ công quốc gia, lấy ngày {at:%d/%m/%Y}",
        valid_from=valid_from,
        actor=actor,
        at=at,
    )
    if not report.written:
        raise FeedNotPossibleError("nationalportal.feed_unreadable_chosen")


def _settle(row: FeedItem, actor: Actor, at: dt.datetime, *, is_taken: bool) -> None:
    row.settled_digest, row.is_taken = row.digest, is_taken
    row.decided_by_id, row.decided_at = actor.appointment_id, at
    row.save()


def _is_proposed(row: FeedItem) -> bool:
    return row.proposed_by_id is not None and row.decided_by_id is None


def _record(act: str, rows: Collection[FeedItem], actor: Actor, at: dt.datetime) -> None:
    record_act(
        act=f"nationalportal.{act}_feed", actor=actor, object_type="catalogue", object_id="feed", at=at,
        facts={"codes": [row.code for row in rows]},
    )  # fmt: skip
