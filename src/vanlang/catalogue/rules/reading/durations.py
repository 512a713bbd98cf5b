"""
Read a time limit.

The source gives a number, a unit, and prose. The number alone means nothing: "1" stands for a day, for "at once",
and, glued to a fee ("1" and "100 VNĐ" as "1100"), for nothing at all. Number and unit are believed when the prose
is silent or agrees; when the prose names other durations, a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from vanlang.catalogue.rules.reading.values import Certain, Uncertain
from vanlang.catalogue.types import SAME_DAY, Limit, LimitUnit, Reason

UNITS: dict[str, LimitUnit] = {
    "ngày làm việc": LimitUnit.WORKING_DAY,
    "ngày": LimitUnit.DAY,
    "giờ": LimitUnit.HOUR,
    "tháng": LimitUnit.MONTH,
}
"""The source's four words. "giờ làm việc" is read as an hour: a clock of hours runs in office time only."""

_PROSE = re.compile(
    r"(?<![\d/.,])(?P<amount>\d{1,3}(?:[.,]5)?)\s*(?:\([^)]{1,40}\)\s*)?"
    r"(?P<unit>ngày làm việc|giờ làm việc|ngày|giờ|tháng)(?!\s*\d)",
    re.IGNORECASE,
)
_BEFORE_DATE_OR_HOUR = re.compile(r"(?:ngày|sau|trước|lúc|từ|đến|hồi)\s*$", re.IGNORECASE)
_SAME_DAY = re.compile(
    r"(?:ngay\s+)?trong\s+(?:cùng\s+)?ngày\s+(?:làm việc\s+)?(?:cơ quan|tiếp nhận|nhận|làm việc)|"
    r"(?<!làm việc )(?:ngay trong ngày)",
    re.IGNORECASE,
)
_DENIED = re.compile(r"không (?:quy định|có quy định|xác định)", re.IGNORECASE)
_CASES = re.compile(r"trường hợp|đối với", re.IGNORECASE)
_SMALLEST_PART = {
    LimitUnit.HOUR: Decimal("0.5"),
    LimitUnit.DAY: Decimal(1),
    LimitUnit.WORKING_DAY: Decimal("0.5"),
    LimitUnit.MONTH: Decimal(1),
}
"""What the calendars count: half working days, whole days and months."""
_LONGEST_PLAUSIBLE = {
    LimitUnit.HOUR: 240,
    LimitUnit.DAY: 400,
    LimitUnit.WORKING_DAY: 300,
    LimitUnit.MONTH: 36,
}


def durations_in(prose: str) -> list[Limit]:
    """Return the durations that `prose` names, in its order; dates and hours of the day are none."""
    found = []
    for match in _PROSE.finditer(prose):
        if _BEFORE_DATE_OR_HOUR.search(prose[max(0, match.start() - 8) : match.start()]):
            continue
        amount = Decimal(match["amount"].replace(",", "."))
        unit = UNITS[match["unit"].lower().replace("giờ làm việc", "giờ")]
        if amount:
            found.append(Limit(amount, unit))
    return found


def read_limit(amount: float | None, unit: str | None, prose: str) -> Certain[Limit] | Uncertain:
    """Return the time limit of one row of channels."""
    raw = " ".join(part for part in (_shown(amount), unit or "", f"| {prose}" if prose else "") if part)
    if amount is None or amount <= 0:
        return _from_prose(prose, raw)
    if unit is None:
        reason = Reason.LIMIT_GLUED if amount >= 100 else Reason.LIMIT_UNIT_MISSING
        return Uncertain(reason, raw)
    known = UNITS.get(unit.strip().lower())
    if known is None:
        return Uncertain(Reason.LIMIT_UNIT_MISSING, raw)
    limit = Limit(Decimal(str(amount)), known)
    if limit.amount > _LONGEST_PLAUSIBLE[known] or limit.amount % _SMALLEST_PART[known]:
        return Uncertain(Reason.LIMIT_GLUED, raw)
    if not _agrees(limit, prose):
        return Uncertain(Reason.LIMIT_CONTRADICTED, raw)
    return Uncertain(Reason.LIMITS_SEVERAL, raw) if _depends_on_case(limit, prose) else Certain(limit)


def is_same_day(prose: str) -> bool:
    """Return whether `prose` promises the result on the day of receipt."""
    return _SAME_DAY.search(prose) is not None


def _from_prose(prose: str, raw: str) -> Certain[Limit] | Uncertain:
    """Read a limit that stands in prose only: certain when it is the only one, or when it is "the same day"."""
    if not prose or _DENIED.search(prose):
        return Uncertain(Reason.LIMIT_MISSING, raw)
    named = set(durations_in(prose))
    if is_same_day(prose) and not named:
        return Certain(SAME_DAY)
    if len(named) == 1 and not is_same_day(prose):
        return Certain(named.pop())
    return Uncertain(Reason.LIMITS_SEVERAL if named else Reason.LIMIT_MISSING, raw)


def _agrees(limit: Limit, prose: str) -> bool:
    """Return whether `prose` is silent about durations, names `limit`, or names the parts that add up to it."""
    named = durations_in(prose)
    if not named:
        return not _DENIED.match(prose.strip(" .()-"))
    return limit in named or _sum_of(named, limit.unit) == limit.amount


def _depends_on_case(limit: Limit, prose: str) -> bool:
    """Return whether `prose` names another duration for some cases, and not as a part of `limit`."""
    named = durations_in(prose)
    others = [other for other in named if other != limit]
    return bool(others) and _sum_of(named, limit.unit) != limit.amount and _CASES.search(prose) is not None


def _sum_of(limits: Iterable[Limit], unit: LimitUnit) -> Decimal:
    return sum((limit.amount for limit in limits if limit.unit == unit), Decimal(0))


def _shown(amount: float | None) -> str:
    return "" if amount is None else f"{amount:g}"
