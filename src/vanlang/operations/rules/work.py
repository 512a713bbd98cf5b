"""What should move: jobs, and letters to other systems."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from vanlang.operations.types import Finding, Severity

from .shown import minutes

WAITING_WARNS, WAITING_HARMS = dt.timedelta(minutes=5), dt.timedelta(hours=1)
HEARTBEAT_LOST = dt.timedelta(minutes=2)
FAILED_WARNS = 1
LETTERS_HARM = 50


@dataclass(frozen=True, slots=True)
class Backlog:
    """Jobs of one queue that could start now."""

    name: str
    waiting: int
    oldest: dt.timedelta


@dataclass(frozen=True, slots=True)
class Letters:
    """What one other system has not been told, or did not take."""

    system: str
    dead: int
    waiting: int
    oldest: dt.timedelta | None
    is_ill: bool


def judge_queues(
    *, queues: Sequence[Backlog], stalled: int, failed: int, heartbeat: dt.timedelta | None
) -> list[Finding]:
    """`stalled`: jobs whose worker died; `failed`: given up in the last day; `heartbeat`: the youngest worker's, None: no worker."""
    found = []
    if heartbeat is None or heartbeat > HEARTBEAT_LOST:
        found.append(Finding("operations.worker_gone", Severity.DANGER))
    for one in queues:
        if one.oldest >= WAITING_WARNS:
            severity = Severity.DANGER if one.oldest >= WAITING_HARMS else Severity.WARNING
            facts: dict[str, object] = {
                "queue": one.name,
                "waiting": one.waiting,
                "minutes": minutes(one.oldest),
            }
            found.append(Finding("operations.queue_slow", severity, facts))
    if stalled:
        found.append(Finding("operations.jobs_stalled", Severity.WARNING, {"count": stalled}))
    if failed >= FAILED_WARNS:
        found.append(Finding("operations.jobs_failed", Severity.WARNING, {"count": failed}))
    waiting = sum(one.waiting for one in queues)
    return found or [Finding("operations.queues_good", Severity.GOOD, {"waiting": waiting})]


def judge_letters(systems: Sequence[Letters]) -> list[Finding]:
    found = []
    for one in systems:
        if one.dead:
            severity = Severity.DANGER if one.dead >= LETTERS_HARM else Severity.WARNING
            found.append(
                Finding("operations.letters_dead", severity, {"system": one.system, "count": one.dead})
            )
        if one.is_ill:
            found.append(
                Finding(
                    "operations.system_ill", Severity.WARNING, {"system": one.system, "waiting": one.waiting}
                )
            )
        elif one.oldest is not None and one.oldest >= WAITING_HARMS:
            facts: dict[str, object] = {
                "system": one.system,
                "waiting": one.waiting,
                "minutes": minutes(one.oldest),
            }
            found.append(Finding("operations.letters_slow", Severity.WARNING, facts))
    return found or [Finding("operations.letters_good", Severity.GOOD, {"systems": len(systems)})]
