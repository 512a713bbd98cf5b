"""
The apology that the house drafts one working day before an appointment that will not be kept (form 04).

How much time it proposes is read from the process: what its remaining steps were planned to take, and what was
overrun already. The leader may write anything else.

Law: unverified
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil

from vanlang.dossiers.rules.steps import Step

AHEAD_DAYS = 1
"""Working days before the appointment on which the apology is drafted."""

MOST_DAYS = 60
"""Working days that one extension may give at most."""

_DAYS_OF = {"working_day": Fraction(1), "hour": Fraction(1, 8), "day": Fraction(5, 7), "month": Fraction(22)}
"""Working days that one of each unit of a time limit is planned as: for a proposal, never for a due date."""


def rest_of(process: Sequence[Step], position: int) -> Fraction:
    """Return which part of the time limit the steps from the present one on were planned to take; all of it without a process."""
    whole = sum(step.share for step in process)
    if not whole:
        return Fraction(1)
    return Fraction(sum(step.share for step in process[position:]), whole)


def days_needed(
    amount: Fraction, unit: str, process: Sequence[Step], *, position: int, overrun_days: int = 0
) -> int:
    """
    Return how many working days beyond the appointment to propose: the rest of the process after what was overrun.

    `amount` and `unit` are those of the time limit (`LimitUnit` value).
    """
    planned = amount * _DAYS_OF[unit] * rest_of(process, position)
    return min(max(ceil(planned), 1) + overrun_days, MOST_DAYS)
