"""
One sentence per step of a count, by kind: a table of writers.

A writer reads only the facts of its step; nothing is counted here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from vanlang.calendars.types import (
    DayKind,
    ExplanationLine,
    LimitUnit,
    PauseReason,
    Step,
    StepKind,
    TimeLimit,
)

from .words import day_text, days_text, hours_text, instant_text, limit_text, number_text, sentence

Facts = dict[str, Any]
"""Facts of a step as its maker in `rules.explaining` wrote them."""

PAUSE_REASONS = {
    PauseReason.SUPPLEMENT: "chờ bổ sung hồ sơ",
    PauseReason.OTHER_AGENCY: "chờ cơ quan khác trả lời",
}

_STARTS = {
    LimitUnit.HOUR: "tính từ lúc tiếp nhận",
    LimitUnit.WORKING_DAY: "tính từ ngày làm việc sau ngày tiếp nhận",
    LimitUnit.DAY: "tính từ ngày sau ngày tiếp nhận, kể cả ngày nghỉ",
    LimitUnit.MONTH: "tính đến hết ngày tương ứng của tháng cuối, kể cả ngày nghỉ",
}


def line_of(step: Step) -> ExplanationLine:
    """Return the step with its sentence."""
    return ExplanationLine(
        kind=step.kind,
        from_on=step.from_on,
        to_on=step.to_on,
        at=step.at,
        says=sentence(_WRITERS[step.kind](step, step.facts)),
        minutes=step.minutes,
        law=step.law,
    )


def _handed_in(step: Step) -> str:
    return f"tiếp nhận lúc {_instant(step)}"


def _instant(step: Step) -> str:
    return instant_text(step.at) if step.at is not None else day_text(step.from_on)


def _received(step: Step, _: Facts) -> str:
    return f"{_handed_in(step)}, trong giờ làm việc"


def _received_before_opening(step: Step, facts: Facts) -> str:
    return f"{_handed_in(step)}, trước giờ mở cửa {facts['opens_at']:%H:%M}: tính trong ngày này"


def _received_at_break(step: Step, _: Facts) -> str:
    return f"{_handed_in(step)}, trong giờ nghỉ giữa ngày: tính trong ngày này"


def _received_after_closing(step: Step, facts: Facts) -> str:
    return f"{_handed_in(step)}, sau giờ làm việc (hết lúc {facts['closes_at']:%H:%M}): {_counted_as(facts)}"


def _received_on_day_off(step: Step, facts: Facts) -> str:
    return f"{_handed_in(step)}, {_why_off(facts['name'])}: {_counted_as(facts)}"


def _counted_as(facts: Facts) -> str:
    return f"tính là tiếp nhận ngày làm việc tiếp theo, {day_text(facts['counted_on'])}"


def _why_off(name: str | None) -> str:
    return f"ngày nghỉ, {name}" if name else "ngày nghỉ hằng tuần"


def _limit(_: Step, facts: Facts) -> str:
    return f"thời hạn {limit_text(facts['limit'])}, {_STARTS[facts['limit'].unit]}"


def _same_day(_: Step, facts: Facts) -> str:
    return f"giải quyết trong ngày, vì tính là tiếp nhận không muộn hơn {facts['until']:%H:%M}"


def _same_day_missed(_: Step, facts: Facts) -> str:
    return (
        f"giải quyết trong ngày, nhưng tiếp nhận sau {facts['until']:%H:%M}: "
        f"trả kết quả trong ngày làm việc tiếp theo, {day_text(facts['due_on'])}"
    )


def _worked(step: Step, facts: Facts) -> str:
    return f"{_days(step.from_on, step.to_on)}: {_why_worked(facts)}{_count(step, facts)}"


def _why_worked(facts: Facts) -> str:
    row: DayKind | None = facts["row"]
    if row is DayKind.MAKE_UP:
        return f"làm bù cho {day_text(facts['make_up_for'])}, "
    if row is DayKind.OFF_MORNING:
        return f"nghỉ buổi sáng ({facts['name']}), "
    if row is DayKind.OFF_AFTERNOON:
        return f"nghỉ buổi chiều ({facts['name']}), "
    return ""


def _count(step: Step, facts: Facts) -> str:
    limit: TimeLimit = facts["limit"]
    halves: int | None = facts["halves"]
    if halves is None:
        return f"{hours_text(step.minutes)} làm việc (đến {hours_text(facts['spent'])}/{hours_text(facts['budget'])})"
    so_far = f"{number_text(Fraction(halves, 2))}/{number_text(limit.amount)}"
    if facts["days"] > 1:
        rest = ", không kể ngày nghỉ hằng tuần" if _spans_rest(step, facts["days"]) else ""
        return f"{facts['days']} ngày làm việc{rest} (đến {so_far})"
    if halves % 2 or limit.quantity % 2:
        return f"đến {so_far} ngày làm việc"
    return f"ngày làm việc thứ {so_far}"


def _spans_rest(step: Step, worked_days: int) -> bool:
    return (step.to_on - step.from_on).days + 1 > worked_days


def _ran(step: Step, facts: Facts) -> str:
    at: datetime | None = step.at
    to_at: datetime = facts["to_at"]
    is_whole = at is not None and (at.hour, at.minute, to_at.hour, to_at.minute) == (0, 0, 0, 0)
    if is_whole or at is None:
        return f"{_days(step.from_on, step.to_on)}: {days_text(step.minutes)}"
    return f"từ {instant_text(at)} đến {instant_text(to_at)}: {days_text(step.minutes)}"


def _rested(step: Step, _: Facts) -> str:
    return f"{_days(step.from_on, step.to_on)}: ngày nghỉ hằng tuần"


def _off(step: Step, facts: Facts) -> str:
    return f"{day_text(step.from_on)}: nghỉ, {facts['name']}"


def _paused(step: Step, facts: Facts) -> str:
    reasons = ", ".join(PAUSE_REASONS[reason] for reason in facts["reasons"])
    if facts["to_at"] is None:
        return f"tạm dừng từ {_instant(step)} ({reasons})"
    lost = facts["lost_minutes"]
    length = days_text(lost) if facts["is_calendar_clock"] else f"{hours_text(lost)} làm việc"
    return f"tạm dừng từ {_instant(step)} đến {instant_text(facts['to_at'])} ({reasons}): {length} không tính"


def _rolled(step: Step, facts: Facts) -> str:
    return (
        f"ngày cuối {day_text(step.from_on)} là {_why_off(facts['name'])}: "
        f"hạn chuyển sang ngày làm việc tiếp theo, {day_text(facts['due_on'])}"
    )


def _resumed_late(_: Step, facts: Facts) -> str:
    return f"thời hạn đã hết khi tính tiếp: hạn là cuối giờ làm việc {day_text(facts['due_on'])}"


def _extended(step: Step, facts: Facts) -> str:
    return f"gia hạn {limit_text(facts['limit'])}, tính từ hạn trước {_instant(step)}"


def _forecast(_: Step, facts: Facts) -> str:
    years = ", ".join(str(year) for year in facts["years"])
    return f"dự kiến: lịch nghỉ năm {years} chưa được công bố; hạn được tính lại khi có lịch chính thức"


def _stopped(step: Step, _: Facts) -> str:
    return f"đang tạm dừng từ {_instant(step)}: chưa có hạn trả kết quả"


def _due(step: Step, facts: Facts) -> str:
    expected = " (dự kiến)" if facts["forecast"] else ""
    return f"hạn trả kết quả{expected}: {_instant(step)}"


def _days(first: date, last: date) -> str:
    if first == last:
        return day_text(first)
    if (last - first).days == 1:
        return f"{day_text(first)} và {day_text(last)}"
    return f"từ {day_text(first)} đến {day_text(last)}"


_WRITERS: dict[StepKind, Callable[[Step, Facts], str]] = {
    StepKind.RECEIVED: _received,
    StepKind.RECEIVED_BEFORE_OPENING: _received_before_opening,
    StepKind.RECEIVED_AT_BREAK: _received_at_break,
    StepKind.RECEIVED_AFTER_CLOSING: _received_after_closing,
    StepKind.RECEIVED_ON_DAY_OFF: _received_on_day_off,
    StepKind.LIMIT: _limit,
    StepKind.SAME_DAY: _same_day,
    StepKind.SAME_DAY_MISSED: _same_day_missed,
    StepKind.WORKED: _worked,
    StepKind.RAN: _ran,
    StepKind.RESTED: _rested,
    StepKind.OFF: _off,
    StepKind.PAUSED: _paused,
    StepKind.ROLLED: _rolled,
    StepKind.RESUMED_LATE: _resumed_late,
    StepKind.EXTENDED: _extended,
    StepKind.FORECAST: _forecast,
    StepKind.STOPPED: _stopped,
    StepKind.DUE: _due,
}
