"""Columns that several tables share."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from django.db import models


def word(words: Iterable[StrEnum], *, blank: bool = False) -> models.CharField[str, str]:
    """Return a short text column that holds one of `words`; their Vietnamese is in `labels.py`."""
    return models.CharField(max_length=20, choices=[(one.value, one.value) for one in words], blank=blank)


def agency(*, null: bool = False) -> models.ForeignKey[object, object]:
    return models.ForeignKey(
        "organizations.Agency", null=null, on_delete=models.PROTECT, related_name="+", db_index=False
    )


def unit() -> models.ForeignKey[object, object]:
    return models.ForeignKey(
        "organizations.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )


def appointment(*, null: bool = True) -> models.ForeignKey[object, object]:
    return models.ForeignKey(
        "identity.Appointment", null=null, on_delete=models.PROTECT, related_name="+", db_index=False
    )


def person() -> models.ForeignKey[object, object]:
    return models.ForeignKey(
        "identity.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
