"""
Fill tables by the million: without indexes and references, which are put back at the end and checked as a whole.

What `pg_restore` does, inside one transaction: a fault leaves the tables as they were. Putting a reference back makes
the database look at every row, so what was loaded is proved as if each row had been checked on its way in. Checks of a
row (`CHECK`, `NOT NULL`) stay on all the time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db.backends.utils import CursorWrapper

Report = Callable[[str, int, int], None]
"""Called with what is being done, how many steps of it are done, and of how many."""

FUNCTIONS = """
CREATE OR REPLACE FUNCTION pg_temp.id_at(at timestamptz, what text) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT overlay(overlay(overlay(
        md5(what) PLACING lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') FROM 1
    ) PLACING '7' FROM 13) PLACING '8' FROM 17)::uuid
$$;
"""
"""What statements that write by the million may call. `id_at` makes the ids that `kernel.ids.id_at` makes."""

_REFERENCES = """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'f' AND (conrelid = ANY (%(tables)s::regclass[]) OR confrelid = ANY (%(tables)s::regclass[]))
    ORDER BY conrelid::regclass::text, conname
"""
_CONSTRAINTS = """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype IN ('p', 'u', 'x') AND conrelid = ANY (%(tables)s::regclass[])
    ORDER BY conrelid::regclass::text, contype, conname
"""
_INDEXES = """
    SELECT indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid = ANY (%(tables)s::regclass[])
      AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))
    ORDER BY indrelid::regclass::text, indexrelid::regclass::text
"""


@dataclass(frozen=True, slots=True)
class _Part:
    """Something that is taken off a table and put back: what it is, and how."""

    table: str
    name: str
    off: str
    on: str


@contextmanager
def bare_tables(cursor: CursorWrapper, tables: Sequence[str], report: Report) -> Iterator[None]:
    """
    Strip `tables` of indexes, references and triggers for the block; afterwards put all back and refresh the statistics.

    Needs the owner of the tables and a transaction. Nobody else can use them meanwhile.
    Raises: django.db.IntegrityError when what was loaded does not hold.
    """
    cursor.execute("SET LOCAL maintenance_work_mem = '768MB'; SET LOCAL work_mem = '192MB'")
    references = _parts(cursor, _REFERENCES, tables, _CONSTRAINT_OFF, _CONSTRAINT_ON)
    constraints = _parts(cursor, _CONSTRAINTS, tables, _CONSTRAINT_OFF, _CONSTRAINT_ON)
    indexes = _parts(cursor, _INDEXES, tables, "DROP INDEX {name}", "{definition}")
    for part in (*references, *constraints, *indexes):
        cursor.execute(part.off)
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    back = [*constraints, *indexes]
    for done, part in enumerate(back):
        report("Chỉ mục", done, len(back))
        cursor.execute(part.on)
    for done, table in enumerate(tables):
        report("Thống kê", done, len(tables))
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute(f"ANALYZE {table}")
    for done, part in enumerate(references):
        report("Khóa ngoại", done, len(references))
        cursor.execute(part.on)


_CONSTRAINT_OFF = "ALTER TABLE {table} DROP CONSTRAINT {name}"
_CONSTRAINT_ON = "ALTER TABLE {table} ADD CONSTRAINT {name} {definition}"


def _parts(cursor: CursorWrapper, question: str, tables: Sequence[str], off: str, on: str) -> list[_Part]:
    cursor.execute(question, {"tables": list(tables)})
    return [
        _Part(
            table,
            name,
            off.format(table=table, name=name),
            on.format(table=table, name=name, definition=definition),
        )
        for table, name, definition in cursor.fetchall()
    ]
