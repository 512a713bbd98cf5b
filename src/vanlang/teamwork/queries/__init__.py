"""Questions of teamwork. Every answer is a frozen value."""

from vanlang.teamwork.queries.talk import (
    count_mentions,
    is_followed,
    list_colleagues,
    list_followed,
    list_mentions,
    list_notes,
    suggest_colleagues,
)
from vanlang.teamwork.queries.views import list_views

__all__ = [
    "count_mentions",
    "is_followed",
    "list_colleagues",
    "list_followed",
    "list_mentions",
    "list_notes",
    "list_views",
    "suggest_colleagues",
]
