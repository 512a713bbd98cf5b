"""
Before a dossier is received: what a citizen writes, what it still lacks, and whose hand filed it.

A *draft* belongs to who writes it and to nobody else; row-level security keeps it so. It stays on the version of the
procedure under which it was begun, and says when that version takes no dossiers any more, so that its writer can
carry it over. The *formal check* names everything that is missing at once, field by field and paper by paper: what
it lets pass cannot be sent back for form.

    draft_id = start_draft(procedure_code="1.001193", actor=actor, at=now)
    choose_place(…); save_answers(…); attach(…)
    missing = check_draft(draft_id, actor=actor, on=today)
    submitted = submit(draft_id=draft_id, actor=actor, at=now)     once, however often it is pressed

Whose hand filed (`Operation`) is derived from who was signed in, and nothing can declare it.
"""

from vanlang.intake.errors import (
    DraftClosedError,
    DraftNotFoundError,
    FilingClosedError,
    IncompleteError,
    NotFileableError,
    UnsuitableError,
)
from vanlang.intake.events import TakenIn
from vanlang.intake.labels import OPERATIONS, RETURN_WAYS, STEPS
from vanlang.intake.queries import (
    answers_to_show,
    check_contact,
    check_draft,
    find_draft_file,
    form_of,
    get_draft,
    is_demanded,
    list_drafts,
    list_places,
    why_not_online,
)
from vanlang.intake.services import (
    attach,
    carry_over,
    choose_place,
    detach,
    discard,
    reach_step,
    save_answers,
    start_draft,
    submit,
)
from vanlang.intake.types import (
    CarriedOver,
    Contact,
    DraftCard,
    DraftLine,
    DraftPaperCard,
    DraftStep,
    Missing,
    MissingKind,
    Operation,
    OtherApplicant,
    Place,
    Places,
    ReturnWay,
    Submitted,
)

__all__ = [
    "OPERATIONS",
    "RETURN_WAYS",
    "STEPS",
    "CarriedOver",
    "Contact",
    "DraftCard",
    "DraftClosedError",
    "DraftLine",
    "DraftNotFoundError",
    "DraftPaperCard",
    "DraftStep",
    "FilingClosedError",
    "IncompleteError",
    "Missing",
    "MissingKind",
    "NotFileableError",
    "Operation",
    "OtherApplicant",
    "Place",
    "Places",
    "ReturnWay",
    "Submitted",
    "TakenIn",
    "UnsuitableError",
    "answers_to_show",
    "attach",
    "carry_over",
    "check_contact",
    "check_draft",
    "choose_place",
    "detach",
    "discard",
    "find_draft_file",
    "form_of",
    "get_draft",
    "is_demanded",
    "list_drafts",
    "list_places",
    "reach_step",
    "save_answers",
    "start_draft",
    "submit",
    "why_not_online",
]
