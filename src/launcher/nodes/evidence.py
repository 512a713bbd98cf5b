"""What each node holds in the end, asked of each by itself."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql

from launcher.chaos import evidence
from launcher.nodes.judging import Copy, Digest
from launcher.nodes.machines import Cluster
from launcher.nodes.pulse import READ

TABLES: LiteralString = """
    SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname = 'public' AND c.relpersistence = 'p' ORDER BY 1
"""
DIGEST: LiteralString = (
    "SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text FROM {} t"
)
POSITION: LiteralString = "SELECT pg_current_wal_lsn()::text"
HAS_REACHED: LiteralString = "SELECT coalesce(pg_last_wal_replay_lsn() >= %s::pg_lsn, false)"


def copies(cluster: Cluster, files: Path, since: datetime) -> list[Copy]:
    """Return what every node holds, when the followers have what the leader wrote last. Nobody may be writing."""
    leader = cluster.wait_leader()
    with psycopg.connect(cluster.url_of(leader)) as connection:
        row = connection.execute(POSITION).fetchone()
    position = str(row[0]) if row else ""
    for name in cluster.machines:
        if name != leader:
            cluster.wait(f"{name} theo kịp", partial(_has_reached, cluster.url_of(name), position))
    return [_copy(name, cluster.url_of(name), files, since) for name in cluster.machines]


def _has_reached(url: str, position: str) -> bool:
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            row = connection.execute(HAS_REACHED, [position]).fetchone()
    except psycopg.OperationalError:
        return False
    return bool(row and row[0])


def _copy(name: str, url: str, files: Path, since: datetime) -> Copy:
    with psycopg.connect(url) as connection:
        return copy_in(connection, name, files, since)


def copy_in(connection: evidence.Connection, name: str, files: Path, since: datetime) -> Copy:
    """Return what the running transaction holds."""
    beats = Counter(int(number) for (number,) in connection.execute(READ).fetchall())
    tables = {}
    for (table,) in connection.execute(TABLES).fetchall():
        query = sql.SQL(DIGEST).format(sql.Identifier(*str(table).replace('"', "").split(".")))
        row = connection.execute(query).fetchone()
        assert row is not None  # noqa: S101 - an aggregate has one row
        tables[str(table)] = Digest(int(row[0]), str(row[1]))
    return Copy(name, evidence.read_in(connection, files, since), beats, tables)
