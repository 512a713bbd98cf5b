"""Questions about dossiers. Every answer is a frozen value; every look at one dossier passes `access_dossier`."""

from vanlang.dossiers.queries.access import (
    access_dossier,
    facts_of,
    places_of,
    process_of,
    require_seat,
    visible_to,
)
from vanlang.dossiers.queries.afterwards import (
    CallBack,
    PaperCopyCard,
    RatingCard,
    RatingSummary,
    find_paper_copy,
    list_call_backs,
    list_paper_copies,
    rating_of,
    rating_summary,
)
from vanlang.dossiers.queries.briefs import find_dossier_id, get_answers, get_briefs
from vanlang.dossiers.queries.comparing import (
    ComparedDossier,
    count_received,
    earlier_national,
    iterate_received,
    list_compared,
)
from vanlang.dossiers.queries.helping import HelpMonth, count_help
from vanlang.dossiers.queries.history import list_due_changes, list_movements
from vanlang.dossiers.queries.inbox import (
    InboxQuery,
    count_inbox,
    list_in_states,
    list_inbox,
    list_seat_cards,
    search_inbox,
)
from vanlang.dossiers.queries.news import list_moves_since
from vanlang.dossiers.queries.pages import (
    get_dossier_page,
    get_for_citizen,
    list_for_citizen,
    template_facts,
)
from vanlang.dossiers.queries.papers import open_outcome, open_paper, why_no_scans
from vanlang.dossiers.queries.precedents import list_precedents
from vanlang.dossiers.queries.proof import Proof, Violation, prove
from vanlang.dossiers.queries.public import get_by_public_token
from vanlang.dossiers.queries.similar import list_similar
from vanlang.dossiers.queries.stuck import count_stuck, list_stuck
from vanlang.dossiers.queries.telling import (
    Standing,
    ToldDossier,
    ToldOutcome,
    ToldPaper,
    ToldStep,
    ToldSupplement,
    find_standing_of,
    iterate_tellable,
    list_told,
    list_told_steps,
)
from vanlang.dossiers.queries.times import explain_due
from vanlang.dossiers.queries.transferable import list_transferable
from vanlang.dossiers.queries.under import (
    OpenCount,
    OpenLine,
    count_open_under,
    count_standing,
    find_adopted,
    list_open_under,
)

__all__ = [
    "CallBack",
    "ComparedDossier",
    "HelpMonth",
    "InboxQuery",
    "OpenCount",
    "OpenLine",
    "PaperCopyCard",
    "Proof",
    "RatingCard",
    "RatingSummary",
    "Standing",
    "ToldDossier",
    "ToldOutcome",
    "ToldPaper",
    "ToldStep",
    "ToldSupplement",
    "Violation",
    "access_dossier",
    "count_help",
    "count_inbox",
    "count_open_under",
    "count_received",
    "count_standing",
    "count_stuck",
    "earlier_national",
    "explain_due",
    "facts_of",
    "find_adopted",
    "find_dossier_id",
    "find_paper_copy",
    "find_standing_of",
    "get_answers",
    "get_briefs",
    "get_by_public_token",
    "get_dossier_page",
    "get_for_citizen",
    "iterate_received",
    "iterate_tellable",
    "list_call_backs",
    "list_compared",
    "list_due_changes",
    "list_for_citizen",
    "list_in_states",
    "list_inbox",
    "list_movements",
    "list_moves_since",
    "list_open_under",
    "list_paper_copies",
    "list_precedents",
    "list_seat_cards",
    "list_similar",
    "list_stuck",
    "list_told",
    "list_told_steps",
    "list_transferable",
    "open_outcome",
    "open_paper",
    "places_of",
    "process_of",
    "prove",
    "rating_of",
    "rating_summary",
    "require_seat",
    "search_inbox",
    "template_facts",
    "visible_to",
    "why_no_scans",
]
