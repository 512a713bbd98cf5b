"""What the portal's catalogue says otherwise than ours, as an editor reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from vanlang.identity.api import AppointmentCard, get_appointments
from vanlang.kernel.labels import Sentence
from vanlang.nationalportal.cards import FeedItemCard, FeedLine, FeedPage, FeedRunCard
from vanlang.nationalportal.labels import FEED_CHANGES, FEED_FIELDS, FEED_PATHS, feed_failure, feed_problem
from vanlang.nationalportal.models import FeedItem, FeedRun
from vanlang.nationalportal.types import FeedChange, FeedRunState

LISTED = 200
LONGEST = 600
PROPOSED = Q(proposed_by__isnull=False, decided_by__isnull=True)
"""Waits for another person."""
OPEN = ~Q(settled_digest=F("digest"))
"""Nobody has decided upon what the portal says now."""


def count_feed() -> dict[FeedChange, int]:
    """Return how many procedures wait for an editor, by how they differ."""
    counts = dict(_waiting().values_list("change").annotate(Count("pk")))
    return {change: counts.get(change.value, 0) for change in FeedChange}


def list_feed(change: FeedChange) -> tuple[FeedItemCard, ...]:
    """Return the procedures that differ so and wait for an editor, the latest first."""
    return _cards(_waiting().filter(change=change).order_by("-since_at", "code")[:LISTED])


def list_proposed() -> tuple[FeedItemCard, ...]:
    """Return what was proposed and waits for another person."""
    return _cards(FeedItem.objects.filter(PROPOSED).order_by("proposed_at", "code")[:LISTED])


def list_decided() -> tuple[FeedItemCard, ...]:
    """Return what was decided lately."""
    return _cards(FeedItem.objects.filter(decided_at__isnull=False).order_by("-decided_at", "code")[:20])


def find_feed_item(code: str) -> FeedPage | None:
    """Return one procedure with both versions beside each other; None for one that does not differ."""
    row = FeedItem.objects.filter(pk=code).first()
    if row is None:
        return None
    (card,) = _cards([row])
    lines = _lines(row.differences) if row.change == FeedChange.CHANGED else _whole(row.theirs or {})
    return FeedPage(card=card, lines=tuple(lines), is_beside=row.change == FeedChange.CHANGED)


def last_run() -> FeedRunCard | None:
    """Return the newest reading of the portal's catalogue."""
    row = FeedRun.objects.order_by("-asked_at").first()
    if row is None:
        return None
    who = get_appointments([row.asked_by_id]) if row.asked_by_id else {}
    return FeedRunCard(
        id=row.pk,
        state=FeedRunState(row.state),
        asked_at=row.asked_at,
        asked_by=_name(who, row.asked_by_id),
        total=row.total,
        done=row.done,
        silent=row.silent,
        failure=feed_failure(row.failure) if row.failure else None,
        finished_at=row.finished_at,
    )


def _waiting() -> QuerySet[FeedItem]:
    return FeedItem.objects.filter(OPEN).exclude(PROPOSED)


def _cards(found: Any) -> tuple[FeedItemCard, ...]:
    rows: list[FeedItem] = list(found)
    people = get_appointments({pk for row in rows for pk in (row.proposed_by_id, row.decided_by_id) if pk})
    return tuple(_card(row, people) for row in rows)


def _card(row: FeedItem, people: Mapping[int, AppointmentCard]) -> FeedItemCard:
    problem: Sentence | None = None
    if row.problem is not None:
        problem = feed_problem(str(row.problem["code"]), row.problem.get("facts", {}))
    proposer = people.get(row.proposed_by_id or 0)
    return FeedItemCard(
        code=row.code,
        name=row.name,
        change=FeedChange(row.change),
        change_label=FEED_CHANGES[FeedChange(row.change)],
        problem=problem,
        differing=tuple(dict.fromkeys(_label(str(one["path"])) for one in row.differences)),
        since_at=row.since_at,
        is_open=row.settled_digest != row.digest,
        is_proposed=row.proposed_by_id is not None and row.decided_by_id is None,
        proposed_by=_name(people, row.proposed_by_id),
        proposer_account_id=proposer.account_id if proposer else None,
        proposed_at=row.proposed_at,
        valid_from=row.valid_from,
        is_taken=row.is_taken,
        decided_by=_name(people, row.decided_by_id),
        decided_at=row.decided_at,
        reason=row.reason,
    )


def _name(people: Mapping[int, AppointmentCard], appointment_id: int | None) -> str:
    card = people.get(appointment_id or 0)
    return card.name if card else ""


def _lines(differences: list[Mapping[str, Any]]) -> Iterator[FeedLine]:
    for one in differences:
        yield FeedLine(_place(str(one["path"])), _shown(one["before"]), _shown(one["after"]))


def _whole(record: Mapping[str, Any]) -> Iterator[FeedLine]:
    for name in FEED_PATHS:
        if name in record and (value := _shown(record[name])) != "–":
            yield FeedLine(FEED_PATHS[name], "–", value)


def _place(path: str) -> str:
    """Return where a difference is, in words: "channels[Trực tiếp].fee" is "Cách thức, thời hạn, phí: Trực tiếp, phí"."""
    found = re.fullmatch(r"[^\[]+\[(?P<row>.*)\](?:\.(?P<field>\w+))?", path, re.DOTALL)
    if found is None:
        return _label(path)
    inside = ", ".join(
        part for part in (found["row"][:200], FEED_FIELDS.get(found["field"] or "", "")) if part
    )
    return f"{_label(path)}: {inside}" if inside else _label(path)


def _label(path: str) -> str:
    name = path.split("[", 1)[0].split(".", 1)[0]
    return FEED_PATHS.get(name, name)


def _shown(value: Any) -> str:
    """Return a value as a person reads it."""
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, Mapping):
        parts = [_shown(one) for one in value.values() if one not in (None, "", False, 0)]
        text = ", ".join(parts)
    elif isinstance(value, list):
        text = "; ".join(_shown(one) for one in value)
    else:
        text = f"{value:g}" if isinstance(value, float) else str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
