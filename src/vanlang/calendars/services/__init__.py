"""Commands: change days off, change office hours, load both from reference files."""

from __future__ import annotations

from .days import change_days, load_days
from .hours import drop_office_hours, load_office_hours, set_office_hours

__all__ = ["change_days", "drop_office_hours", "load_days", "load_office_hours", "set_office_hours"]
