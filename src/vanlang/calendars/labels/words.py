"""How days, instants, lengths and limits are written."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

from vanlang.calendars.types import LimitUnit, TimeLimit

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")

_UNITS = {
    LimitUnit.HOUR: "giờ làm việc",
    LimitUnit.DAY: "ngày",
    LimitUnit.WORKING_DAY: "ngày làm việc",
    LimitUnit.MONTH: "tháng",
}


def day_text(on: date) -> str:
    """Return "thứ Sáu 20/11/2026"."""
    return f"{_WEEKDAYS[on.weekday()]} {on:%d/%m/%Y}"


def instant_text(at: datetime) -> str:
    """Return "16:59 thứ Sáu 20/11/2026"; the instant must be in Vietnam's zone."""
    return f"{at:%H:%M} {day_text(at.date())}"


def hours_text(minutes: int) -> str:
    """Return "4 giờ 30 phút"."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} giờ"] * bool(hours) + [f"{rest} phút"] * bool(rest)
    return " ".join(parts) or "0 phút"


def days_text(minutes: int) -> str:
    """Return "4 ngày 7 giờ 59 phút" of wall-clock minutes."""
    days, rest = divmod(minutes, 24 * 60)
    parts = [f"{days} ngày"] * bool(days) + [hours_text(rest)] * bool(rest)
    return " ".join(parts) or "0 phút"


def number_text(amount: Fraction) -> str:
    """Return a count as it is written in Vietnamese: "1,5", "30"."""
    if amount.denominator == 1:
        return str(amount.numerator)
    return f"{float(amount):.4f}".rstrip("0").replace(".", ",")


def limit_text(limit: TimeLimit) -> str:
    """Return "5 ngày làm việc", "trong ngày", "2 giờ 30 phút làm việc"."""
    if limit.is_same_day:
        return "trong ngày"
    if limit.unit is LimitUnit.HOUR:
        return f"{hours_text(limit.quantity)} làm việc"
    return f"{number_text(limit.amount)} {_UNITS[limit.unit]}"


def sentence(text: str) -> str:
    """Return the text with a capital first letter and a full stop."""
    return f"{text[:1].upper()}{text[1:]}."
