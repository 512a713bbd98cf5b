"""Commands of teamwork: keyword-only, one transaction each."""

from vanlang.teamwork.services.talk import (
    edit_note,
    finish_mention,
    follow,
    strike_note,
    unfollow,
    write_note,
)
from vanlang.teamwork.services.views import choose_default_view, forget_view, rename_view, save_view

__all__ = [
    "choose_default_view",
    "edit_note",
    "finish_mention",
    "follow",
    "forget_view",
    "rename_view",
    "save_view",
    "strike_note",
    "unfollow",
    "write_note",
]
