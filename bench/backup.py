"""
Does a long backup slow the queue? Ours and plain `pg_dump`, both made to last equally long, in one run on one server.

A queue works all the time through procrastinate's own functions: jobs are deferred at a steady rate, fetched, finished.
Three times it is watched for as long: alone, while our base copy is read slowly, while a `pg_dump` is read slowly (as over
a thin line, or of a large database: a dump's snapshot is open as long as it lasts). Autovacuum does its work as in a
province, only more often, because the watch is short. Measured at the end of the watch: dead rows that may not be taken away,
by `VACUUM` itself; the pages that the server reads to find the next job, by `EXPLAIN (ANALYZE, BUFFERS)`: what makes a queue
slow, counted and not timed, so that a busy machine changes nothing. Beside them the jobs done a second and left behind.

Right: every job was done once, the backup opens and counts, both copies ran to the end of the watch. The gate: under ours
no dead rows pile up, and a fetch reads at most twice the pages that it reads alone.

    ./vanlang bench backup               # 60 seconds each
    ./vanlang bench backup --seconds 300
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.support.verdict import verdict
from launcher import postgres
from launcher.backup.cluster import Cluster, program, without_password
from launcher.backup.keys import Key
from launcher.backup.places import Place
from launcher.backup.repository import Repository
from launcher.backup.taking import Wishes, take

Beside = Callable[[float], AbstractContextManager[Callable[[], bool]]]
"""Goes on till the instant given; inside, it says whether it is still under way."""

SECONDS = 60
RATE = 120
"""Jobs deferred a second: less than the queue can do alone on two cores, so that what is left behind says something."""
BATCH = 20
ROWS = 400_000
"""Rows of other tables, so that there is something to dump (about 100 MB)."""
MOST_PAGES = 2.0
"""Of what a fetch reads when the queue is alone."""
_QUEUE = "bench"


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, and return 0 when everything was right and the gate is met."""
    parser = argparse.ArgumentParser(prog="bench backup", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    parser.add_argument("--seconds", type=int, default=SECONDS)
    arguments = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder, postgres.running(Path(folder) / "postgres") as server:
        report = _measure(server, Path(folder), arguments.seconds)
    print(json.dumps(report, indent=2) if arguments.json else _table(report))
    return verdict(right=report["right"], in_budget=report["gate_met"])


def _measure(server: postgres.Server, folder: Path, seconds: int) -> dict[str, Any]:
    url = server.url("bench")
    _lay_out(server, ROWS * max(1, seconds // SECONDS))
    place = Place(url=url, state=folder / "state", store=folder / "files", scratch=folder / "scratch")
    place.state.mkdir()
    watches = {
        "alone": _watched(url, seconds, _nothing),
        "ours": _watched(url, seconds, lambda until: _slow_base_copy(url)),
        "pg_dump": _watched(url, seconds, lambda until: _slow_dump(url)),
    }
    began = time.perf_counter()
    taken = take(place, Repository(folder / "backups"), Key.made(), Wishes(quiet=True))
    whole = time.perf_counter() - began
    ours, alone = watches["ours"], watches["alone"]
    right = all(watch["done_once"] and watch["lasted"] for watch in watches.values()) and taken.rows > ROWS
    return {
        "python": platform.python_version(), "postgres": server.version(), "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1), "seconds_each": seconds, "deferred_a_second": RATE, "watches": watches,
        "whole_backup_seconds": round(whole, 1), "whole_backup_rows": taken.rows, "right": right,
        "gate_met": ours["pages_of_a_fetch"] <= MOST_PAGES * alone["pages_of_a_fetch"] and ours["dead_kept"] < 10 * RATE,
    }  # fmt: skip


def _lay_out(server: postgres.Server, rows: int) -> None:
    """Make a database with procrastinate's own tables, and others to be dumped."""
    import procrastinate

    with Cluster(server.url("postgres")).connect() as admin:
        admin.execute("ALTER SYSTEM SET autovacuum_naptime = '5s'")
        admin.execute("SELECT pg_reload_conf()")
        admin.execute("CREATE DATABASE bench")
    schema = Path(procrastinate.__file__).parent / "sql" / "schema.sql"
    with Cluster(server.url("bench")).connect() as connection:
        connection.execute(schema.read_bytes())
        connection.execute("CREATE TABLE papers (id int, words text)")
        connection.execute(
            "INSERT INTO papers SELECT n, md5(n::text) || md5((n + 1)::text) || repeat(md5(n::text), 5)"
            " FROM generate_series(1, %s::int) n",
            [rows],
        )


# --- the queue ---------------------------------------------------------------------------------------


@dataclass
class Work:
    """What the queue did."""

    until: float
    done: list[float] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    deferred: int = 0


def _watched(url: str, seconds: int, beside: Beside) -> dict[str, Any]:
    """Let the queue work while `beside` goes on till the same instant; return the figures."""
    with Cluster(url).connect() as connection:
        connection.execute("TRUNCATE procrastinate_jobs, procrastinate_events, procrastinate_workers CASCADE")
        connection.execute("CHECKPOINT")
        worker = connection.execute(
            "INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id"
        ).fetchone()
    began = time.perf_counter()
    work = Work(until=began + seconds)
    threads = [
        threading.Thread(target=_defer, args=(url, work)),
        threading.Thread(target=_do, args=(url, work, worker[0] if worker else 0)),
    ]
    for thread in threads:
        thread.start()
    with beside(work.until) as is_under_way:
        time.sleep(max(0.0, work.until - 2 - time.perf_counter()))
        lasted, pages, dead = is_under_way(), _pages_of_a_fetch(url), _dead_kept(url)
        time.sleep(max(0.0, work.until - time.perf_counter()))
    for thread in threads:
        thread.join()
    with Cluster(url).connect() as connection:
        rows = connection.execute(
            "SELECT count(*) FILTER (WHERE status = 'succeeded'), count(*) FILTER (WHERE status = 'todo') FROM procrastinate_jobs"
        ).fetchone()
    succeeded, left = rows or (0, 0)
    third = seconds / 3
    return {
        "deferred": work.deferred, "done": len(work.done), "left_behind": left,
        "begin_rate": round(sum(at - began < third for at in work.done) / third),
        "end_rate": round(sum(at - began >= 2 * third for at in work.done) / third),
        "dead_kept": dead, "pages_of_a_fetch": pages, "done_once": len(set(work.ids)) == len(work.ids) == succeeded, "lasted": lasted,
    }  # fmt: skip


def _defer(url: str, work: Work) -> None:
    """Defer jobs at a steady rate, a batch at a time, whatever the worker does."""
    with Cluster(url).connect() as connection:
        turn = time.perf_counter()
        while turn < work.until:
            connection.execute(
                "SELECT procrastinate_defer_jobs_v1(array(SELECT ROW(%s, 'bench', 0, NULL, NULL, '{}', NULL)"
                "::procrastinate_job_to_defer_v1 FROM generate_series(1, %s)))",
                [_QUEUE, BATCH],
            )
            work.deferred += BATCH
            turn += BATCH / RATE
            time.sleep(max(0.0, turn - time.perf_counter()))


def _do(url: str, work: Work, worker: int) -> None:
    """Fetch and finish jobs one by one, as a worker does."""
    with Cluster(url).connect() as connection:
        while time.perf_counter() < work.until:
            row = connection.execute(
                "SELECT id FROM procrastinate_fetch_job_v2(%s::varchar[], %s)", [[_QUEUE], worker]
            ).fetchone()
            if row is None or row[0] is None:
                time.sleep(0.005)
                continue
            connection.execute("SELECT procrastinate_finish_job_v1(%s, 'succeeded', false)", [row[0]])
            work.ids.append(row[0])
            work.done.append(time.perf_counter())


def _pages_of_a_fetch(url: str) -> int:
    """Count the pages that the server looks at to find the next job; the job is given back. The median of nine."""
    question = "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT procrastinate_fetch_job_v2(%s::varchar[], max(id)) FROM procrastinate_workers"
    counted = []
    with Cluster(url).connect() as connection:
        for _ in range(9):
            with connection.transaction(force_rollback=True):
                row = connection.execute(question, [[_QUEUE]]).fetchone()
                plan = row[0][0]["Plan"] if row else {}
            counted.append(plan.get("Shared Hit Blocks", 0) + plan.get("Shared Read Blocks", 0))
    return sorted(counted)[4]


def _dead_kept(url: str) -> int:
    """Ask vacuum how many dead rows of the queue it may not take away now."""
    said: list[str] = []
    with Cluster(url).connect() as connection:
        connection.add_notice_handler(lambda notice: said.append(notice.message_primary or ""))
        connection.execute("VACUUM (VERBOSE, INDEX_CLEANUP OFF, TRUNCATE OFF) procrastinate_jobs")
    found = re.search(r"(\d+) are dead but not yet removable", " ".join(said))
    return int(found.group(1)) if found else 0


# --- what goes on beside it --------------------------------------------------------------------------


@contextmanager
def _nothing(until: float) -> Iterator[Callable[[], bool]]:
    yield lambda: True


@contextmanager
def _slow_base_copy(url: str) -> Iterator[Callable[[], bool]]:
    """Have our way read the whole server so slowly that it outlasts the watch."""
    ended = threading.Event()

    def copy() -> None:
        try:
            with Cluster(url).base_copy(megabytes_a_second=1) as pieces:
                for _ in pieces:
                    if stop.is_set():
                        break
        except RuntimeError:
            pass  # cut off by us
        finally:
            ended.set()

    stop = threading.Event()
    copying = threading.Thread(target=copy)
    copying.start()
    try:
        yield lambda: not ended.is_set()
    finally:
        stop.set()
        with Cluster(url).connect() as connection:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_replication")
        copying.join()


@contextmanager
def _slow_dump(url: str) -> Iterator[Callable[[], bool]]:
    """Have `pg_dump` wait for a reader that takes a little and then waits: its snapshot stays open."""
    told, given = without_password(url)
    with subprocess.Popen(
        [program("pg_dump"), "--dbname", told], env={**os.environ, **given}, stdout=subprocess.PIPE
    ) as dump:
        assert dump.stdout is not None
        dump.stdout.read(1024 * 1024)  # it has begun: the rest waits in the pipe
        try:
            yield lambda: dump.poll() is None
        finally:
            dump.kill()


def _table(report: dict[str, Any]) -> str:
    lines = [
        f"Python {report['python']}, PostgreSQL {report['postgres']}, {report['cores']} cores, load {report['load']}; "
        f"{report['deferred_a_second']} jobs deferred a second, {report['seconds_each']} s each",
        f"{'beside it':<12}{'dead, kept':>12}{'pages a fetch':>15}{'jobs/s first':>14}{'jobs/s last':>13}{'left behind':>13}",
    ]
    for name, watch in report["watches"].items():
        lines.append(
            f"{name:<12}{watch['dead_kept']:>12}{watch['pages_of_a_fetch']:>15}{watch['begin_rate']:>14}{watch['end_rate']:>13}"
            f"{watch['left_behind']:>13}"
        )
    lines.append(
        f"a whole backup of {report['whole_backup_rows']} rows, opened and counted: {report['whole_backup_seconds']} s"
    )
    lines.append(f"right: {report['right']}, gate met: {report['gate_met']}")
    return "\n".join(lines)
