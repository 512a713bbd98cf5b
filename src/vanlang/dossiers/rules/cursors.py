"""
Where a list goes on: the sorted value and the id of its last line, as a word that fits into an address.

"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

_BETWEEN = "_"


def cursor_of(value: datetime, dossier_id: UUID) -> str:
    """Return the word for a line. `read_cursor` is its inverse."""
    return f"{value.isoformat()}{_BETWEEN}{dossier_id}"


def read_cursor(word: str) -> tuple[datetime, UUID] | None:
    """Return what a word names, or None for a word that was not made by `cursor_of`."""
    written, between, key = word.rpartition(_BETWEEN)
    if not between:
        return None
    try:
        value, dossier_id = datetime.fromisoformat(written), UUID(key)
    except ValueError:
        return None
    return (value, dossier_id) if value.tzinfo is not None else None
