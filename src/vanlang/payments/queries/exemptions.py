"""The table of reasons why a fee is not asked: reference/payments/exemptions.toml."""

from __future__ import annotations

import tomllib
from functools import lru_cache

from django.conf import settings

from vanlang.payments.cards import ExemptionCard


@lru_cache(maxsize=1)
def list_exemptions() -> tuple[ExemptionCard, ...]:
    """Return the reasons in the order of the table."""
    path = settings.VANLANG_REFERENCE / "payments" / "exemptions.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["exemption"]
    return tuple(ExemptionCard(**row) for row in rows)


def find_exemption(code: str) -> ExemptionCard | None:
    return next((one for one in list_exemptions() if one.code == code), None)
