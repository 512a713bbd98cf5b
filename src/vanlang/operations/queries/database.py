"""What PostgreSQL says of itself. Names of tables and sessions only: no query, no row of anybody's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from vanlang.kernel import clock
from vanlang.kernel.database.base import APP_ROLE
from vanlang.operations.rules.database import Session, Table


def get_server() -> tuple[int, str, int]:
    """Return the major version, the version as shown, and the size of our database in bytes."""
    number, shown, size = _row(
        "SELECT current_setting('server_version_num')::int, current_setting('server_version'),"
        " pg_database_size(current_database())"
    )
    return int(str(number)) // 10_000, str(shown).split()[0], int(str(size))


def list_migration_gaps() -> tuple[list[str], list[str]]:
    """Return the migrations that the code has and the database lacks, and those that only the database knows."""
    loader = MigrationLoader(connection)
    have, applied = set(loader.disk_migrations or {}), set(loader.applied_migrations or {})
    replaced = {key for one in (loader.disk_migrations or {}).values() for key in one.replaces}
    apps = loader.migrated_apps
    return (
        sorted(".".join(key) for key in have - applied if key in loader.graph.nodes),
        sorted(".".join(key) for key in applied - have - replaced if key[0] in apps),
    )


def list_tables() -> list[Table]:
    rows = _rows("SELECT relname, n_live_tup, n_dead_tup FROM pg_stat_user_tables")
    return [Table(str(name), int(str(live)), int(str(dead))) for name, live, dead in rows]


def get_vacuum() -> tuple[bool, int]:
    """Return whether autovacuum runs, and how old the oldest transaction number of our database is."""
    on, age = _row(
        "SELECT current_setting('autovacuum')::bool AND current_setting('track_counts')::bool,"
        " (SELECT age(datfrozenxid) FROM pg_database WHERE datname = current_database())"
    )
    return bool(on), int(str(age))


def list_sessions() -> list[Session]:
    """Return the other sessions of our database that hold a snapshot or idle in a transaction (operations/migrations/0002)."""
    rows = _rows("SELECT who, state, snapshot_seconds, idle_seconds FROM operations_sessions()")
    return [
        Session(str(who), str(state), _span(snapshot), _span(idle)) for who, state, snapshot, idle in rows
    ]


def get_connections() -> tuple[int, int, int]:
    """Return how many connections are used, how many there may be, and how many prepared transactions wait."""
    used, most, prepared = _row(
        "SELECT (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),"
        " current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int,"
        " (SELECT count(*) FROM pg_prepared_xacts)"
    )
    return int(str(used)), int(str(most)), int(str(prepared))


def list_slots() -> list[tuple[str, int]]:
    """Return the replication slots that nobody reads, and how many bytes of log each keeps."""
    rows = _rows(
        "SELECT slot_name, CASE WHEN pg_is_in_recovery() THEN 0"
        " ELSE pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) END"
        " FROM pg_replication_slots WHERE NOT active AND restart_lsn IS NOT NULL"
    )
    return [(str(name), int(float(str(kept)))) for name, kept in rows]


def get_clock_offset() -> dt.timedelta:
    """Return how far the database's clock is ahead of ours, half the way there taken off."""
    began = clock.now()
    (theirs,) = _row("SELECT clock_timestamp()")
    assert isinstance(theirs, dt.datetime)  # noqa: S101 - what the function returns
    return theirs - (began + (clock.now() - began) / 2)


def bypasses_policies() -> bool:
    """Say whether we are asked as a role that row-level security does not bind."""
    (bypasses,) = _row(
        "SELECT rolsuper OR rolbypassrls OR rolname <> %s FROM pg_roles WHERE rolname = current_user",
        [APP_ROLE],
    )
    return bool(bypasses)


def _span(seconds: object) -> dt.timedelta | None:
    return None if seconds is None else dt.timedelta(seconds=float(str(seconds)))


def _row(question: str, values: Sequence[str] = ()) -> tuple[object, ...]:
    return _rows(question, values)[0]


def _rows(question: str, values: Sequence[str] = ()) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, list(values) or None)
        return list(cursor.fetchall())
