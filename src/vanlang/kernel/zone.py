"""Vietnam's zone: +07:00 all year. A constant, so that rules may use it without knowing what time it is."""

from __future__ import annotations

from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
