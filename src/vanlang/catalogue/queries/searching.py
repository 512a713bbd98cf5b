"""Search over the procedures in force: an index in memory, built anew when the catalogue's edition changes."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from vanlang.catalogue.models import CatalogueEdition, VersionOutcome
from vanlang.catalogue.queries.procedures import card_of, in_force
from vanlang.catalogue.rules.search import Index, SearchDocument, Synonym, build, find
from vanlang.catalogue.types import Level, ProcedureCard, ProcedureHit

_RANKS = {Level.COMMUNE: 0, Level.PROVINCE: 1, Level.MINISTRY: 2, Level.OTHER: 3}
_WIDER = 60
"""How many are looked at before those of other levels are left out."""


def search(text: str, *, on: date, limit: int = 20, level: Level | None = None) -> list[ProcedureHit]:
    """Return the procedures in force that `text` asks for, best first; nothing for an empty text."""
    if not text.strip():
        return []
    edition = CatalogueEdition.objects.filter(pk=1).values_list("edition", flat=True).first() or 0
    index, cards = _index(edition, on)
    hits = [
        ProcedureHit(cards[code], score)
        for code, score in find(index, text, limit if level is None else max(limit, _WIDER))
        if level is None or level in cards[code].levels
    ]
    return hits[:limit]


@lru_cache(maxsize=4)
def _index(edition: int, on: date) -> tuple[Index, dict[str, ProcedureCard]]:
    rows = list(in_force(on))
    outcomes: dict[int, list[str]] = {row.pk: [] for row in rows}
    names = VersionOutcome.objects.filter(version_id__in=outcomes).values_list(
        "version_id", "outcome_kind__name"
    )
    for version_id, name in names:
        outcomes[version_id].append(name)
    cards = {row.procedure.code: card_of(row) for row in rows}
    documents = (
        SearchDocument(
            code=row.procedure.code,
            name=row.name,
            extra=" ".join((row.field.name, *outcomes[row.pk])),
            popularity=row.procedure.popularity,
            rank=min((_RANKS[Level(level)] for level in row.levels), default=9),
        )
        for row in rows
    )
    return build(documents, load_synonyms(settings.VANLANG_REFERENCE / "catalogue" / "synonyms.toml")), cards


@lru_cache(maxsize=2)
def load_synonyms(path: Path) -> tuple[Synonym, ...]:
    """Return the synonym table, one entry per thing that people say."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Synonym(says, tuple(entry["means"]), tuple(entry.get("codes", ())))
        for entry in table["synonym"]
        for says in entry["says"]
    )
