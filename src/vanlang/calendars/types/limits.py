"""What is counted: time limits, pauses, extensions."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from vanlang.kernel.errors import Refusal


class LimitUnit(enum.StrEnum):
    """In what a time limit is given."""

    HOUR = "hour"
    """Working hours: office minutes from the receipt on."""

    DAY = "day"
    """Calendar days, days off included."""

    WORKING_DAY = "working_day"
    """Working days; 0 means "within the day" (trong ngày)."""

    MONTH = "month"
    """Calendar months: the same day of a later month."""


_SMALLEST: dict[LimitUnit, int] = {
    LimitUnit.HOUR: 60,
    LimitUnit.DAY: 1,
    LimitUnit.WORKING_DAY: 2,
    LimitUnit.MONTH: 1,
}
"""How many smallest countable parts a unit has: minutes, days, half-days, months."""


def why_not_countable(amount: int | Fraction | Decimal, unit: LimitUnit) -> Refusal | None:
    """Return why `amount` of `unit` is no time limit, or None when it is one."""
    parts = Fraction(amount) * _SMALLEST[unit]
    if parts.denominator != 1:
        return Refusal("calendars.limit_too_fine", {"amount": str(amount), "unit": unit.value})
    if parts < 0 or (parts == 0 and unit is not LimitUnit.WORKING_DAY):
        return Refusal("calendars.limit_not_positive", {"amount": str(amount), "unit": unit.value})
    return None


@dataclass(frozen=True, slots=True, init=False)
class TimeLimit:
    """
    How long an agency may take.

    Units: whole minutes of hours, half working days, whole days, whole months. Never a float.
    Raises: ValueError when the amount is not countable; ask `why_not_countable` first.
    """

    amount: Fraction
    """How many units; int and Decimal are accepted and kept as a fraction."""

    unit: LimitUnit
    """Of what."""

    quantity: int = field(init=False, repr=False, compare=False)
    """The amount in smallest parts: minutes, half working days, days or months."""

    def __init__(self, amount: int | Fraction | Decimal, unit: LimitUnit) -> None:
        if isinstance(amount, float):
            msg = "A time limit is exact: pass an int, a Fraction or a Decimal."
            raise TypeError(msg)
        refusal = why_not_countable(amount, unit)
        if refusal is not None:
            msg = f"{amount} {unit.value} is no time limit: {refusal.code}."
            raise ValueError(msg)
        object.__setattr__(self, "amount", Fraction(amount))
        object.__setattr__(self, "unit", unit)
        object.__setattr__(self, "quantity", int(Fraction(amount) * _SMALLEST[unit]))

    @property
    def is_same_day(self) -> bool:
        """Whether the outcome is due on the day of receipt (trong ngày)."""
        return self.unit is LimitUnit.WORKING_DAY and self.quantity == 0


SAME_DAY = TimeLimit(0, LimitUnit.WORKING_DAY)


class PauseReason(enum.StrEnum):
    """Why the clock stands still. There is no third reason: waiting inside the house is not a pause."""

    SUPPLEMENT = "supplement"
    """The applicant was asked for a supplement."""

    OTHER_AGENCY = "other_agency"
    """Another agency was asked."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch of time that is not counted, half-open `[from_at, to_at)`."""

    from_at: datetime
    """When the clock stopped."""

    to_at: datetime | None = None
    """When it went on; None = it still stands."""

    reason: PauseReason = PauseReason.SUPPLEMENT
    """For the explanation only: it does not change the count."""

    def __post_init__(self) -> None:
        if self.to_at is not None and self.to_at < self.from_at:
            msg = "A pause ends after it began."
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Extension:
    """More time, counted from the due date that it moves."""

    limit: TimeLimit
    """How much."""

    def __post_init__(self) -> None:
        if self.limit.is_same_day:
            msg = "An extension by nothing is none."
            raise ValueError(msg)


Pauses = Sequence[Pause]
Extensions = Sequence[Extension]
