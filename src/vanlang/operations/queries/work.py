"""The job queue, and letters to other systems."""

from __future__ import annotations

import datetime as dt

from django.db import connection

from vanlang.connectors.api import list_systems
from vanlang.operations.rules.work import HEARTBEAT_LOST, Backlog, Letters


def list_queues() -> list[Backlog]:
    """Return the queues with jobs that could start now; a job for later waits for nobody."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT j.queue_name, count(*), extract(epoch FROM now() - min(coalesce(j.scheduled_at, e.at)))"
            " FROM procrastinate_jobs j LEFT JOIN LATERAL (SELECT max(at) AS at FROM procrastinate_events"
            "   WHERE job_id = j.id AND type IN ('deferred', 'deferred_for_retry', 'retried', 'scheduled')) e ON true"
            " WHERE j.status = 'todo' AND coalesce(j.scheduled_at, now()) <= now() GROUP BY 1 ORDER BY 1"
        )
        return [
            Backlog(name, count, dt.timedelta(seconds=float(age or 0)))
            for name, count, age in cursor.fetchall()
        ]


def count_stalled() -> int:
    """Return how many jobs are being done by nobody: their worker is gone or silent."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id"
            " WHERE j.status = 'doing' AND (w.id IS NULL OR w.last_heartbeat < now() - make_interval(secs => %s))",
            [HEARTBEAT_LOST.total_seconds()],
        )
        return int(cursor.fetchone()[0])


def count_failed() -> int:
    """Return how many jobs were given up in the last day."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT job_id) FROM procrastinate_events e JOIN procrastinate_jobs j ON j.id = e.job_id"
            " WHERE e.type = 'failed' AND e.at > now() - interval '1 day' AND j.status = 'failed'"
        )
        return int(cursor.fetchone()[0])


def get_heartbeat() -> dt.timedelta | None:
    """Return how long ago the youngest sign of life of a worker was; None without a worker."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers")
        seconds = cursor.fetchone()[0]
    return None if seconds is None else dt.timedelta(seconds=float(seconds))


def list_letters(at: dt.datetime) -> list[Letters]:
    """Return what other systems have not been told or did not take."""
    return [
        Letters(
            system=one.system.name, dead=one.dead, waiting=one.waiting, oldest=at - one.oldest_at if one.oldest_at else None,
            is_ill=one.state != "closed",
        )
        for one in list_systems(at)
    ]  # fmt: skip
