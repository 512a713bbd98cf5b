from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from django.db import models


def agency_field() -> models.ForeignKey[object, object]:
    """Return the agency whose row it is; indexes name it themselves."""
    return models.ForeignKey(
        "organizations.Agency", on_delete=models.PROTECT, related_name="+", db_index=False
    )


def officer_field(*, null: bool = False) -> models.ForeignKey[object, object]:
    """Return the appointment in which somebody did it."""
    return models.ForeignKey(
        "identity.Appointment", null=null, on_delete=models.PROTECT, related_name="+", db_index=False
    )


def code_field(codes: Iterable[StrEnum]) -> models.CharField[str, str]:
    """Return a short text column that holds one of `codes`, at first the first; labels are in `labels.py`."""
    known = list(codes)
    return models.CharField(
        max_length=20, choices=[(code.value, code.value) for code in known], default=known[0].value
    )
