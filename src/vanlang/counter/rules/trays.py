"""For whom a tray is. Pure."""

from __future__ import annotations

from collections.abc import Collection

from vanlang.counter.types import TrayKind

WORKING = frozenset({"specialist", "leader"})
"""Values of the roles that work on dossiers."""


def may_take(kind: TrayKind, unit_id: int | None, *, roles: Collection[str], my_unit_id: int | None) -> bool:
    """Tell whether a tray is for an officer: dossiers for who works in the unit, results for the counter."""
    if kind is TrayKind.RESULTS:
        return "counter" in roles
    return my_unit_id == unit_id and bool(WORKING & set(roles))
