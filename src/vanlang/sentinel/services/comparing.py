"""
Carrying a comparison out.

    read       our records are streamed once and hashed
    compare    the other side is asked; what differs is fetched, and looked up once more by its code
    write      differences, days and figures, in one transaction (`concluding`), with the remedies that a rule gives

Nothing is concluded from a comparison that could not be carried through. A worker that died is followed by another one:
a run that has not moved for a while is taken over from its beginning, which costs only time.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import structlog
from django.conf import settings
from django.db import transaction

from vanlang.kernel.errors import OutsideSystemError
from vanlang.kernel.zone import VIETNAM
from vanlang.sentinel import ports
from vanlang.sentinel.models import SyncRun
from vanlang.sentinel.rules.descent import descend
from vanlang.sentinel.rules.lenses import lens_of, seen_through
from vanlang.sentinel.rules.replicas import Held, Streamed, days_between
from vanlang.sentinel.rules.versions import unpacked
from vanlang.sentinel.services.concluding import conclude, judge
from vanlang.sentinel.types import Descent, Record, RunState, RunStep, Way

log = structlog.get_logger(__name__)
DEAD_AFTER = dt.timedelta(minutes=15)
"""A run that did not move for so long has lost its worker."""
BEAT_EVERY = 20_000
"""Records between two signs of life."""
LOOKED_UP = 1_000
"""Up to so many records that one side lacks are asked for by their code: they may stand under another day."""
NO_ANSWER, BROKE_OFF = "sentinel.no_answer", "sentinel.broke_off"

Clock = Callable[[], dt.datetime]


def carry_out(*, run_id: uuid.UUID, clock: Clock) -> RunState | None:
    """Carry a comparison out, from its beginning; None when another worker is at it or it is over."""
    run = _taken(run_id, clock())
    if run is None:
        return None
    try:
        comparison = ports.get_comparison(run.system)
        found = _Comparing(run, comparison, clock).found()
        judged = judge(comparison, found, since_of(run))
        conclude(
            run=run,
            comparison=comparison,
            found=found,
            judged=judged,
            is_clear=lens_of(run.lens).is_clear,
            at=clock(),
        )
    except OutsideSystemError as silence:
        return _failed(run, NO_ANSWER, clock(), silence)
    except Exception as fault:
        log.exception("comparison_broke_off", system=run.system, run=str(run.pk))
        return _failed(run, BROKE_OFF, clock(), fault)
    log.info("compared", system=run.system, run=str(run.pk), differing=run.differing, bytes=run.wire_bytes)
    return RunState.DONE


@transaction.atomic
def _taken(run_id: uuid.UUID, at: dt.datetime) -> SyncRun | None:
    run = SyncRun.objects.select_for_update().filter(pk=run_id).first()
    if run is None or run.state in {RunState.DONE, RunState.FAILED}:
        return None
    if run.state == RunState.RUNNING and at - run.beat_at < DEAD_AFTER:
        return None
    run.state, run.started_at, run.beat_at, run.step, run.done = RunState.RUNNING, at, at, RunStep.READING, 0
    run.save(update_fields=["state", "started_at", "beat_at", "step", "done"])
    return run


def _failed(run: SyncRun, reason: str, at: dt.datetime, why: Exception) -> RunState:
    """Close a run from which nothing is concluded."""
    log.warning("not_compared", system=run.system, run=str(run.pk), reason=reason, fault=type(why).__name__)
    SyncRun.objects.filter(pk=run.pk).update(
        state=RunState.FAILED, reason=reason, finished_at=at, beat_at=at, export=None
    )
    return RunState.FAILED


class _Comparing:
    """One comparison while it lasts."""

    def __init__(self, run: SyncRun, comparison: ports.Comparison, clock: Clock) -> None:
        self._run, self._comparison, self._clock = run, comparison, clock
        self._lens = lens_of(run.lens)

    def found(self) -> Descent:
        """Return what lies in the branches that differ, the run's costs noted on it."""
        run = self._run
        if isinstance(self._comparison, ports.CountsItself):
            run.total = self._comparison.count_here(run.first_on, run.last_on)
        if run.way == Way.EXPORT:
            return self._by_export()
        with self._comparison.there() as other:
            found = self._by_digests(other) if run.way == Way.DIGESTS else self._by_list(other)
            found = self._looked_up(found, other)
            run.questions, run.wire_bytes = other.traffic().questions, other.traffic().bytes
        return found

    def _by_digests(self, other: ports.Other) -> Descent:
        here = Streamed(self._here, self._run.first_on, self._run.last_on)
        self._run.full_bytes = here.forest.canonical_bytes
        self._beat(RunStep.COMPARING)
        return self._counted(descend(here, other, wanted=self._is_wanted))

    def _by_list(self, other: ports.Other) -> Descent:
        """Compare day by day, so that no more than a day is ever held."""
        parts = []
        for on in days_between(self._run.first_on, self._run.last_on):
            here, there = Held(self._here(on, on)), Held(self._seen(other.list_day(on)))
            self._run.full_bytes += here.forest.canonical_bytes
            parts.append(descend(here, there))
            self._run.fetched += len(there.forest)
        return _joined(parts)

    def _by_export(self) -> Descent:
        here = Streamed(self._here, self._run.first_on, self._run.last_on)
        there = Held(self._seen(unpacked(one) for one in self._run.export or ()))
        self._run.full_bytes = here.forest.canonical_bytes
        self._beat(RunStep.COMPARING)
        return self._looked_up(self._counted(descend(here, there, wanted=self._is_wanted)), None)

    def _here(self, first_on: dt.date, last_on: dt.date) -> Iterator[Record]:
        for number, record in enumerate(self._seen(self._comparison.here(first_on, last_on)), start=1):
            if number % BEAT_EVERY == 0:
                self._beat(RunStep(self._run.step), done=number)
            yield record

    def _seen(self, records: Iterable[Record]) -> Iterator[Record]:
        return (seen_through(self._lens, record) for record in records)

    def _is_wanted(self, day: str) -> bool:
        return f"{self._run.first_on:%Y%m%d}" <= day <= f"{self._run.last_on:%Y%m%d}"

    def _counted(self, found: Descent) -> Descent:
        self._run.fetched = sum(len(versions) for versions in found.there.values())
        return found

    def _looked_up(self, found: Descent, other: ports.Other | None) -> Descent:
        """Ask by its code for what one side lacks: it may stand there under a day that was not compared."""
        strange = [code for code in found.codes if code not in found.here]
        lost = [code for code in found.codes if code not in found.there]
        mine = self._comparison.find_here(strange) if strange else ()
        theirs = other.find(lost) if other and 0 < len(lost) <= LOOKED_UP else ()
        return replace(
            found, here=_with(found.here, self._seen(mine)), there=_with(found.there, self._seen(theirs))
        )

    def _beat(self, step: RunStep, done: int = 0) -> None:
        """Give a sign of life, which is also the progress that a page shows."""
        run = self._run
        run.step, run.beat_at = step, self._clock()
        run.done = max(run.done, done)
        run.save(update_fields=["step", "beat_at", "done", "total"])


def since_of(run: SyncRun) -> dt.datetime:
    """Return from when on a movement may not have reached the other side yet, as far as this run can know."""
    if run.as_of_at is not None:
        return run.as_of_at.astimezone(VIETNAM)
    return (run.started_at or run.asked_at) - settings.VANLANG_SENTINEL_JUST_BEFORE


def _joined(parts: Sequence[Descent]) -> Descent:
    whole = Descent({}, {}, {}, 0, 0)
    here: dict[str, tuple[Record, ...]] = {}
    there: dict[str, tuple[Record, ...]] = {}
    for part in parts:
        for side, found in ((here, part.here), (there, part.there)):
            for code, versions in found.items():
                side[code] = (*side.get(code, ()), *versions)
        whole = replace(
            whole, days={**whole.days, **part.days}, compared=whole.compared + part.compared,
            asked_paths=whole.asked_paths + part.asked_paths, riddles=(*whole.riddles, *part.riddles),
        )  # fmt: skip
    return replace(whole, here=here, there=there)


def _with(found: Mapping[str, tuple[Record, ...]], more: Iterable[Record]) -> dict[str, tuple[Record, ...]]:
    side = dict(found)
    for record in more:
        side[record.code] = (*side.get(record.code, ()), record)
    return side


def list_lost(at: dt.datetime) -> list[uuid.UUID]:
    """Return the comparisons that nobody carries on: their worker died, or never came."""
    lost = SyncRun.objects.filter(finished_at__isnull=True, beat_at__lt=at - DEAD_AFTER)
    return list(lost.order_by("asked_at").values_list("pk", flat=True))
