"""Migrating beside others: a lock that does not come is given up, one that would last is cut, and what was left is cleared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.db.migrations import Migration, RunSQL
from django.db.migrations.state import ProjectState
from psycopg import errors

from vanlang.kernel.schema import applying
from vanlang.kernel.schema.applying import StillLockedError, persist, watched


@pytest.fixture
def other(django_db_setup: None, django_db_blocker: Any) -> Iterator[psycopg.Connection]:
    """A table that everybody sees, and the connection of somebody else who works with it."""
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
            cursor.execute("CREATE TABLE busy (id int, seen text)")
            cursor.execute("INSERT INTO busy VALUES (1), (1), (2)")
        told = connection.get_connection_params()
        wanted = {key: told[key] for key in ("dbname", "user", "password", "host", "port") if told.get(key)}
        with psycopg.connect(**wanted) as own:
            yield own
            own.rollback()
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE busy")
        connection.close()


def migrate(*statements: str, atomic: bool = True) -> None:
    """Run statements as one migration under watch."""
    kind = type("Migration", (Migration,), {"atomic": atomic, "operations": [RunSQL(list(statements))]})
    with watched(connection, atomic=atomic), connection.schema_editor(atomic=atomic) as editor:
        kind("busy", "kernel").apply(ProjectState(), editor)


def seen() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT seen FROM busy WHERE seen IS NOT NULL ORDER BY seen")
        return [row[0] for row in cursor.fetchall()]


ADDS = "ALTER TABLE busy ADD COLUMN more int"


def test_a_lock_that_does_not_come_is_given_up_and_asked_for_again(
    other: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "WAIT_FOR_LOCK", 0.02)
    other.execute("SELECT count(*) FROM busy")
    waits: list[float] = []

    def pause(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            other.rollback()  # they have gone home

    persist("kernel.busy", lambda: migrate(ADDS), lambda said: None, pause=pause)
    assert waits == [0.5, 1.0, 2.0]


def test_who_never_gets_a_lock_says_so_and_has_changed_nothing(
    other: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "WAIT_FOR_LOCK", 0.02)
    other.execute("SELECT count(*) FROM busy")
    write = "INSERT INTO busy VALUES (9, 'lost')"
    with pytest.raises(StillLockedError):
        persist(
            "kernel.busy",
            lambda: migrate(write, ADDS),
            lambda said: None,
            tries=2,
            pause=lambda seconds: None,
        )
    assert seen() == []


def test_a_lock_that_lasts_is_cut(other: psycopg.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(applying, "LONGEST_LOCK", 0.05)
    with pytest.raises(Exception, match="statement timeout") as caught:
        migrate(ADDS, "UPDATE busy SET seen = pg_sleep(30)::text")
    assert isinstance(caught.value.__cause__, errors.QueryCanceled)
    other.execute("INSERT INTO busy VALUES (3)")  # nobody is kept out any more


def test_what_stops_nobody_takes_its_time(other: psycopg.Connection) -> None:
    said = "current_setting('lock_timeout') || ' ' || current_setting('statement_timeout')"
    migrate(
        f"INSERT INTO busy SELECT 4, 'before: ' || {said}",
        ADDS,
        f"INSERT INTO busy SELECT 5, 'under: ' || {said}",
    )
    before, under = seen()
    assert before == "before: 0 0"
    assert under.startswith("under: 1s ")
    assert not under.endswith(" 0")


def test_an_index_that_was_interrupted_is_built_again(other: psycopg.Connection) -> None:
    build = "CREATE UNIQUE INDEX CONCURRENTLY busy_once ON busy (id)"
    with pytest.raises(Exception, match="could not create unique index"):
        migrate(build, atomic=False)
    assert valid() is False
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM busy WHERE ctid = (SELECT min(ctid) FROM busy)")
    migrate(build, atomic=False)
    assert valid() is True


def valid() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = 'busy_once'::regclass")
        return bool(cursor.fetchone()[0])
