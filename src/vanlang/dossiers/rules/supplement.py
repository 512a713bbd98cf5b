"""
Asking for what is missing: field by field, document by document, and all of it at once.

A second request is possible, is counted, and is visible to the leader and in statistics: asking in slices is
what citizens complain about most.

Law: unverified
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from vanlang.kernel.errors import Refusal


class ItemKind(StrEnum):
    """What an item points at."""

    FIELD = "field"
    """A field of the electronic form, by its key."""
    DOCUMENT = "document"
    """A required document, by its id; or a new one, by a name of its own."""


class AgainGround(StrEnum):
    """Why something could not be asked for the first time."""

    ANSWER_RAISED_IT = "answer_raised_it"
    """What was handed in since raised it."""
    OPINION_DEMANDS_IT = "opinion_demands_it"
    """Who was asked for an opinion demands it."""
    INSPECTION_FOUND_IT = "inspection_found_it"
    LAW_CHANGED = "law_changed"
    OVERSIGHT = "oversight"
    """The agency overlooked it."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Again:
    """Why the citizen is asked a second time."""

    ground: AgainGround
    reason: str
    """In the officer's words; the leader and the citizen read it."""


@dataclass(frozen=True, slots=True)
class SupplementItem:
    """One thing that is missing or wrong."""

    kind: ItemKind
    key: str
    """Field key, or id of the required document."""
    label: str
    """As the citizen reads it: "Giấy chứng sinh"."""
    reason: str
    """Why it does not do, in the officer's words: "Ảnh mờ, không đọc được số"."""


def may_request(items: Sequence[SupplementItem]) -> Refusal | None:
    """Return why this request cannot be sent: nothing in it, something twice, or no reason given."""
    if not items:
        return Refusal("dossiers.supplement_empty")
    twice = [key for key, count in Counter((item.kind, item.key) for item in items).items() if count > 1]
    if twice:
        return Refusal("dossiers.supplement_twice", {"label": _label(items, twice[0][1])})
    silent = [item.label or item.key for item in items if not item.reason.strip() or not item.label.strip()]
    if silent:
        return Refusal("dossiers.supplement_without_reason", {"label": silent[0]})
    return None


def may_ask_again(*, asked_before: bool, again: Again | None) -> Refusal | None:
    """Return why a second request cannot be sent: it must say why this was not asked the first time."""
    if asked_before and (again is None or not again.reason.strip()):
        return Refusal("dossiers.supplement_again_unreasoned")
    return None


def may_answer(items: Sequence[SupplementItem], answered: Collection[tuple[ItemKind, str]]) -> Refusal | None:
    """Return which items an answer leaves open, or that it answers what nobody asked."""
    asked = {(item.kind, item.key) for item in items}
    missing = [item.label for item in items if (item.kind, item.key) not in answered]
    if missing:
        return Refusal(
            "dossiers.supplement_incomplete", {"missing": "; ".join(missing), "count": len(missing)}
        )
    if any(answer not in asked for answer in answered):
        return Refusal("dossiers.supplement_not_asked")
    return None


def _label(items: Sequence[SupplementItem], key: str) -> str:
    return next((item.label for item in items if item.key == key), key)
