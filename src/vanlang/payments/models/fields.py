from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from django.db import models


def code_field(codes: Iterable[StrEnum], *, blank: bool = False) -> models.CharField[str, str]:
    """Return a short text column that holds one of `codes`; labels are in `labels.py`, not in the database."""
    return models.CharField(max_length=24, choices=[(code.value, code.value) for code in codes], blank=blank)


def agency_field() -> models.ForeignKey[object, object]:
    return models.ForeignKey(
        "organizations.Agency", on_delete=models.PROTECT, related_name="+", db_index=False
    )


def officer_field(*, null: bool = True) -> models.ForeignKey[object, object]:
    return models.ForeignKey(
        "identity.Appointment", null=null, on_delete=models.PROTECT, related_name="+", db_index=False
    )
