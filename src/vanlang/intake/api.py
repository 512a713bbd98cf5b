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

At the counter, `settle_parties(told=PartiesTold(…))` remembers who is who, the mandate that was shown with its paper, and
returns what a `Filing` takes: `Filing(…, **settled.as_filing())`. `find_doubles` warns of what may be there already; whoever
goes on is written down (`accept_doubles`).
A result that a register holds is handed in by reference: `list_offers` says which, `reuse` lets the draft use one (for a paper, into the
form, or both), and the consent is written when the draft is submitted. No upload, and the officer can demand none.

Whose hand filed (`Operation`) is derived from who was signed in, and nothing can declare it.
"""

from vanlang.intake.cards import (
    Doubles,
    EntityTold,
    MandateTold,
    PartiesTold,
    PersonDouble,
    PersonTold,
    SettledParties,
)
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
    differences_to_known,
    find_doubles,
    find_draft_file,
    form_of,
    get_draft,
    is_demanded,
    list_drafts,
    list_evidence,
    list_offers,
    list_places,
    mandate_slip,
    procedure_names,
    why_not_online,
    words_of_mandate,
)
from vanlang.intake.rules.differences import Difference
from vanlang.intake.rules.mandate_words import confirmation
from vanlang.intake.rules.operation import operation_of
from vanlang.intake.services import (
    accept_doubles,
    attach,
    carry_over,
    choose_place,
    detach,
    discard,
    reach_step,
    record_mandate,
    reuse,
    save_answers,
    settle_parties,
    start_draft,
    start_with,
    stop_reuse,
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
    Offer,
    Operation,
    OtherApplicant,
    Place,
    Places,
    ReturnWay,
    ReuseCard,
    Submitted,
)

__all__ = [
    "OPERATIONS",
    "RETURN_WAYS",
    "STEPS",
    "CarriedOver",
    "Contact",
    "Difference",
    "Doubles",
    "DraftCard",
    "DraftClosedError",
    "DraftLine",
    "DraftNotFoundError",
    "DraftPaperCard",
    "DraftStep",
    "EntityTold",
    "FilingClosedError",
    "IncompleteError",
    "MandateTold",
    "Missing",
    "MissingKind",
    "NotFileableError",
    "Offer",
    "Operation",
    "OtherApplicant",
    "PartiesTold",
    "PersonDouble",
    "PersonTold",
    "Place",
    "Places",
    "ReturnWay",
    "ReuseCard",
    "SettledParties",
    "Submitted",
    "TakenIn",
    "UnsuitableError",
    "accept_doubles",
    "answers_to_show",
    "attach",
    "carry_over",
    "check_contact",
    "check_draft",
    "choose_place",
    "confirmation",
    "detach",
    "differences_to_known",
    "discard",
    "find_doubles",
    "find_draft_file",
    "form_of",
    "get_draft",
    "is_demanded",
    "list_drafts",
    "list_evidence",
    "list_offers",
    "list_places",
    "mandate_slip",
    "operation_of",
    "procedure_names",
    "reach_step",
    "record_mandate",
    "reuse",
    "save_answers",
    "settle_parties",
    "start_draft",
    "start_with",
    "stop_reuse",
    "submit",
    "why_not_online",
    "words_of_mandate",
]
