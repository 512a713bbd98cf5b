"""What a cell of another system's export says: an instant, a step of a history. Pure; what is not said stays unsaid."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo

from vanlang.cutover.types import Instant

_INSTANT = re.compile(
    r"(?:(?P<clock>\d{1,2}:\d{2})(?::\d{2})?,?\s+)?(?P<day>\d{1,2})[/.\-](?P<month>\d{1,2})[/.\-](?P<year>\d{4})"
    r"(?:,?\s+(?P<after>\d{1,2}:\d{2})(?::\d{2})?)?"
)
_ISO = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?:[T ](?P<after>\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?)?"
)


def instant(text: str, zone: tzinfo) -> Instant | None:
    """Return the instant that `text` spells, or None. A day alone is its first minute, and says that it has no hour."""
    match = _INSTANT.fullmatch(text.strip()) or _ISO.fullmatch(text.strip())
    if match is None:
        return None
    told = match.groupdict()
    clock = told.get("after") or told.get("clock") or ""
    hour, minute = (int(part) for part in clock.split(":")) if clock else (0, 0)
    try:
        at = datetime(int(told["year"]), int(told["month"]), int(told["day"]), hour, minute, tzinfo=zone)
    except ValueError:
        return None
    return Instant(at, bool(clock))


def steps(text: str) -> list[tuple[str, ...]]:
    """Return the lines of a history, "16/11/2026 09:00 | Chuyển xử lý | Trần Văn A | ghi chú", as four words each."""
    lines = [line.split("|") for line in re.split(r"[\n;]+", text) if line.strip()]
    return [(*(part.strip() for part in line), "", "", "")[:4] for line in lines]
