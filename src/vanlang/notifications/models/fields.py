from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from django.db import models
from django.db.models import Q


def code_field(codes: Iterable[StrEnum], *, blank: bool = False) -> models.CharField[str, str]:
    """Return a short text column that holds one of `codes`; labels are in `labels.py`, not in the database."""
    return models.CharField(max_length=20, choices=[(code.value, code.value) for code in codes], blank=blank)


def person_field(*, index: bool = True) -> models.ForeignKey[object, object]:
    return models.ForeignKey(
        "identity.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=index
    )


def account_field(*, index: bool = True) -> models.ForeignKey[object, object]:
    return models.ForeignKey(
        "identity.Account", null=True, on_delete=models.PROTECT, related_name="+", db_index=index
    )


def agency_field(*, null: bool = False) -> models.ForeignKey[object, object]:
    return models.ForeignKey(
        "organizations.Agency", null=null, on_delete=models.PROTECT, related_name="+", db_index=False
    )


def person_or_account() -> Q:
    """Whose it is: a person's or an account's, never both, never nobody's."""
    return Q(person__isnull=True, account__isnull=False) | Q(person__isnull=False, account__isnull=True)
