"""Pages in an order, turned, and split into papers. Values in, values out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from vanlang.kernel.errors import Refusal

CONTINUES = ""
"""A page that belongs to the paper of the page before it."""
OTHER = "khac"
"""A paper that the procedure does not name."""


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """One page of a batch."""

    id: UUID
    turn: int = 0
    """0, 90, 180 or 270, clockwise."""
    paper: str = CONTINUES
    """Key of the paper that begins here: id of a required document, or OTHER."""
    removed: bool = False


@dataclass(frozen=True, slots=True)
class PaperPages:
    """One paper and its pages in order."""

    paper: str
    pages: tuple[UUID, ...]


def in_typed_order(pages: Sequence[PlacedPage], typed: Mapping[UUID, str]) -> list[PlacedPage]:
    """Return pages by the numbers that were typed; equal and unreadable ones stay as they stood."""

    def place(item: tuple[int, PlacedPage]) -> tuple[float, int]:
        index, page = item
        text = typed.get(page.id, "").strip().replace(",", ".")
        number = float(text) if text.replace(".", "", 1).isdecimal() else float(index + 1)
        # typed onto a place that is taken, it stands before who was there when it comes from behind, else after
        shift = -0.5 if number < index + 1 else 0.5 if number > index + 1 else 0.0
        return number + shift, index

    return [page for _, page in sorted(enumerate(pages), key=place)]


def moved(pages: Sequence[PlacedPage], page_id: UUID, by: int) -> list[PlacedPage]:
    """Return pages with one moved up or down among those that are not removed."""
    kept = [page for page in pages if not page.removed]
    at = next((index for index, page in enumerate(kept) if page.id == page_id), None)
    if at is None or not 0 <= at + by < len(kept):
        return list(pages)
    kept.insert(at + by, kept.pop(at))
    return [*kept, *(page for page in pages if page.removed)]


def turned(page: PlacedPage, by: int) -> PlacedPage:
    """Return a page turned clockwise by quarters."""
    return replace(page, turn=(page.turn + by) % 360)


def split(pages: Sequence[PlacedPage]) -> tuple[PaperPages, ...]:
    """Return the papers in order of their first page. What two stretches of pages share is one paper."""
    found: dict[str, list[UUID]] = {}
    current = CONTINUES
    for page in pages:
        if page.removed:
            continue
        current = page.paper or current
        found.setdefault(current, []).append(page.id)
    return tuple(PaperPages(paper, tuple(ids)) for paper, ids in found.items())


def why_not_file(pages: Sequence[PlacedPage], *, other_name: str, known: frozenset[str]) -> Refusal | None:
    """Return why pages cannot be filed as papers of the dossier yet, or None."""
    papers = split(pages)
    if not papers:
        return Refusal("scanning.no_pages")
    if any(one.paper == CONTINUES for one in papers):
        return Refusal("scanning.first_page_unnamed")
    if any(one.paper not in known | {OTHER} for one in papers):
        return Refusal("scanning.paper_unknown")
    if any(one.paper == OTHER for one in papers) and not other_name.strip():
        return Refusal("scanning.other_unnamed")
    return None
