"""Commands of intake: write a draft, lay papers into it, submit it."""

from vanlang.intake.services.drafts import (
    carry_over,
    choose_place,
    discard,
    reach_step,
    save_answers,
    start_draft,
)
from vanlang.intake.services.papers import attach, detach
from vanlang.intake.services.parties import accept_doubles, record_mandate, settle_parties
from vanlang.intake.services.reusing import reuse, start_with, stop_reuse
from vanlang.intake.services.submitting import submit

__all__ = [
    "accept_doubles",
    "attach",
    "carry_over",
    "choose_place",
    "detach",
    "discard",
    "reach_step",
    "record_mandate",
    "reuse",
    "save_answers",
    "settle_parties",
    "start_draft",
    "start_with",
    "stop_reuse",
    "submit",
]
