"""
Deciding in a row: what was not looked at is not decided.

A look is of one version: when a dossier was changed after it, the look is worth nothing and it must be looked at again.

Law: unverified
"""

from __future__ import annotations

from datetime import datetime, timedelta

from vanlang.kernel.errors import Refusal
from vanlang.teamwork.types import Choice

MOST = 50
"""Proposals in one batch: what one person can look at with care."""
SIGNING_WINDOW = timedelta(minutes=30)
"""For how long a second factor shown for a batch lets its job sign."""


def may_mark(choice: Choice, *, looked_at: datetime | None, reason: str) -> Refusal | None:
    """Return why a proposal may not be marked so, or None."""
    if choice is Choice.APPROVE and looked_at is None:
        return Refusal("teamwork.batch_not_looked")
    if choice is Choice.RETURN and not reason.strip():
        return Refusal("teamwork.batch_return_without_reason")
    return None


def may_sign(*, factor_at: datetime | None, at: datetime) -> Refusal | None:
    """Return why a batch's job may not sign now, or None: the second factor was shown for it, and not long ago."""
    if factor_at is not None and timedelta() <= at - factor_at <= SIGNING_WINDOW:
        return None
    return Refusal("teamwork.batch_factor_old")
