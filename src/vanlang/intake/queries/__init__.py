"""Questions of intake: drafts of one citizen, and what may be there already."""

from vanlang.intake.queries.doubles import differences_to_known, find_doubles
from vanlang.intake.queries.drafts import (
    access_draft,
    answers_to_show,
    card_of,
    check_contact,
    check_draft,
    find_draft_file,
    form_of,
    get_draft,
    is_demanded,
    list_drafts,
    list_offers,
    list_places,
    missing_in,
    why_not_online,
)
from vanlang.intake.queries.mandates import list_evidence, mandate_slip, procedure_names, words_of_mandate

__all__ = [
    "access_draft",
    "answers_to_show",
    "card_of",
    "check_contact",
    "check_draft",
    "differences_to_known",
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
    "missing_in",
    "procedure_names",
    "why_not_online",
    "words_of_mandate",
]
