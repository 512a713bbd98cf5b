"""Django's migrations as steps: the SQL they would send, and what they say about themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import inf
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AlterField, RunPython, RunSQL, SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import CharField, Field, TextField

from vanlang.kernel.schema import sql
from vanlang.kernel.schema.batches import InBatches
from vanlang.kernel.schema.findings import Step


def steps(connection: BaseDatabaseWrapper, wanted: Callable[[Migration], bool]) -> Iterator[Step]:
    """Yield each wanted migration in the order in which they run; the others are only remembered."""
    loader = MigrationLoader(None)
    state = ProjectState()
    for key in _in_order(loader):
        migration = loader.graph.nodes[key]
        if wanted(migration):
            yield read(migration, state, connection)
        state = migration.mutate_state(state, preserve=False)


def _in_order(loader: MigrationLoader) -> list[tuple[str, str]]:
    seen: dict[tuple[str, str], None] = {}
    for leaf in loader.graph.leaf_nodes():
        seen |= dict.fromkeys(loader.graph.forwards_plan(leaf))
    return list(seen)


def read(migration: Migration, before: ProjectState, connection: BaseDatabaseWrapper) -> Step:
    """Return one migration as a step. Nothing is sent but questions about names of constraints."""
    state = before.clone()
    with connection.schema_editor(collect_sql=True, atomic=migration.atomic) as editor:
        migration.apply(state, editor, collect_sql=True)
    operations = tuple(_operations(migration.operations))
    touches: Any = getattr(migration, "touches", None)
    return Step(
        name=f"{migration.app_label}.{migration.name}",
        statements=tuple(sql.statements("\n".join(editor.collected_sql))),
        atomic=migration.atomic,
        python=tuple(operation.describe() for operation in operations if isinstance(operation, RunPython)),
        batched=tuple(operation.table for operation in operations if isinstance(operation, InBatches)),
        touches=None if touches is None else tuple(touches),
        unused_since=str(getattr(migration, "unused_since", "")),
        widened=frozenset(_widened(migration, before)),
        reversible=all(_goes_back(operation) for operation in operations),
    )


def _goes_back(operation: Operation) -> bool:
    """Return whether the operation has a way back that does something: a `noop` only looks like one."""
    empty = (RunSQL.noop, RunPython.noop)
    backwards = getattr(operation, "reverse_sql", None), getattr(operation, "reverse_code", None)
    return operation.reversible and not any(way in empty for way in backwards if way is not None)


def _operations(listed: Sequence[Operation]) -> Iterator[Operation]:
    for operation in listed:
        if isinstance(operation, SeparateDatabaseAndState):
            yield from _operations(operation.database_operations)
        else:
            yield operation


def _widened(migration: Migration, before: ProjectState) -> Iterator[tuple[str, str]]:
    """Yield the columns of which PostgreSQL changes the type in its catalogue only: varchar to a longer one or text."""
    for operation in _operations(migration.operations):
        model = before.models.get((migration.app_label, getattr(operation, "model_name_lower", "")))
        if not isinstance(operation, AlterField) or model is None or operation.name not in model.fields:
            continue
        old = model.fields[operation.name]
        if isinstance(old, CharField) and _letters(old) <= _letters(operation.field):
            table = model.options.get("db_table") or f"{migration.app_label}_{model.name_lower}"
            yield str(table), str(old.db_column or operation.name)


def _letters(field: Field[Any, Any]) -> float:
    """Return how many letters a column holds: varchar(20) → 20, text → all of them, another type → none."""
    if isinstance(field, TextField):
        return inf
    return (field.max_length or inf) if isinstance(field, CharField) else -1
