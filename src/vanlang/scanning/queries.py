"""Questions about what is being scanned: an officer's own batches, and the papers of the dossier they are for."""

from __future__ import annotations

import datetime as dt
import io
import uuid

from vanlang.catalogue.api import PaperKind, get_version
from vanlang.dossiers.api import DossierPage
from vanlang.files.api import get_file, get_files, read
from vanlang.identity.api import Actor
from vanlang.scanning.errors import NoSuchBatchError
from vanlang.scanning.models import ScanBatch, ScanPage
from vanlang.scanning.pdf.reading import pixels_of
from vanlang.scanning.rules.arranging import OTHER, PlacedPage
from vanlang.scanning.types import PageWarning, PaperChoice, ScanBatchCard, ScanPageCard


def find_batch(dossier_id: uuid.UUID, *, actor: Actor) -> ScanBatchCard | None:
    """Return what `actor` is scanning for a dossier, or None."""
    row = ScanBatch.objects.filter(
        dossier_id=dossier_id, account_id=actor.account_id or 0, agency_id=actor.agency_id or 0
    ).first()
    return card_of(row) if row is not None else None


def access_batch(dossier_id: uuid.UUID, *, actor: Actor) -> ScanBatch:
    """Return the actor's own batch for a dossier, locked. Raises: NoSuchBatchError."""
    row = (
        ScanBatch.objects.select_for_update(of=("self",))
        .filter(dossier_id=dossier_id, account_id=actor.account_id or 0, agency_id=actor.agency_id or 0)
        .first()
    )
    if row is None:
        raise NoSuchBatchError
    return row


def pages_of_batch(batch_id: uuid.UUID) -> list[ScanPage]:
    """Return the pages of an accessed batch, in order."""
    return list(ScanPage.objects.filter(batch_id=batch_id).order_by("position", "id"))


def placed(row: ScanPage) -> PlacedPage:
    return PlacedPage(row.pk, turn=row.turn, paper=row.paper, removed=row.removed)


def card_of(row: ScanBatch) -> ScanBatchCard:
    rows = pages_of_batch(row.pk)
    files = get_files([page.file_id for page in rows])
    kept = [page for page in rows if not page.removed]
    numbers = {page.pk: number for number, page in enumerate(kept, start=1)}
    return ScanBatchCard(
        id=row.pk,
        dossier_id=row.dossier_id,
        opened_at=row.opened_at,
        touched_at=row.touched_at,
        other_name=row.other_name,
        pages=tuple(
            ScanPageCard(
                id=page.pk,
                number=numbers.get(page.pk, 0),
                turn=page.turn,
                paper=page.paper,
                removed=page.removed,
                dpi=page.dpi,
                is_examined=page.examined_at is not None,
                warnings=tuple(PageWarning(one) for one in page.warnings),
                source=files[page.file_id].name,
            )
            for page in sorted(rows, key=lambda one: (one.removed, one.position))
        ),
    )


def picture_of(page_id: uuid.UUID, *, actor: Actor, width: int) -> bytes:
    """Return a page as a JPEG of about `width` pixels, turned as it was told. Raises: NoSuchBatchError."""
    row = (
        ScanPage.objects.select_related("batch")
        .filter(pk=page_id, batch__account_id=actor.account_id or 0, batch__agency_id=actor.agency_id or 0)
        .first()
    )
    if row is None:
        raise NoSuchBatchError
    card = get_file(row.file_id)
    image = pixels_of(read(row.file_id), card.content_type, row.source_page, width=width)
    if image is None:
        raise NoSuchBatchError
    out = io.BytesIO()
    image.rotate(-row.turn, expand=True).save(out, format="JPEG", quality=80)
    return out.getvalue()


def paper_choices(page: DossierPage) -> tuple[PaperChoice, ...]:
    """Return the papers that a dossier's case asks for; any other paper is named by the officer."""
    case = get_version(page.procedure_version_id).case(page.case_id)
    asked = case.documents if case is not None else ()
    named = tuple(
        PaperChoice(key=str(card.id), name=card.name)
        for card in asked
        if card.kind in {PaperKind.FORM, PaperKind.PAPER, PaperKind.PRESENT}
    )
    return (*named, PaperChoice(key=OTHER, name="Giấy tờ khác"))


def list_forgotten(before: dt.datetime) -> list[uuid.UUID]:
    """Return batches that nobody has touched since an instant."""
    rows = ScanBatch.objects.filter(touched_at__lt=before).order_by("touched_at", "id")
    return list(rows.values_list("id", flat=True)[:500])
