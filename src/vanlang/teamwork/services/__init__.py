"""Commands of teamwork: keyword-only, one transaction each."""

from vanlang.teamwork.services.deciding import carry_out_next, look_at, mark, open_batch, start_batch
from vanlang.teamwork.services.digest import choose_digest, list_due_digests, tell_digest
from vanlang.teamwork.services.talk import (
    edit_note,
    finish_mention,
    follow,
    strike_note,
    unfollow,
    write_note,
)
from vanlang.teamwork.services.transferring import (
    carry_out_batch,
    order_return,
    order_transfer,
    resume_transfer,
)
from vanlang.teamwork.services.views import choose_default_view, forget_view, rename_view, save_view

__all__ = [
    "carry_out_batch",
    "carry_out_next",
    "choose_default_view",
    "choose_digest",
    "edit_note",
    "finish_mention",
    "follow",
    "forget_view",
    "list_due_digests",
    "look_at",
    "mark",
    "open_batch",
    "order_return",
    "order_transfer",
    "rename_view",
    "resume_transfer",
    "save_view",
    "start_batch",
    "strike_note",
    "tell_digest",
    "unfollow",
    "write_note",
]
