"""Field-level difference of two published texts of a procedure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_NATURAL_KEYS = ("channel", "name", "code")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: its path ("channels[Trực tiếp].duration"), what it was, what it is. None: it was or is not there."""

    path: str
    before: object
    after: object


def differences(before: object, after: object, path: str = "") -> tuple[Difference, ...]:
    """
    Return the fields in which `before` and `after` differ, in the order of the fields.

    Lists of objects are compared by their natural key, so that a paper inserted at the top is one difference, not many.
    Empty exactly when both are equal.
    """
    if before == after:
        return ()
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return _of_mappings(before, after, path)
    if _is_table(before) and _is_table(after):
        found = _of_mappings(_keyed(before), _keyed(after), path)
        return found or (Difference(path, before, after),)
    return (Difference(path, before, after),)


def _of_mappings(
    before: Mapping[str, object], after: Mapping[str, object], path: str
) -> tuple[Difference, ...]:
    found: list[Difference] = []
    for key in dict.fromkeys((*before, *after)):
        step = key if not path or key.startswith("[") else f".{key}"
        if key not in before or key not in after:
            found.append(Difference(f"{path}{step}", before.get(key), after.get(key)))
        else:
            found.extend(differences(before[key], after[key], f"{path}{step}"))
    return tuple(found)


def _is_table(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(item, Mapping) for item in value)


def _keyed(table: object) -> dict[str, object]:
    """Return the rows of `table` by natural key; rows of one key are numbered."""
    rows: dict[str, object] = {}
    for row in table if isinstance(table, list | tuple) else ():
        label = next(
            (str(row[key]) for key in _NATURAL_KEYS if isinstance(row, Mapping) and row.get(key)), ""
        )
        name, turn = f"[{label}]", 1
        while name in rows:
            turn += 1
            name = f"[{label} #{turn}]"
        rows[name] = row
    return rows
