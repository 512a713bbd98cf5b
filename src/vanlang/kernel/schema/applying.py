"""
Migrate beside a running version: nobody waits for us longer than two seconds.

A lock that stops others is asked for with `lock_timeout` of one second (those behind us in the queue wait as long); from then on
each statement of the transaction may take what is left of two seconds. What does not fit is rolled back, and asked for again
after a pause. What runs CONCURRENTLY or in batches stops nobody and takes its time.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.management import call_command
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from psycopg import errors

from vanlang.kernel.schema import sql
from vanlang.kernel.schema.plan import LONGEST_LOCK
from vanlang.kernel.schema.statements import effects_of

WAIT_FOR_LOCK = 1.0
TRIES = 20
PAUSES = (0.5, 1.0, 2.0, 5.0, 10.0)
"""Seconds between the tries; the last one from then on."""

_CONCURRENT_INDEX = re.compile(
    r'CREATE (?:UNIQUE )?INDEX CONCURRENTLY (?:IF NOT EXISTS )?"?(?P<name>\w+)"?', re.IGNORECASE
)
_TIMEOUTS = "SELECT set_config('lock_timeout', %s, false), set_config('statement_timeout', %s, false)"
_GIVEN_UP = (errors.LockNotAvailable, errors.QueryCanceled, errors.DeadlockDetected)


class StillLockedError(Exception):
    """A lock did not come in any of the tries: somebody holds the table. Nothing of this migration was done."""


@dataclass
class Watch:
    """How long the present transaction has been stopping others."""

    atomic: bool = True
    since: float | None = None

    def __call__(
        self, execute: Callable[..., Any], statement: Any, parameters: Any, many: bool, context: Any
    ) -> Any:
        text = str(statement)
        if text.lstrip().upper().startswith("SELECT "):
            return execute(statement, parameters, many, context)
        cursor = context["cursor"]
        if not self.atomic:
            self.since = None
            self._clear_invalid(cursor, text)
        stops = any(effect.lock.stops_writers for part in sql.statements(text) for effect in effects_of(part))
        self._bound(cursor.cursor, stops)
        return execute(statement, parameters, many, context)

    def _bound(self, cursor: Any, stops: bool) -> None:
        """Tell PostgreSQL how long the next statement may wait and work."""
        if stops and self.since is None:
            self.since = time.monotonic()
        if self.since is None:
            cursor.execute(_TIMEOUTS, ["0", "0"])
            return
        left = LONGEST_LOCK - (time.monotonic() - self.since)
        if left <= 0:
            raise errors.QueryCanceled
        cursor.execute(_TIMEOUTS, [f"{WAIT_FOR_LOCK * 1000:.0f}", f"{max(left * 1000, 1):.0f}"])

    @staticmethod
    def _clear_invalid(cursor: Any, text: str) -> None:
        """Drop what an interrupted CREATE INDEX CONCURRENTLY left."""
        named = _CONCURRENT_INDEX.match(text.strip())
        if named is None:
            return
        raw = cursor.cursor
        raw.execute(
            "SELECT 1 FROM pg_index WHERE indexrelid = to_regclass(quote_ident(%s)) AND NOT indisvalid",
            [named["name"]],
        )
        if raw.fetchone():
            raw.execute(f'DROP INDEX CONCURRENTLY "{named["name"]}"')


def apply(connection: BaseDatabaseWrapper, say: Callable[[str], None]) -> int:
    """
    Apply what is pending, one migration after the other; return how many.

    Raises: StillLockedError, or what the migration raises; those before it stay, the old version bears them.
    """
    executor = MigrationExecutor(connection)
    plan = [migration for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    for migration in plan:
        target = (migration.app_label, migration.name)

        def do(migration: Migration = migration, target: tuple[str, str] = target) -> None:
            with watched(connection, atomic=migration.atomic):
                MigrationExecutor(connection).migrate([target])

        persist(".".join(target), do, say)
    call_command(
        "migrate", database=connection.alias, verbosity=0
    )  # nothing is left but what apps do after migrations
    return len(plan)


def persist(
    name: str,
    do: Callable[[], None],
    say: Callable[[str], None],
    *,
    tries: int = TRIES,
    pause: Callable[[float], None] = time.sleep,
) -> None:
    """
    Do it, and again after a pause when a lock did not come or did not last.

    Raises: StillLockedError after `tries`.
    """
    for attempt in range(1, tries + 1):
        began = time.monotonic()
        try:
            do()
        except (OperationalError, *_GIVEN_UP) as error:
            if not isinstance(error, _GIVEN_UP) and not isinstance(error.__cause__, _GIVEN_UP):
                raise
            say(f"  {name}: bảng đang bận (lần {attempt}), thử lại sau.")
            if attempt == tries:
                raise StillLockedError(name) from error
            pause(PAUSES[min(attempt, len(PAUSES)) - 1])
        else:
            say(f"  {name}: xong trong {time.monotonic() - began:.1f} giây.")
            return


@contextmanager
def watched(connection: BaseDatabaseWrapper, *, atomic: bool) -> Iterator[None]:
    """Hold the statements of one migration to the time that others can be made to wait."""
    try:
        with connection.execute_wrapper(Watch(atomic=atomic)):
            yield
    finally:
        if connection.connection is not None and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute(_TIMEOUTS, ["0", "0"])
