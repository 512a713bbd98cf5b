"""
Figures of what must still be there tomorrow: backups and drills, certificates, room on the disks.

The first two change by the hour, and a certificate may be asked of the site itself: looked at every `FRESH`, kept meanwhile.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from typing_extensions import override

from vanlang.kernel import clock
from vanlang.kernel.scope import Scope, acting
from vanlang.operations.queries import keeping, machine
from vanlang.operations.types import UpkeepKind

FRESH = dt.timedelta(minutes=5)
NEVER = 0.0
"""The instant of what never was: so long ago that every alarm about its age is raised."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How it was kept at an instant."""

    good_at: dict[UpkeepKind, float]
    """When a backup, a drill was last good, as seconds since 1970."""
    certificates: dict[str, float]
    """When the next certificate ends, by what it is for."""


def look(at: dt.datetime) -> Kept:
    """Ask the database and the site. Raises: DatabaseError when the database does not answer."""
    with acting(Scope.system()):
        last = {kind: keeping.find_last(kind, good=True) for kind in (UpkeepKind.BACKUP, UpkeepKind.DRILL)}
        certificates, _ = keeping.list_certificates(at)
    ends: dict[str, float] = {}
    for one in certificates:
        what = "web" if one.is_web else "signing"
        ends[what] = min(one.ends_at.timestamp(), ends.get(what, float("inf")))
    return Kept(
        good_at={kind: card.ended_at.timestamp() if card else NEVER for kind, card in last.items()},
        certificates=ends,
    )


class KeepingCollector(Collector):
    """Hands the figures to Prometheus; keeps them while they are fresh."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: Kept | None = None
        self._kept_at = 0.0

    @override
    def collect(self) -> Iterable[Metric]:
        with self._lock:
            if self._kept is None or time.monotonic() - self._kept_at > FRESH.total_seconds():
                self._kept, self._kept_at = look(clock.now()), time.monotonic()
            return families(self._kept)


def families(kept: Kept) -> Iterator[Metric]:
    """Yield the figures in Prometheus' words. Instants, not ages: an age would stand still while it is kept."""
    good = GaugeMetricFamily(
        "vanlang_upkeep_good_timestamp_seconds", "When it last went well; 0: never.", labels=["kind"]
    )
    for kind, at in kept.good_at.items():
        good.add_metric([kind.value], at)
    ends = GaugeMetricFamily(
        "vanlang_certificate_ends_timestamp_seconds", "When the next certificate ends, of those that end within 60 days.",
        labels=["of"],
    )  # fmt: skip
    for what, at in kept.certificates.items():
        ends.add_metric([what], at)
    yield from (good, ends)


class DisksCollector(Collector):
    """Tells the room on the disks, also when the database does not answer: it may be the reason."""

    @override
    def collect(self) -> Iterable[Metric]:
        free = GaugeMetricFamily("vanlang_disk_free_bytes", "Room left where it lies.", labels=["holds"])
        size = GaugeMetricFamily("vanlang_disk_size_bytes", "Room there is where it lies.", labels=["holds"])
        for what, disk in zip(machine.PLACES, machine.list_disks(), strict=True):
            free.add_metric([what], float(disk.free))
            size.add_metric([what], float(disk.size))
        return (free, size)
