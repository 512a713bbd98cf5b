"""PostgreSQL itself: version, migrations, dead rows, vacuum, connections, and who holds an old snapshot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from vanlang.operations.types import Finding, Severity

from .shown import gigabytes, minutes

OLDEST_VERSION = 15
SNAPSHOT_WARNS, SNAPSHOT_HARMS = dt.timedelta(minutes=10), dt.timedelta(hours=1)
"""A queue under one open snapshot fell from 1,500 to 434 jobs a second (docs/adr/0025): minutes matter."""
IDLE_WARNS = dt.timedelta(minutes=5)
DEAD_ROWS, DEAD_SHARE = 20_000, 0.3
CONNECTIONS_WARN, CONNECTIONS_HARM = 0.8, 0.95
SLOT_WARNS_BYTES = 2 * 1024**3
WRAPAROUND_WARNS, WRAPAROUND_HARMS = 1_000_000_000, 1_600_000_000


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one table, as the statistics have them."""

    name: str
    live: int
    dead: int


@dataclass(frozen=True, slots=True)
class Session:
    """A connection that may hold others up."""

    who: str
    state: str
    snapshot: dt.timedelta | None
    """How old the snapshot or transaction is that it holds; None: it holds none."""
    idle: dt.timedelta | None
    """How long it has been idle inside a transaction."""


def judge_server(
    *, version: int, shown: str, size_bytes: int, pending: Sequence[str], unknown: Sequence[str]
) -> list[Finding]:
    """`pending`: migrations of the code that the database lacks; `unknown`: the other way round."""
    found = []
    if version < OLDEST_VERSION:
        found.append(
            Finding("operations.database_old", Severity.DANGER, {"version": shown, "least": OLDEST_VERSION})
        )
    if pending:
        found.append(
            Finding(
                "operations.migrations_pending", Severity.DANGER, {"count": len(pending), "first": pending[0]}
            )
        )
    if unknown:
        found.append(
            Finding("operations.code_behind", Severity.DANGER, {"count": len(unknown), "first": unknown[0]})
        )
    return found or [
        Finding("operations.database_good", Severity.GOOD, {"version": shown, "size": gigabytes(size_bytes)})
    ]


def judge_vacuum(*, autovacuum: bool, tables: Sequence[Table], oldest_xid: int) -> list[Finding]:
    found = []
    if not autovacuum:
        found.append(Finding("operations.autovacuum_off", Severity.DANGER))
    if oldest_xid >= WRAPAROUND_WARNS:
        severity = Severity.DANGER if oldest_xid >= WRAPAROUND_HARMS else Severity.WARNING
        found.append(Finding("operations.wraparound_near", severity, {"age": oldest_xid // 1_000_000}))
    bloated = [one for one in tables if one.dead > DEAD_ROWS and one.dead > DEAD_SHARE * max(one.live, 1)]
    for one in sorted(bloated, key=lambda table: -table.dead)[:3]:
        found.append(  # noqa: PERF401 - reads beside the ones above
            Finding(
                "operations.dead_rows",
                Severity.WARNING,
                {"table": one.name, "dead": one.dead, "live": one.live},
            )
        )
    dead = sum(one.dead for one in tables)
    return found or [Finding("operations.vacuum_good", Severity.GOOD, {"dead": dead})]


def judge_sessions(
    *, sessions: Sequence[Session], used: int, most: int, slots: Sequence[tuple[str, int]], prepared: int
) -> list[Finding]:
    """`slots`: inactive replication slots with the bytes of log that each keeps; `prepared`: forgotten two-phase commits."""
    found = [finding for one in sessions if (finding := _of_session(one))]
    if used >= CONNECTIONS_WARN * most:
        severity = Severity.DANGER if used >= CONNECTIONS_HARM * most else Severity.WARNING
        found.append(Finding("operations.connections_short", severity, {"used": used, "most": most}))
    found += [
        Finding("operations.slot_keeps_log", Severity.WARNING, {"slot": name, "size": gigabytes(kept)})
        for name, kept in slots
        if kept > SLOT_WARNS_BYTES
    ]
    if prepared:
        found.append(Finding("operations.prepared_left", Severity.WARNING, {"count": prepared}))
    oldest = max((one.snapshot for one in sessions if one.snapshot), default=dt.timedelta())
    return found or [
        Finding(
            "operations.sessions_good", Severity.GOOD, {"used": used, "most": most, "seconds": oldest.seconds}
        )
    ]


def _of_session(one: Session) -> Finding | None:
    facts: dict[str, object] = {"who": one.who or "không rõ tên"}
    if one.snapshot is not None and one.snapshot >= SNAPSHOT_WARNS:
        severity = Severity.DANGER if one.snapshot >= SNAPSHOT_HARMS else Severity.WARNING
        return Finding("operations.snapshot_old", severity, facts | {"minutes": minutes(one.snapshot)})
    if one.idle is not None and one.idle >= IDLE_WARNS:
        return Finding(
            "operations.idle_in_transaction", Severity.WARNING, facts | {"minutes": minutes(one.idle)}
        )
    return None
