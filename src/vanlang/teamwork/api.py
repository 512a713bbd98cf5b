"""
The officers' day: what people who work on dossiers together need beside the legal acts.

Nothing here changes a dossier except through the acts of `dossiers`; what is kept here is about the people who work:

**Lists under a name** (`save_view`, `list_views`): the address of an inbox, one's own or shared with the unit.
**Talk** (`talk_about`): notes that only officers of the seated agencies read, mentions that become tasks, a star
(`follow`) whose movements are told. A note is seen where its dossier is seen, never by a citizen; after minutes its words
stand, and it is only struck out with a reason.

**What has pages of its own here**, and no door: mass transfers (an order, its lines, a job in batches that a killed worker
does not spoil), a leader's batches (looked at, marked, carried out one act each; a second factor for all that is signed), the
day's digest (a pure composition of what was found, told once a working day), what is stuck and why, substitutions, and
decided dossiers that resemble an open one. Acts are done by `dossiers`, messages sent by `notifications`.
"""

from vanlang.teamwork.queries import count_mentions, list_followed, list_views
from vanlang.teamwork.queries.talk import talk_about
from vanlang.teamwork.services import choose_default_view, forget_view, save_view
from vanlang.teamwork.types import Talk, ViewCard

__all__ = [
    "Talk",
    "ViewCard",
    "choose_default_view",
    "count_mentions",
    "forget_view",
    "list_followed",
    "list_views",
    "save_view",
    "talk_about",
]
