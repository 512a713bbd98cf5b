"""A data migration that a big table bears: a few thousand rows at a time, each batch committed."""

from __future__ import annotations

from typing import Any, LiteralString

from django.db import NotSupportedError, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from psycopg import sql
from typing_extensions import override

from vanlang.kernel.scope import Scope, acting


class InBatches(Operation):
    """
    `UPDATE table SET … WHERE …`, in the order of the key, in a migration with `atomic = False`.

    What was interrupted is run again from the start, so `where` must leave out the rows that are done:
    `InBatches("dossiers_seat", set_to="sector = ''", where="sector IS NULL")`.
    """

    reduces_to_sql = False
    reversible = True
    atomic = False

    def __init__(
        self, table: str, *, set_to: LiteralString, where: LiteralString, key: str = "id", size: int = 5_000
    ) -> None:
        self.table, self.set_to, self.where, self.key, self.size = table, set_to, where, key, size

    @override
    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        pass

    @override
    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        connection = schema_editor.connection
        if connection.in_atomic_block:
            msg = f"InBatches over {self.table}: the migration needs atomic = False."
            raise NotSupportedError(msg)
        last: Any = None
        while True:
            with (
                acting(Scope.system()),
                transaction.atomic(using=connection.alias),
                connection.cursor() as cursor,
            ):
                cursor.execute(*self._batch(last))
                row = cursor.fetchone()
            if row is None or row[0] is None:
                return
            last = row[0]

    @override
    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Leave the rows: what they hold now suits the old version as well, or it could not have gone on running."""

    @override
    def describe(self) -> str:
        return f"Update {self.table} in batches of {self.size}"

    def _batch(self, last: Any) -> tuple[sql.Composed, list[Any]]:
        """Return the statement that writes the next rows and answers with the highest key that it met."""
        beyond = (
            sql.SQL("AND {key} > %s").format(key=sql.Identifier(self.key))
            if last is not None
            else sql.SQL("")
        )
        statement = sql.SQL(
            "WITH few AS MATERIALIZED (SELECT {key} AS met FROM {table} WHERE ({where}) {beyond} ORDER BY {key} LIMIT {size}), "
            "done AS (UPDATE {table} SET {set_to} FROM few WHERE {table}.{key} = few.met RETURNING 1) "
            "SELECT met FROM few ORDER BY met DESC LIMIT 1"
        ).format(
            key=sql.Identifier(self.key),
            table=sql.Identifier(self.table),
            where=sql.SQL(self.where),
            beyond=beyond,
            size=sql.Literal(self.size),
            set_to=sql.SQL(self.set_to),
        )
        return statement, [] if last is None else [last]
