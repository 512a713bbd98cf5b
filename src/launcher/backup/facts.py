"""
What a database says of itself, so that a copy can be compared with it: rows per table, constraints proved anew, the log.

The log is read in blocks of ids. A block that was closed when a backup was made must be the same in every later one: that
is how it shows that nobody rewrote the past between two backups.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

BLOCK = 100_000
LOG, CONTENTS = "audit_record", "files_storedfile"

_LOG_COLUMNS = (
    "id, kind, extract(epoch FROM at), act, actor_kind, account_id, person_id, appointment_id, agency_id, "
    "object_type, object_id, purpose, facts"
)
"""Named one by one: a column that a later version adds changes no block of an earlier backup."""


@dataclass(frozen=True, slots=True)
class LogHead:
    """How far the log goes, and what its blocks hash to."""

    count: int
    last_id: int
    last_at: str
    blocks: dict[str, tuple[int, str]]
    """By the number of the block: its rows and their hash."""


def count_rows(connection: psycopg.Connection) -> dict[str, int]:
    """Return how many rows each table has; of a partitioned one, each partition."""
    tables = connection.execute(
        "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_'"
        " ORDER BY 1, 2"
    ).fetchall()
    return {
        f"{schema}.{table}": _number(
            connection, sql.SQL("SELECT count(*) FROM ONLY {}").format(sql.Identifier(schema, table))
        )
        for schema, table in tables
    }


def read_log(connection: psycopg.Connection) -> LogHead | None:
    """Return the head of the log; None where there is none yet."""
    if not _exists(connection, LOG):
        return None
    rows = connection.execute(
        f"SELECT id / {BLOCK}, count(*), max(id), max(at)::text,"  # noqa: S608 - names of our own
        f" encode(sha256(convert_to(string_agg(ROW({_LOG_COLUMNS})::text, E'\\n' ORDER BY id), 'UTF8')), 'hex')"
        f" FROM {LOG} GROUP BY 1 ORDER BY 1"
    ).fetchall()
    return LogHead(
        count=sum(row[1] for row in rows),
        last_id=rows[-1][2] if rows else 0,
        last_at=rows[-1][3] if rows else "",
        blocks={str(row[0]): (row[1], row[4]) for row in rows},
    )


def list_contents(connection: psycopg.Connection) -> dict[str, int]:
    """Return the hash and size of every content that the database names."""
    if not _exists(connection, CONTENTS):
        return {}
    rows = connection.execute(f"SELECT DISTINCT sha256, size_bytes FROM {CONTENTS}")  # noqa: S608 - our own name
    return {row[0]: row[1] for row in rows}


def list_migrations(connection: psycopg.Connection) -> list[str]:
    """Return the migrations that were applied."""
    if not _exists(connection, "django_migrations"):
        return []
    rows = connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
    return [row[0] for row in rows]


def list_broken_constraints(connection: psycopg.Connection) -> tuple[int, list[str]]:
    """
    Ask every foreign key, check and uniqueness again, row by row; return how many were asked and those that do not hold.

    A copy's constraints say "valid" because the original's did; whether its rows obey them is another question.
    """
    asked, broken = 0, []
    for table, name, question in (*_references(connection), *_checks(connection), *_uniques(connection)):
        asked += 1
        wrong = connection.execute(question).fetchone()
        if wrong is not None:
            broken.append(f"{table}: {name}")
    return asked, broken


def _references(connection: psycopg.Connection) -> list[tuple[str, str, sql.Composed]]:
    rows = connection.execute(
        "SELECT c.conrelid::regclass::text, c.conname, c.confrelid::regclass::text,"
        " array(SELECT attname FROM unnest(c.conkey) WITH ORDINALITY k(n, i) JOIN pg_attribute a"
        "   ON a.attrelid = c.conrelid AND a.attnum = k.n ORDER BY i)::text[],"
        " array(SELECT attname FROM unnest(c.confkey) WITH ORDINALITY k(n, i) JOIN pg_attribute a"
        "   ON a.attrelid = c.confrelid AND a.attnum = k.n ORDER BY i)::text[]"
        " FROM pg_constraint c WHERE c.contype = 'f' AND c.conparentid = 0 ORDER BY 1, 2"
    ).fetchall()
    return [(row[0], row[1], _orphan(*row[:1], *row[2:])) for row in rows]


def _orphan(child: str, parent: str, columns: list[str], keys: list[str]) -> sql.Composed:
    on = sql.SQL(" AND ").join(
        sql.SQL("child.{} = parent.{}").format(sql.Identifier(one), sql.Identifier(other))
        for one, other in zip(columns, keys, strict=True)
    )
    given = sql.SQL(" AND ").join(
        sql.SQL("child.{} IS NOT NULL").format(sql.Identifier(one)) for one in columns
    )
    return sql.SQL(
        "SELECT 1 FROM {} AS child WHERE {} AND NOT EXISTS (SELECT FROM {} AS parent WHERE {}) LIMIT 1"
    ).format(_named(child), given, _named(parent), on)


def _checks(connection: psycopg.Connection) -> list[tuple[str, str, sql.Composed]]:
    rows = connection.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_expr(conbin, conrelid) FROM pg_constraint"
        " WHERE contype = 'c' AND conrelid <> 0 ORDER BY 1, 2"
    ).fetchall()
    return [
        (table, name, sql.SQL("SELECT 1 FROM {} WHERE NOT ({}) LIMIT 1").format(_named(table), _named(rule)))
        for table, name, rule in rows
    ]


def _uniques(connection: psycopg.Connection) -> list[tuple[str, str, sql.Composed]]:
    """Return a question per unique key of plain columns, asked of the rows and not of the index that may be wrong."""
    rows = connection.execute(
        "SELECT i.indrelid::regclass::text, c.relname,"
        " array(SELECT attname FROM unnest(i.indkey::int2[]) WITH ORDINALITY k(n, p) JOIN pg_attribute a"
        "   ON a.attrelid = i.indrelid AND a.attnum = k.n WHERE p <= i.indnkeyatts ORDER BY p)::text[],"
        " pg_get_expr(i.indpred, i.indrelid)"
        " FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
        " JOIN pg_class t ON t.oid = i.indrelid AND t.relkind = 'r'"
        " WHERE i.indisunique AND i.indexprs IS NULL AND n.nspname !~ '^pg_' AND NOT i.indnullsnotdistinct"
        " ORDER BY 1, 2"
    ).fetchall()
    return [(row[0], row[1], _twice(row[0], row[2], row[3])) for row in rows]


def _twice(table: str, columns: list[str], only: str | None) -> sql.Composed:
    listed = sql.SQL(", ").join(sql.Identifier(column) for column in columns)
    given = sql.SQL(" AND ").join(sql.SQL("{} IS NOT NULL").format(sql.Identifier(one)) for one in columns)
    return sql.SQL("SELECT 1 FROM {} WHERE {} AND ({}) GROUP BY {} HAVING count(*) > 1 LIMIT 1").format(
        _named(table), given, _named(only or "true"), listed
    )


def _named(text: str) -> sql.SQL:
    """Take what the catalogue itself wrote (a quoted name, an expression) into a statement."""
    return sql.SQL(text)


def _exists(connection: psycopg.Connection, table: str) -> bool:
    return bool(connection.execute("SELECT to_regclass(%s) IS NOT NULL", [f"public.{table}"]).fetchone()[0])  # type: ignore[index] # one row always


def _number(connection: psycopg.Connection, question: sql.Composed) -> int:
    row: Any = connection.execute(question).fetchone()
    return int(row[0])
