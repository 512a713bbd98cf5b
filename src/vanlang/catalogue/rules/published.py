"""What a source publishes of a procedure as one JSON value: what two sources, or two days of one, are compared by."""

from __future__ import annotations

import json
from typing import Any

from vanlang.catalogue.rules.content import canonical, digest
from vanlang.catalogue.rules.reading.rows import SourceProcedure


def published_text(source: SourceProcedure) -> dict[str, Any]:
    """Return a row that was read, as the importer remembers it: equal texts, equal rows."""
    value: dict[str, Any] = json.loads(canonical(source))
    return value


def published_digest(value: object) -> str:
    """Return the SHA-256 of a JSON value: equal values, equal digests."""
    return digest(value)
