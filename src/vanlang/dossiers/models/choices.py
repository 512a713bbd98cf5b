from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from django.db import models


def code_field(codes: Iterable[StrEnum], *, blank: bool = False) -> models.CharField[str, str]:
    """Return a short text column that holds one of `codes`; labels are in `labels.py`, not in the database."""
    return models.CharField(max_length=20, choices=[(code.value, code.value) for code in codes], blank=blank)
