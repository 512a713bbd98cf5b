"""Loading forms. A form is written in a file, reviewed like code, and never changed once it is loaded: it gets a new version."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from vanlang.eforms.errors import DefinitionChangedError
from vanlang.eforms.models import FormDefinitionRow
from vanlang.eforms.queries import definition_of


@transaction.atomic
def load_definitions(folder: Path) -> int:
    """
    Load every form of `folder`; return how many versions are new. Loading again changes nothing.

    Shapes: `*.json`, one form each; "valid_from" and "valid_until" (ISO days, half-open) may stand beside "code".
    Raises: DefinitionBrokenError, DefinitionChangedError; then nothing is loaded.
    """
    return sum(_load(json.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.json")))


def _load(document: dict[str, Any]) -> bool:
    definition = definition_of(document)
    row, is_new = FormDefinitionRow.objects.get_or_create(
        code=definition.code,
        version=definition.version,
        defaults={
            "content": document,
            "valid": DateRange(_day(document, "valid_from"), _day(document, "valid_until")),
        },
    )
    if row.content != document:
        raise DefinitionChangedError(form=definition.code, version=definition.version)
    return is_new


def _day(document: dict[str, Any], key: str) -> dt.date | None:
    text = document.get(key)
    return dt.date.fromisoformat(text) if text else None
