"""Vietnamese for this app: lines of an explanation, badges, errors."""

from __future__ import annotations

from .badges import TIMELINESS, badge
from .errors import SENTENCES
from .explanation import line_of
from .words import day_text, instant_text, limit_text

__all__ = ["SENTENCES", "TIMELINESS", "badge", "day_text", "instant_text", "limit_text", "line_of"]
