"""What the migrations that are pending will do to this database, by its real sizes and the speed of this machine."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from vanlang.kernel.schema.findings import Met, Proofs, Step, find, met_by
from vanlang.kernel.schema.house import house
from vanlang.kernel.schema.reading import steps
from vanlang.kernel.schema.statements import Work

LONGEST_LOCK = 2.0
"""Seconds that a lock which stops others may last (ADR 0026)."""
CAREFUL = 2.0
"""What was measured on rows in memory is taken as so many times slower."""
_PROBE_ROWS = 100_000
_PROBE = """
CREATE TEMPORARY TABLE probe AS
SELECT n AS id, md5(n::text) AS word, repeat('x', 200) AS filling FROM generate_series(1, 100000) AS n
"""


@dataclass(frozen=True, slots=True)
class Speed:
    """Rows a second that this machine reads, sorts into an index, updates, writes anew."""

    scan: float
    build: float
    rows: float
    rewrite: float

    def seconds(self, work: Work, rows: int) -> float:
        """Return how long a statement works; what we do not know is taken for the slowest."""
        speeds = {
            Work.SCAN: self.scan,
            Work.BUILD: self.build,
            Work.ROWS: self.rows,
            Work.REWRITE: self.rewrite,
        }
        return 0.0 if work is Work.CATALOGUE else CAREFUL * rows / speeds.get(work, min(speeds.values()))


@dataclass(frozen=True, slots=True)
class Touch:
    """What one migration does to one table."""

    table: str
    rows: int
    megabytes: float
    act: str
    lock: str
    seconds: float
    locked_seconds: float
    """How long others wait: from the first lock that stops them to the end of the transaction."""


@dataclass(frozen=True, slots=True)
class Pending:
    """One migration that is pending."""

    name: str
    touches: tuple[Touch, ...]
    seconds: float
    locked_seconds: float
    way_back: str
    """ "old_code": the old release runs on the new schema; "backup": it does not, only a backup leads back."""
    reversible: bool

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def pending(connection: BaseDatabaseWrapper, speed: Speed | None = None) -> list[Pending]:
    """Return the pending migrations in their order."""
    executor = MigrationExecutor(connection)
    wanted = {key for key in executor.loader.graph.nodes if key not in executor.loader.applied_migrations}
    if not wanted:
        return []
    fast, big, proofs = speed or measure(connection), house().big, Proofs()
    read = steps(connection, lambda migration: (migration.app_label, migration.name) in wanted)
    return [_estimate(step, connection, fast, big, proofs) for step in read]


def _estimate(
    step: Step, connection: BaseDatabaseWrapper, speed: Speed, big: frozenset[str], proofs: Proofs
) -> Pending:
    broken = {finding.code for finding in find(step, big)} & {"used_by_running", "required_column"}
    met = met_by(step, proofs)
    sizes = {table: size(connection, table) for table in {m.effect.table for m in met} | set(step.batched)}
    touches: list[Touch] = []
    held = False
    for m in met:
        rows, megabytes = sizes[m.effect.table]
        seconds = speed.seconds(m.effect.work, rows)
        held = (held and step.atomic) or m.effect.lock.stops_writers
        touches.append(_touch(m, rows, megabytes, seconds, seconds if held else 0.0))
    for table in step.batched:
        rows, megabytes = sizes[table]
        touches.append(
            Touch(table, rows, megabytes, "in_batches", "ROW EXCLUSIVE", speed.seconds(Work.ROWS, rows), 0.0)
        )
    locked = (
        sum(t.locked_seconds for t in touches)
        if step.atomic
        else max((t.locked_seconds for t in touches), default=0.0)
    )
    gone = "used_by_running" in broken or bool(step.unused_since)
    return Pending(
        name=step.name,
        touches=tuple(touches),
        seconds=round(sum(t.seconds for t in touches), 2),
        locked_seconds=round(locked, 2),
        way_back="backup" if gone or broken else "old_code",
        reversible=step.reversible,
    )


def _touch(met: Met, rows: int, megabytes: float, seconds: float, locked: float) -> Touch:
    effect = met.effect
    return Touch(
        effect.table, rows, megabytes, effect.act, effect.lock.sql, round(seconds, 2), round(locked, 2)
    )


def size(connection: BaseDatabaseWrapper, table: str) -> tuple[int, float]:
    """Return how many rows a table has, about, and how many megabytes with its indexes; nothing where there is none yet."""
    if not table:
        return 0, 0.0
    question = "SELECT reltuples::bigint, pg_total_relation_size(oid) / 1e6 FROM pg_class WHERE oid = to_regclass(quote_ident(%s))"
    with connection.cursor() as cursor:
        cursor.execute(question, [table])
        row = cursor.fetchone()
        if row is None:
            return 0, 0.0
        rows, megabytes = int(row[0]), round(float(row[1]), 1)
        if rows < 0:  # never analysed: young, and so not big
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a table's name, quoted
            rows = int(cursor.fetchone()[0])
    return rows, megabytes


def measure(connection: BaseDatabaseWrapper) -> Speed:
    """Try on a temporary table of a hundred thousand rows how fast this machine is: about a second."""

    def timed(statement: str) -> float:
        began = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(statement)
        return _PROBE_ROWS / max(time.perf_counter() - began, 1e-4)

    with transaction.atomic(using=connection.alias):
        timed(_PROBE)
        speed = Speed(
            scan=timed("ALTER TABLE probe ADD CHECK (word <> '')"),
            build=timed("CREATE INDEX ON probe (word, id)"),
            rows=timed("UPDATE probe SET filling = word"),
            rewrite=timed("ALTER TABLE probe ALTER COLUMN id TYPE bigint"),
        )
        timed("DROP TABLE probe")
    return speed
