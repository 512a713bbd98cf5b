"""
The backend that `DATABASES["default"]["ENGINE"]` names.

Three things on top of Django's: the connection works as the role `vanlang_app`, which owns nothing and so is
subject to row-level security; a prepared statement is planned with its values each time; and before a query is
sent, the caller's scope is written into the connection when it differs from what is there. A rollback undoes
`set_config`, so after one it is written again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.postgresql import base
from typing_extensions import override

from vanlang.kernel import scope

APP_ROLE = "vanlang_app"
"""NOLOGIN role of web and job processes. Owns no table, may not bypass row-level security."""

_SET_SCOPE = (
    "SELECT set_config('vanlang.scope', %s, false), set_config('vanlang.agency', %s, false), "
    "set_config('vanlang.person', %s, false), set_config('vanlang.entity', %s, false)"
)

_PLAN_WITH_VALUES = "SET plan_cache_mode = force_custom_plan"
"""A plan made without values cannot know that `waits_for <> $1` is what a partial index holds, and reads every row."""


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL, asked in somebody's name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._written: scope.Scope | None = None
        self.step_down: bool = self.settings_dict.get("STEP_DOWN", True)
        """Whether new connections step down to the application role. Migrations and set-up stay owners."""

    @override
    def init_connection_state(self) -> None:
        super().init_connection_state()
        self._written = None
        if self.connection is not None:
            with self.connection.cursor() as cursor:
                cursor.execute(_PLAN_WITH_VALUES)
        if self.step_down:
            self.take_role()

    def take_role(self) -> None:
        """Become the application role, where the server knows it (the first migration makes it)."""
        if self.connection is None:
            return
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE])
            if cursor.fetchone():
                cursor.execute(f"SET ROLE {APP_ROLE}")

    @override
    def create_cursor(self, name: str | None = None) -> Any:
        self._write_scope()
        return super().create_cursor(name)

    @override
    def chunked_cursor(self) -> Any:
        self._write_scope()
        return super().chunked_cursor()

    def _write_scope(self) -> None:
        wanted = scope.current()
        if self._written == wanted or self.connection is None or self.connection.closed:
            return
        if self.connection.info.transaction_status == 3:  # INERROR: only a rollback is possible here
            return
        self._written = wanted
        with self.connection.cursor() as cursor:
            cursor.execute(_SET_SCOPE, wanted.settings())

    def _rollback(self) -> Any:
        self._written = None
        return super()._rollback()  # type: ignore[misc] # private in Django, absent from its stubs

    def _savepoint_rollback(self, sid: str) -> None:
        self._written = None
        super()._savepoint_rollback(sid)  # type: ignore[misc] # private in Django, absent from its stubs

    def _close(self) -> Any:
        self._written = None
        return super()._close()  # type: ignore[misc] # private in Django, absent from its stubs


@contextmanager
def as_owner() -> Iterator[None]:
    """Run the block as the owner of the tables: migrations, reference data, test clean-up. Never in a request."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    try:
        yield
    finally:
        if getattr(connection, "step_down", False):
            with connection.cursor() as cursor:
                cursor.execute(f"SET ROLE {APP_ROLE}")
