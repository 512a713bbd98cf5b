"""
Figures of the whole house, from the database: what waits and since when, how dossiers stand, who holds a snapshot open.

Asked at most every `FRESH` and kept in the process meanwhile: a scraper in a hurry costs nothing. Every question counts
what is open, waiting or running, never everything that ever was, so that ten years of dossiers do not make it slow.
Nothing has an agency for a label, let alone a person: dossiers are told by the kind of agency, four of them.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db import connection, transaction
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from typing_extensions import override

from vanlang.connectors.api import list_systems
from vanlang.dossiers.api import count_standing
from vanlang.kernel.scope import Scope, acting
from vanlang.operations.queries import database, work
from vanlang.organizations.api import get_agencies

FRESH = dt.timedelta(seconds=15)
PATIENCE_MILLISECONDS = 5_000
"""How long one question may take: figures are not worth more."""

_QUEUES = """
    SELECT queue_name,
        count(*) FILTER (WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now()),
        count(*) FILTER (WHERE status = 'todo' AND scheduled_at > now()),
        count(*) FILTER (WHERE status = 'doing'),
        coalesce(extract(epoch FROM now() - min(coalesce(job.scheduled_at, deferred.at))
            FILTER (WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now())), 0)
    FROM procrastinate_jobs job
    LEFT JOIN LATERAL (
        SELECT min(at) AS at FROM procrastinate_events WHERE job_id = job.id AND type = 'deferred'
    ) deferred ON true
    WHERE status IN ('todo', 'doing') GROUP BY queue_name
"""
_WORKERS = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '30 seconds'"
_CONNECTIONS = """
    SELECT count(*), current_setting('max_connections')::int FROM pg_stat_activity WHERE datname = current_database()
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One queue of jobs."""

    name: str
    due: int
    later: int
    doing: int
    oldest_seconds: float


@dataclass(frozen=True, slots=True)
class Outbox:
    """What one other system has not been told yet, or did not take."""

    system: str
    waiting: int
    oldest_seconds: float
    to_apply: int
    dead: int
    is_well: bool


@dataclass(frozen=True, slots=True)
class House:
    """How the house was at an instant."""

    queues: tuple[Waiting, ...] = ()
    workers: int = 0
    outboxes: tuple[Outbox, ...] = ()
    dossiers: dict[tuple[str, str], int] = field(default_factory=dict)
    """Open, by the kind of agency that decides and by state."""
    late: dict[str, int] = field(default_factory=dict)
    """Of these past their appointment, by kind of agency."""
    jobs_stalled: int = 0
    jobs_given_up: int = 0
    connections: int = 0
    most_connections: int = 0
    oldest_snapshot_seconds: float = 0.0
    oldest_idle_seconds: float = 0.0


def look(at: dt.datetime) -> House:
    """Ask the database. Raises: DatabaseError when it does not answer in time."""
    with acting(Scope.system()), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(PATIENCE_MILLISECONDS)])
        cursor.execute(_QUEUES)
        queues = tuple(
            Waiting(str(name), int(due), int(later), int(doing), float(oldest))
            for name, due, later, doing, oldest in cursor.fetchall()
        )
        cursor.execute(_WORKERS)
        (workers,) = cursor.fetchone() or (0,)
        cursor.execute(_CONNECTIONS)
        connections, most = cursor.fetchone() or (0, 0)
        dossiers, late = _dossiers(at)
        sessions = database.list_sessions()
        return House(
            queues=queues,
            workers=int(workers),
            outboxes=tuple(_outboxes(at)),
            dossiers=dossiers,
            late=late,
            jobs_stalled=work.count_stalled(),
            jobs_given_up=work.count_failed(),
            connections=int(connections),
            most_connections=int(most),
            oldest_snapshot_seconds=_longest(one.snapshot for one in sessions),
            oldest_idle_seconds=_longest(one.idle for one in sessions),
        )


def _longest(spans: Iterable[dt.timedelta | None]) -> float:
    return max((one.total_seconds() for one in spans if one is not None), default=0.0)


def _dossiers(at: dt.datetime) -> tuple[dict[tuple[str, str], int], dict[str, int]]:
    """Return the open dossiers by kind of agency and state, and the late ones by kind: a kind without any says 0."""
    standing = count_standing(at)
    kinds = {
        int(card.id): card.kind.value
        for card in get_agencies({one.agency_id for one in standing}, at.date()).values()
    }
    found: Counter[tuple[str, str]] = Counter()
    late: Counter[str] = Counter(dict.fromkeys(kinds.values(), 0))
    for one in standing:
        found[kinds[one.agency_id], one.state.value] += one.count
        late[kinds[one.agency_id]] += one.late
    return dict(found), dict(late)


def _outboxes(at: dt.datetime) -> Iterator[Outbox]:
    for one in list_systems(at):
        age = (at - one.oldest_at).total_seconds() if one.oldest_at else 0.0
        yield Outbox(one.system.code, one.waiting, max(age, 0.0), one.to_apply, one.dead, one.state != "open")


class HouseCollector(Collector):
    """Hands the figures to Prometheus; keeps them while they are fresh."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: House | None = None
        self._kept_at = 0.0

    def house(self, at: dt.datetime) -> House:
        """Return the figures, asked again when they are old."""
        with self._lock:
            if self._kept is None or time.monotonic() - self._kept_at > FRESH.total_seconds():
                self._kept, self._kept_at = look(at), time.monotonic()
            return self._kept

    @override
    def collect(self) -> Iterable[Metric]:
        from vanlang.kernel import clock

        return families(self.house(clock.now()))


def families(house: House) -> Iterator[Metric]:
    """Yield the figures in Prometheus' words."""
    by_queue = (
        ("vanlang_queue_due", "Jobs whose time has come and that nobody does yet.", "due"),
        ("vanlang_queue_later", "Jobs that wait for their time.", "later"),
        ("vanlang_queue_doing", "Jobs that are being done.", "doing"),
        ("vanlang_queue_oldest_seconds", "How long the oldest due job has waited.", "oldest_seconds"),
    )
    for name, says, column in by_queue:
        yield _family(name, says, "queue", {one.name: getattr(one, column) for one in house.queues})
    yield GaugeMetricFamily("vanlang_workers", "Job workers whose heart beats.", value=house.workers)
    by_system = (
        ("vanlang_outbox_waiting", "Messages that wait to be sent.", "waiting"),
        ("vanlang_outbox_oldest_seconds", "How long the oldest message has waited.", "oldest_seconds"),
        ("vanlang_inbox_to_apply", "Messages that came and are not applied yet.", "to_apply"),
        ("vanlang_letters_dead", "Messages that wait for a person.", "dead"),
        ("vanlang_system_up", "1 while the system is asked; 0 while it is left alone because it is ill.", "is_well"),
    )  # fmt: skip
    for name, says, column in by_system:
        yield _family(name, says, "system", {one.system: getattr(one, column) for one in house.outboxes})
    dossiers = GaugeMetricFamily("vanlang_dossiers_open", "Open dossiers.", labels=["kind", "state"])
    for (kind, state), count in house.dossiers.items():
        dossiers.add_metric([kind, state], float(count))
    yield dossiers
    yield _family("vanlang_dossiers_late", "Open dossiers past their appointment.", "kind", house.late)
    for name, says, value in (
        ("vanlang_jobs_stalled", "Jobs that a worker began that is dead.", house.jobs_stalled),
        ("vanlang_jobs_given_up", "Jobs given up in the last day.", house.jobs_given_up),
        ("vanlang_database_connections", "Connections to our database.", house.connections),
        ("vanlang_database_connections_most", "How many the server allows.", house.most_connections),
        (
            "vanlang_database_oldest_snapshot_seconds",
            "Age of the oldest snapshot that is held.",
            house.oldest_snapshot_seconds,
        ),
        (
            "vanlang_database_idle_in_transaction_seconds",
            "Longest that a session idles in a transaction.",
            house.oldest_idle_seconds,
        ),
    ):
        yield GaugeMetricFamily(name, says, value=value)


def _family(name: str, says: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(name, says, labels=[label])
    for key, value in values.items():
        family.add_metric([key], float(value))
    return family
