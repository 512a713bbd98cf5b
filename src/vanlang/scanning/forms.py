"""What the page of a batch sends: a number, a turn, a paper for each page. Unreadable values are as if nothing was typed."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.http import QueryDict

from vanlang.scanning.types import Arrangement, ScanBatchCard

_TURNS = {"0": 0, "90": 90, "180": 180, "270": 270}


def read_arrangement(data: QueryDict, batch: ScanBatchCard) -> Arrangement:
    """Return what was typed for the pages of a batch; what the page did not send stays as it is."""
    kept = {page.id: page for page in batch.pages}
    turns = {key: _TURNS[text] for key in kept if (text := data.get(f"turn-{key}", "")) in _TURNS}
    return Arrangement(
        order={key: data.get(f"order-{key}", "") for key in kept},
        turns=turns,
        papers={key: data.get(f"paper-{key}", "")[:20] for key in kept if f"paper-{key}" in data},
        removed=frozenset(page.id for page in batch.pages if page.removed or data.get(f"remove-{page.id}")),
        other_name=data.get("other_name", batch.other_name),
    )


def page_named(wanted: str, among: Iterable[uuid.UUID]) -> uuid.UUID | None:
    """Return the page that a button names ("xoay:<id>"), if it is one of this batch."""
    _, _, text = wanted.partition(":")
    return next((key for key in among if str(key) == text), None)
