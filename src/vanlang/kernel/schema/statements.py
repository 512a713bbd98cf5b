"""
What a statement does to those who use the table meanwhile: the lock it takes and the work it does under that lock.

One table of facts, after PostgreSQL's own documentation (ALTER TABLE, CREATE INDEX, "Explicit Locking"; 15 to 18) and
proved against it. What stands in no row is `UNKNOWN`, which is never taken for harmless.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, IntEnum

from vanlang.kernel.schema import sql


class Lock(IntEnum):
    """PostgreSQL's ladder of table locks, weakest first."""

    NONE = 0
    ACCESS_SHARE = 1
    ROW_SHARE = 2
    ROW_EXCLUSIVE = 3
    SHARE_UPDATE_EXCLUSIVE = 4
    SHARE = 5
    SHARE_ROW_EXCLUSIVE = 6
    EXCLUSIVE = 7
    ACCESS_EXCLUSIVE = 8

    @property
    def stops_writers(self) -> bool:
        return self >= Lock.SHARE

    @property
    def sql(self) -> str:
        return self.name.replace("_", " ")


class Work(Enum):
    """How long the lock is held, by what the statement must touch."""

    CATALOGUE = "catalogue"
    """Nothing but the catalogue: milliseconds, whatever the size."""
    SCAN = "scan"
    """Every row is read."""
    BUILD = "build"
    """Every row is read and sorted into an index."""
    ROWS = "rows"
    """Rows are written, their old versions left for vacuum."""
    REWRITE = "rewrite"
    """The whole table and all its indexes are written anew."""
    UNKNOWN = "unknown"

    @property
    def grows(self) -> bool:
        """Whether it takes longer the bigger the table is."""
        return self is not Work.CATALOGUE


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that a statement does to one table."""

    table: str
    act: str
    """Name of the row below: "add_column", "create_index" …"""
    lock: Lock
    work: Work
    detail: str = ""
    """The column or constraint, where the act has one."""


@dataclass(frozen=True, slots=True)
class _Fact:
    act: str
    pattern: str
    lock: Lock
    work: Work


_TABLE = r'(?:"?public"?\.)?"?(?P<table>\w+)"?'
_DETAIL = r'"?(?P<detail>\w+)"?'
_STABLE = r"now|statement_timestamp|transaction_timestamp|current_setting|array|cast|coalesce|lower|upper"
_CALL = rf"(?!(?:{_STABLE})\s*\()\b[a-z_]\w*\s*\("
"""A call of a function that may answer differently for each row: only those named are known not to."""

AX, SX, SUX, SH, RX = (
    Lock.ACCESS_EXCLUSIVE,
    Lock.SHARE_ROW_EXCLUSIVE,
    Lock.SHARE_UPDATE_EXCLUSIVE,
    Lock.SHARE,
    Lock.ROW_EXCLUSIVE,
)

ALTERATIONS = (
    _Fact("add_unique_by_index", rf"ADD CONSTRAINT {_DETAIL} (?:UNIQUE|PRIMARY KEY) USING INDEX", AX, Work.CATALOGUE),
    _Fact("add_unique", rf"ADD (?:CONSTRAINT {_DETAIL} )?(?:UNIQUE|PRIMARY KEY|EXCLUDE)\b", AX, Work.BUILD),
    _Fact("add_check_unproved", rf"ADD (?:CONSTRAINT {_DETAIL} )?(?:CHECK|NOT NULL)\b.* NOT VALID$", AX, Work.CATALOGUE),
    _Fact("add_check", rf"ADD (?:CONSTRAINT {_DETAIL} )?(?:CHECK|NOT NULL)\b", AX, Work.SCAN),
    _Fact("add_reference_unproved", rf"ADD (?:CONSTRAINT {_DETAIL} )?FOREIGN KEY.* NOT VALID$", SX, Work.CATALOGUE),
    _Fact("add_reference", rf"ADD (?:CONSTRAINT {_DETAIL} )?FOREIGN KEY", SX, Work.SCAN),
    _Fact("validate", rf"VALIDATE CONSTRAINT {_DETAIL}", SUX, Work.SCAN),
    _Fact("add_column_computed", rf"ADD (?:COLUMN )?(?:IF NOT EXISTS )?{_DETAIL} .*(?:GENERATED ALWAYS AS \(.*STORED|GENERATED .* AS IDENTITY|\bserial\b|\bbigserial\b|DEFAULT \(*{_CALL})", AX, Work.REWRITE),
    _Fact("add_column_unique", rf"ADD (?:COLUMN )?(?:IF NOT EXISTS )?{_DETAIL} .*\b(?:UNIQUE|PRIMARY KEY)\b", AX, Work.BUILD),
    _Fact("add_column_checked", rf"ADD (?:COLUMN )?(?:IF NOT EXISTS )?{_DETAIL} .*\bCHECK \(", AX, Work.SCAN),
    _Fact("add_column_filled_reference", rf"ADD (?:COLUMN )?(?:IF NOT EXISTS )?{_DETAIL} .*DEFAULT .*REFERENCES", AX, Work.SCAN),
    _Fact("add_column_required", rf"ADD (?:COLUMN )?(?:IF NOT EXISTS )?{_DETAIL} (?!.*DEFAULT).*NOT NULL", AX, Work.SCAN),
    _Fact("add_column", rf"ADD (?:COLUMN )?(?:IF NOT EXISTS )?{_DETAIL} ", AX, Work.CATALOGUE),
    _Fact("drop_constraint", rf"DROP CONSTRAINT (?:IF EXISTS )?{_DETAIL}", AX, Work.CATALOGUE),
    _Fact("drop_column", rf"DROP (?:COLUMN )?(?:IF EXISTS )?{_DETAIL}", AX, Work.CATALOGUE),
    _Fact("change_type", rf"ALTER (?:COLUMN )?{_DETAIL} (?:SET DATA )?TYPE", AX, Work.REWRITE),
    _Fact("set_not_null", rf"ALTER (?:COLUMN )?{_DETAIL} SET NOT NULL", AX, Work.SCAN),
    _Fact("drop_default", rf"ALTER (?:COLUMN )?{_DETAIL} DROP DEFAULT", AX, Work.CATALOGUE),
    _Fact("set_statistics", rf"ALTER (?:COLUMN )?{_DETAIL} SET STATISTICS", SUX, Work.CATALOGUE),
    _Fact("alter_column", rf"ALTER (?:COLUMN )?{_DETAIL} (?:DROP NOT NULL|SET DEFAULT|SET STORAGE|ADD GENERATED|DROP IDENTITY|DROP EXPRESSION)", AX, Work.CATALOGUE),
    _Fact("rename_constraint", rf"RENAME CONSTRAINT {_DETAIL}", AX, Work.CATALOGUE),
    _Fact("rename_table", rf"RENAME TO {_DETAIL}", AX, Work.CATALOGUE),
    _Fact("rename_column", rf"RENAME (?:COLUMN )?{_DETAIL} TO", AX, Work.CATALOGUE),
    _Fact("row_security", r"(?:ENABLE|DISABLE|FORCE|NO FORCE) ROW LEVEL SECURITY", AX, Work.CATALOGUE),
    _Fact("switch_trigger", r"(?:ENABLE|DISABLE) (?:ALWAYS |REPLICA )?TRIGGER", SX, Work.CATALOGUE),
    _Fact("storage", r"(?:RE)?SET \(", SUX, Work.CATALOGUE),
    _Fact("attach_partition", rf"ATTACH PARTITION (?:\"?public\"?\.)?{_DETAIL}", SUX, Work.SCAN),
    _Fact("detach_partition", rf"DETACH PARTITION (?:\"?public\"?\.)?{_DETAIL} CONCURRENTLY", SUX, Work.CATALOGUE),
    _Fact("detach_partition", rf"DETACH PARTITION (?:\"?public\"?\.)?{_DETAIL}", AX, Work.CATALOGUE),
    _Fact("owner", r"OWNER TO|REPLICA IDENTITY", AX, Work.CATALOGUE),
    _Fact("move", r"SET (?:TABLESPACE|LOGGED|UNLOGGED|ACCESS METHOD|WITHOUT CLUSTER)", AX, Work.REWRITE),
)  # fmt: skip
"""What comes after `ALTER TABLE t`. The first row that fits is the one."""

STATEMENTS = (
    _Fact("create_table", rf"CREATE (?:UNLOGGED )?TABLE (?:IF NOT EXISTS )?{_TABLE}", Lock.NONE, Work.CATALOGUE),
    _Fact("drop_table", rf"DROP TABLE (?:IF EXISTS )?{_TABLE}", AX, Work.CATALOGUE),
    _Fact("create_index_concurrently", rf"CREATE (?:UNIQUE )?INDEX CONCURRENTLY (?:IF NOT EXISTS )?{_DETAIL} ON (?:ONLY )?{_TABLE}", SUX, Work.BUILD),
    _Fact("create_index", rf"CREATE (?:UNIQUE )?INDEX (?:IF NOT EXISTS )?(?:{_DETAIL} )?ON (?:ONLY )?{_TABLE}", SH, Work.BUILD),
    _Fact("create_trigger", rf"CREATE (?:OR REPLACE )?(?:CONSTRAINT )?TRIGGER {_DETAIL} .*? ON {_TABLE}", SX, Work.CATALOGUE),
    _Fact("drop_trigger", rf"DROP TRIGGER (?:IF EXISTS )?{_DETAIL} ON {_TABLE}", AX, Work.CATALOGUE),
    _Fact("policy", rf"(?:CREATE|ALTER|DROP) POLICY (?:IF EXISTS )?{_DETAIL} ON {_TABLE}", AX, Work.CATALOGUE),
    _Fact("update_rows", rf"UPDATE (?:ONLY )?{_TABLE}", RX, Work.ROWS),
    _Fact("delete_rows", rf"DELETE FROM (?:ONLY )?{_TABLE}", RX, Work.ROWS),  # noqa: S608 - a pattern
    _Fact("insert_given_rows", rf"INSERT INTO {_TABLE}(?: \([^)]*\))? VALUES\b", RX, Work.CATALOGUE),
    _Fact("insert_rows", rf"INSERT INTO {_TABLE}", RX, Work.ROWS),
    _Fact("truncate", rf"TRUNCATE (?:TABLE )?(?:ONLY )?{_TABLE}", AX, Work.REWRITE),
    _Fact("rebuild", rf"(?:VACUUM \(?FULL\)?|CLUSTER) (?:VERBOSE )?{_TABLE}", AX, Work.REWRITE),
    _Fact("reindex_concurrently", rf"REINDEX TABLE CONCURRENTLY {_TABLE}", SUX, Work.BUILD),
    _Fact("reindex", rf"REINDEX TABLE {_TABLE}", SH, Work.BUILD),
    _Fact("analyze", rf"ANALYZE (?:VERBOSE )?{_TABLE}", SUX, Work.CATALOGUE),
    _Fact("lock", rf"LOCK (?:TABLE )?(?:ONLY )?{_TABLE}", AX, Work.UNKNOWN),
    _Fact("comment", rf"COMMENT ON (?:TABLE|COLUMN) {_TABLE}", SUX, Work.CATALOGUE),
    _Fact("statistics", rf"CREATE STATISTICS .* FROM {_TABLE}", SUX, Work.CATALOGUE),
)  # fmt: skip
"""Statements other than ALTER TABLE that name their table."""

_OF_NO_TABLE = re.compile(
    r"(?:CREATE (?:OR REPLACE )?(?:FUNCTION|PROCEDURE|VIEW|TYPE|SEQUENCE|EXTENSION|ROLE|SCHEMA|COLLATION|AGGREGATE|OPERATOR)|"
    r"(?:ALTER|DROP) (?:FUNCTION|PROCEDURE|VIEW|SEQUENCE|TYPE|INDEX|EXTENSION|DEFAULT PRIVILEGES)|ALTER INDEX|GRANT|REVOKE|SET|RESET|"
    r"COMMENT ON (?!TABLE|COLUMN)\w+|SELECT (?:pg_catalog\.)?(?:set_config|setval|pg_advisory)\w*)\b",
    re.IGNORECASE,
)
_ALTER = re.compile(rf"ALTER TABLE (?:IF EXISTS )?(?:ONLY )?{_TABLE} (?P<rest>.*)", re.IGNORECASE)
_REFERENCED = re.compile(rf"REFERENCES {_TABLE}", re.IGNORECASE)


def effects_of(statement: str) -> tuple[Effect, ...]:
    """Return what one statement does, to which tables; `UNKNOWN` on the table "" where no row of facts fits."""
    bare = sql.without_texts(statement)
    altered = _ALTER.match(bare)
    if altered:
        found = tuple(_alteration(altered["table"], part) for part in sql.parts(altered["rest"]))
    elif _OF_NO_TABLE.match(bare):
        return ()
    else:
        found = (_first(STATEMENTS, bare, ""),)
    return found + _referenced(bare, found)


def _alteration(table: str, action: str) -> Effect:
    return _first(ALTERATIONS, action, table)


def _first(facts: tuple[_Fact, ...], text: str, table: str) -> Effect:
    for fact in facts:
        match = re.match(fact.pattern, text, re.IGNORECASE)
        if match:
            named = match.groupdict()
            return Effect(
                table=table or named.get("table") or "",
                act=fact.act,
                lock=fact.lock,
                work=fact.work,
                detail=named.get("detail") or "",
            )
    return Effect(table=table, act="unknown", lock=AX, work=Work.UNKNOWN, detail=text[:60])


def _referenced(bare: str, found: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """Return the lock on each table that a new foreign key points to: its trigger is made there."""
    adds = any(effect.act.startswith(("add_reference", "add_column", "create_table")) for effect in found)
    if not adds:
        return ()
    return tuple(
        Effect(table=match["table"], act="referenced", lock=SX, work=Work.CATALOGUE)
        for match in _REFERENCED.finditer(bare)
    )


def lightened(effect: Effect) -> Effect:
    """Return the effect without its work: what makes it heavy was proved before."""
    return replace(effect, work=Work.CATALOGUE)
