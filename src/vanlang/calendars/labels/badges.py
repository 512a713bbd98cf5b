"""Short texts beside a dossier in a list."""

from __future__ import annotations

from vanlang.calendars.types import Remaining, Timeliness

from .words import hours_text

TIMELINESS = {
    Timeliness.EARLY: "Trước hạn",
    Timeliness.ON_TIME: "Đúng hạn",
    Timeliness.LATE: "Trễ hạn",
}


def badge(remaining: Remaining) -> str:
    """Return "còn 2 ngày làm việc", "hạn hôm nay, còn 3 giờ", "quá hạn 3 ngày làm việc"."""
    if remaining.is_late:
        if remaining.working_days:
            return f"quá hạn {remaining.working_days} ngày làm việc"
        if remaining.working_minutes:
            return f"quá hạn {hours_text(remaining.working_minutes)} làm việc"
        return "quá hạn"
    if remaining.working_days:
        return f"còn {remaining.working_days} ngày làm việc"
    return f"hạn hôm nay, còn {hours_text(remaining.working_minutes)} làm việc"
