"""The national store of results: what it can replace, what it named for a matter, and which files came from it."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterable

from vanlang.catalogue.api import CaseCard, PaperKind, list_codes_named, list_codes_yielded
from vanlang.kernel.scope import Scope, acting
from vanlang.nationalportal.cards import StoreCard, StoredResultCard, StoreOrigin
from vanlang.nationalportal.models import StoreLook, StoreResult
from vanlang.nationalportal.ports import find_store
from vanlang.nationalportal.rules.store import kinds_by_paper

REPLACEABLE = frozenset({PaperKind.PAPER, PaperKind.PRESENT, PaperKind.UNCLEAR})
NOTHING = StoreCard(is_askable=False, papers=(), asked_at=None, failure="", offers=())


def kinds_for(case: CaseCard, on: dt.date) -> dict[int, frozenset[str]]:
    """Return by which kinds of results the papers of a case can be replaced: by its registers, and by their names."""
    papers = {card.id: _plain(card.name) for card in case.documents if card.kind in REPLACEABLE}
    takes = [
        (take.required_document_id, take.register)
        for take in case.takes
        if take.required_document_id is not None and take.required_document_id in papers
    ]
    registers = {register for _, register in takes}
    return kinds_by_paper(
        papers, takes, list_codes_yielded(registers, on), list_codes_named(set(papers.values()))
    )


def get_store(
    matter: uuid.UUID, *, case: CaseCard | None, on: dt.date, owner: uuid.UUID, masked: bool = False
) -> StoreCard:
    """
    Return what the store is known to hold of `owner` for a matter; what it named for another person is not there.

    `masked`: as it may be shown before they consent.
    """
    if case is None or find_store() is None:
        return NOTHING
    kinds = kinds_for(case, on)
    names = {card.id: card.name for card in case.documents if card.id in kinds}
    look = last_look(matter, owner)
    rows = StoreResult.objects.filter(look=look).order_by("position") if look and not look.failure else ()
    used = {(one.kind, one.number, one.required_document_id) for one in _kept([matter])}
    return StoreCard(
        is_askable=bool(kinds),
        papers=tuple(names.values()),
        asked_at=look.asked_at if look else None,
        failure=look.failure if look else "",
        offers=tuple(
            _card(row, names, masked=masked)
            for row in rows
            if row.required_document_id in names
            and (row.kind, row.number, row.required_document_id) not in used
        ),
    )


def last_look(matter: uuid.UUID, owner: uuid.UUID) -> StoreLook | None:
    """Return the last time that the store was asked for what `owner` holds for a matter."""
    return StoreLook.objects.filter(matter=matter, person_id=owner).order_by("-asked_at", "-id").first()


def list_origins(matter: uuid.UUID) -> dict[uuid.UUID, StoreOrigin]:
    """Return which files of a dossier, or of a draft, came from the national store. For whoever sees it."""
    with acting(Scope.system()):
        return {one.file_id: one for one in _kept([matter])}


def get_origins_of(matters: Iterable[uuid.UUID]) -> dict[tuple[uuid.UUID, uuid.UUID], StoreOrigin]:
    """Return (dossier, file) → that it came from the national store, for many dossiers. One query."""
    rows = StoreResult.objects.filter(matter__in=set(matters), file_id__isnull=False)
    return {(row.matter, one.file_id): one for row in rows if (one := _origin(row)) is not None}


def get_asked(matters: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Return dossier → the question that the store answered for it. One query."""
    rows = StoreLook.objects.filter(matter__in=set(matters), failure="").order_by("asked_at", "id")
    return dict(rows.values_list("matter", "pk"))


def _kept(matters: Iterable[uuid.UUID]) -> list[StoreOrigin]:
    rows = StoreResult.objects.filter(matter__in=set(matters), file_id__isnull=False)
    return [one for row in rows if (one := _origin(row)) is not None]


def _origin(row: StoreResult) -> StoreOrigin | None:
    if row.file_id is None or row.verified_at is None:
        return None
    return StoreOrigin(
        row=row.pk, file_id=row.file_id, required_document_id=row.required_document_id, kind=row.kind, title=row.title,
        number=row.number, issuer=row.issuer, sha256=row.sha256, verified_at=row.verified_at,
    )  # fmt: skip


def _card(row: StoreResult, names: dict[int, str], *, masked: bool) -> StoredResultCard:
    return StoredResultCard(
        id=row.pk,
        required_document_id=row.required_document_id,
        paper=names[row.required_document_id],
        title=row.title,
        number=masked_number(row.number) if masked else row.number,
        issuer=row.issuer,
        why_not=row.refusal,
    )


def masked_number(number: str) -> str:
    """Return a number of which the last figure and what stands behind it can be read: enough to tell two papers apart."""
    figures = re.match(r"\d+", number)
    if figures is None:
        return f"•••{number[-3:]}" if len(number) > 6 else "•••"
    return "•" * max(figures.end() - 1, 1) + number[max(figures.end() - 1, 1) :]


def _plain(name: str) -> str:
    """Return the name of a paper without the marks of a list around it."""
    return name.strip().strip("-+*•.;, ").strip()
