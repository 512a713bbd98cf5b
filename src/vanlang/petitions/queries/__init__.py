"""Questions: what petitions there are, for whom."""

from vanlang.petitions.queries.about import find_external, is_told_alike, list_about_dossier, tell_outside
from vanlang.petitions.queries.access import is_visible
from vanlang.petitions.queries.figures import figures_of, list_for_export
from vanlang.petitions.queries.inbox import count_inbox, list_inbox
from vanlang.petitions.queries.marking import first_version, mark_version, without_personal_data
from vanlang.petitions.queries.pages import get_petition, get_text, open_attachment
from vanlang.petitions.queries.public import get_published, list_published
from vanlang.petitions.queries.senders import get_sender_page, list_of_sender, open_own_attachment

__all__ = [
    "count_inbox",
    "figures_of",
    "find_external",
    "first_version",
    "get_petition",
    "get_published",
    "get_sender_page",
    "get_text",
    "is_told_alike",
    "is_visible",
    "list_about_dossier",
    "list_for_export",
    "list_inbox",
    "list_of_sender",
    "list_published",
    "mark_version",
    "open_attachment",
    "open_own_attachment",
    "tell_outside",
    "without_personal_data",
]
