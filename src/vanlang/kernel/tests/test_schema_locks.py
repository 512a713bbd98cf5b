"""
PostgreSQL itself is asked whether the table of facts is true: each kind of statement is sent, and then its lock is read from
`pg_locks`, a rewrite from the file of the table, a scan from the statistics of the transaction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, LiteralString

import psycopg
import pytest
from django.db import connection

from vanlang.kernel.schema.statements import ALTERATIONS, STATEMENTS, Lock, Work, effects_of

GROUND = """
CREATE TABLE other (id int PRIMARY KEY);
CREATE TABLE tried (id int NOT NULL, a int NOT NULL DEFAULT 1, b varchar(20), other_id int);
INSERT INTO tried SELECT n, n, n::text FROM generate_series(1, 500) AS n;
CREATE UNIQUE INDEX tried_id ON tried (id);
ALTER TABLE tried ADD CONSTRAINT a_known CHECK (a > 0);
ALTER TABLE tried ADD CONSTRAINT b_unproved CHECK (b <> '') NOT VALID;
CREATE POLICY seen ON tried USING (true);
CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER before_row BEFORE INSERT ON tried FOR EACH ROW EXECUTE FUNCTION nothing();
CREATE TABLE whole (id int NOT NULL, day int NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE half PARTITION OF whole FOR VALUES FROM (0) TO (10);
CREATE TABLE piece (id int NOT NULL, day int NOT NULL);
INSERT INTO piece SELECT n, 15 FROM generate_series(1, 500) AS n;
"""

TRIED = {
    "add_unique_by_index": "ALTER TABLE tried ADD CONSTRAINT once UNIQUE USING INDEX tried_id",
    "add_unique": "ALTER TABLE tried ADD CONSTRAINT once UNIQUE (id)",
    "add_check_unproved": "ALTER TABLE tried ADD CONSTRAINT c CHECK (a > 0) NOT VALID",
    "add_check": "ALTER TABLE tried ADD CONSTRAINT c CHECK (a > 0)",
    "add_reference_unproved": "ALTER TABLE tried ADD CONSTRAINT c FOREIGN KEY (other_id) REFERENCES other (id) NOT VALID",
    "add_reference": "ALTER TABLE tried ADD CONSTRAINT c FOREIGN KEY (other_id) REFERENCES other (id)",
    "validate": "ALTER TABLE tried VALIDATE CONSTRAINT b_unproved",
    "add_column_computed": "ALTER TABLE tried ADD COLUMN x uuid DEFAULT gen_random_uuid()",
    "add_column_unique": "ALTER TABLE tried ADD COLUMN x int UNIQUE",
    "add_column_checked": "ALTER TABLE tried ADD COLUMN x int DEFAULT 1 CHECK (x > 0)",
    "add_column": "ALTER TABLE tried ADD COLUMN x int DEFAULT 1 NOT NULL",
    "drop_constraint": "ALTER TABLE tried DROP CONSTRAINT a_known",
    "drop_column": "ALTER TABLE tried DROP COLUMN b",
    "change_type": "ALTER TABLE tried ALTER COLUMN a TYPE bigint",
    "set_not_null": "ALTER TABLE tried ALTER COLUMN b SET NOT NULL",
    "drop_default": "ALTER TABLE tried ALTER COLUMN a DROP DEFAULT",
    "set_statistics": "ALTER TABLE tried ALTER COLUMN a SET STATISTICS 200",
    "alter_column": "ALTER TABLE tried ALTER COLUMN a DROP NOT NULL",
    "rename_constraint": "ALTER TABLE tried RENAME CONSTRAINT a_known TO a_renamed",
    "rename_table": "ALTER TABLE tried RENAME TO tested",
    "rename_column": "ALTER TABLE tried RENAME COLUMN a TO z",
    "row_security": "ALTER TABLE tried ENABLE ROW LEVEL SECURITY",
    "switch_trigger": "ALTER TABLE tried DISABLE TRIGGER before_row",
    "storage": "ALTER TABLE tried SET (fillfactor = 90)",
    "attach_partition": "ALTER TABLE whole ATTACH PARTITION piece FOR VALUES FROM (10) TO (20)",
    "detach_partition": "ALTER TABLE whole DETACH PARTITION half",
    "owner": "ALTER TABLE tried OWNER TO CURRENT_USER",
    "move": "ALTER TABLE tried SET UNLOGGED",
    "create_index": "CREATE INDEX i ON tried (a)",
    "create_trigger": "CREATE TRIGGER t AFTER INSERT ON tried FOR EACH ROW EXECUTE FUNCTION nothing()",
    "drop_trigger": "DROP TRIGGER before_row ON tried",
    "policy": "DROP POLICY seen ON tried",
    "update_rows": "UPDATE tried SET a = 2",
    "delete_rows": "DELETE FROM tried",
    "insert_given_rows": "INSERT INTO tried (id) VALUES (1000)",
    "insert_rows": "INSERT INTO tried SELECT n, n FROM generate_series(501, 600) AS n",
    "truncate": "TRUNCATE tried",
    "rebuild": "CLUSTER tried USING tried_id",
    "reindex": "REINDEX TABLE tried",
    "analyze": "ANALYZE tried",
    "lock": "LOCK TABLE tried",
    "comment": "COMMENT ON TABLE tried IS 'x'",
    "statistics": "CREATE STATISTICS s ON a, b FROM tried",
    "drop_table": "DROP TABLE tried",
}  # fmt: skip

NOT_TRIED = {
    "create_table": "locks nothing that was there",
    "create_index_concurrently": "cannot run in a transaction, and so leaves no lock to read",
    "reindex_concurrently": "as above",
    "add_column_filled_reference": "fails for want of the row it refers to",
    "add_column_required": "fails on a filled table",
}

SCANS = {Work.SCAN, Work.BUILD}


@pytest.fixture(scope="module")
def ground(django_db_setup: None, django_db_blocker: Any) -> Iterator[psycopg.Connection]:
    """Tables that are there for everybody, in a schema of their own, and a connection of the owner to try things in."""
    with django_db_blocker.unblock():
        told = connection.get_connection_params()
    wanted = {key: told[key] for key in ("dbname", "user", "password", "host", "port") if told.get(key)}
    with psycopg.connect(**wanted) as own:
        own.execute("CREATE SCHEMA locks_tried; SET search_path = locks_tried, public;" + GROUND)
        own.commit()
        yield own
        own.rollback()
        own.execute("DROP SCHEMA locks_tried CASCADE")


@pytest.fixture
def tried(ground: psycopg.Connection) -> Iterator[psycopg.Connection]:
    yield ground
    ground.rollback()


def test_every_fact_is_tried_or_says_why_not() -> None:
    facts = {fact.act for fact in (*ALTERATIONS, *STATEMENTS)}
    assert facts == set(TRIED) | set(NOT_TRIED)


@pytest.mark.parametrize("act", TRIED)
def test_postgresql_locks_and_works_as_we_say(tried: psycopg.Connection, act: str) -> None:
    effect = next(effect for effect in effects_of(TRIED[act]) if effect.act == act)
    table = int(one(tried, "SELECT %s::regclass::oid", effect.table))
    file, scans = one(tried, "SELECT pg_relation_filenode(%s)", table), scanned(tried, table)
    tried.execute(TRIED[act])
    assert strongest_lock(tried, table) == effect.lock.name
    if effect.work is not Work.UNKNOWN and "drop_table" not in act:
        now = one(tried, "SELECT pg_relation_filenode(%s)", table)
        assert (now != file) == (effect.work is Work.REWRITE)
    if effect.work is Work.CATALOGUE and act not in {"drop_table", "analyze"}:
        assert scanned(tried, table) == scans
    if effect.work in {Work.SCAN, Work.BUILD} and act not in {"attach_partition", "reindex"}:
        assert scanned(tried, table) > scans


def strongest_lock(tried: psycopg.Connection, table: int) -> str:
    """Return the strongest lock on the table that this transaction holds, by our name for it."""
    question = "SELECT mode FROM pg_locks WHERE relation = %s AND pid = pg_backend_pid() AND locktype = 'relation' AND granted"
    modes = [row[0].removesuffix("Lock") for row in tried.execute(question, [table])]
    return max(Lock[re.sub(r"(?<!^)(?=[A-Z])", "_", mode).upper()] for mode in modes).name


def scanned(tried: psycopg.Connection, table: int) -> int:
    """Return how often the table was read from end to end in this transaction."""
    return int(
        one(
            tried,
            "SELECT COALESCE((SELECT seq_scan FROM pg_stat_xact_all_tables WHERE relid = %s), 0)",
            table,
        )
    )


def one(tried: psycopg.Connection, question: LiteralString, *arguments: object) -> Any:
    row = tried.execute(question, arguments).fetchone()
    return row[0] if row else None
