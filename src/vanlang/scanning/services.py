"""Commands of a batch: pages in, arranged, examined, filed as papers of the dossier, or given up."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace

from django.db import transaction
from procrastinate.contrib.django import app as jobs

from vanlang.audit.api import record_act
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import Paper
from vanlang.files import api as files
from vanlang.identity.api import Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.errors import refuse_if
from vanlang.kernel.vietnamese import normalise
from vanlang.scanning.errors import NotFiledError, TooMuchError
from vanlang.scanning.models import ScanBatch, ScanPage
from vanlang.scanning.pdf.assembling import PageToKeep, assemble
from vanlang.scanning.pdf.reading import pages_of, pixels_of
from vanlang.scanning.queries import access_batch, card_of, pages_of_batch, placed
from vanlang.scanning.rules import arranging
from vanlang.scanning.rules.arranging import OTHER, PaperPages, PlacedPage
from vanlang.scanning.rules.pixels import look_at
from vanlang.scanning.rules.sizes import is_coarse
from vanlang.scanning.types import Arrangement, PageWarning, PaperChoice, ScanBatchCard

MOST_PAGES = 300
"""In one batch."""
SCANS = files.Policy(
    "scans",
    frozenset({files.FileKind.JPEG, files.FileKind.PNG, files.FileKind.WEBP, files.FileKind.PDF}),
    25 * 1024 * 1024,
    "PDF, ảnh JPEG, PNG, WebP",
)
"""What a scanner delivers."""
EXAMINED_WIDTH = 1300
"""How wide a page is drawn to be looked at. Units: pixels."""


@transaction.atomic
def add_files(
    *, dossier_id: uuid.UUID, scans: Sequence[tuple[str, bytes]], actor: Actor, at: dt.datetime
) -> ScanBatchCard:
    """
    Add what the scanner delivered, every page at the end, in the order of the files. A job looks at them afterwards.

    Raises: DossierNotFound, dossiers.ActNotAllowed, FileRefusedError, TooMuchError.
    """
    refuse_if(dossiers.why_no_scans(dossier_id, actor=actor), dossiers.ActNotAllowed)
    assert actor.account_id is not None and actor.agency_id is not None  # noqa: S101 - an officer may scan
    ScanBatch.objects.get_or_create(
        dossier_id=dossier_id,
        account_id=actor.account_id,
        defaults={"agency_id": actor.agency_id, "opened_at": at, "touched_at": at},
    )
    batch = access_batch(dossier_id, actor=actor)
    position = ScanPage.objects.filter(batch=batch).count()
    pages: list[ScanPage] = []
    for name, content in scans:
        card = files.store(content=content, name=name, at=at, policy=SCANS, uploaded_by=actor.account_id)
        for source in pages_of(content, card.content_type):
            position += 1
            pages.append(
                ScanPage(
                    batch=batch,
                    agency_id=batch.agency_id,
                    position=position,
                    file_id=card.id,
                    source_page=source.number,
                    turn=source.turn,
                    dpi=source.dpi,
                    warnings=[PageWarning.COARSE.value] if is_coarse(source.dpi) else [],
                )
            )
    if position > MOST_PAGES:
        raise TooMuchError(most=MOST_PAGES)
    ScanPage.objects.bulk_create(pages)
    _touch(batch, at)
    jobs.configure_task("scanning.examine", queue="files").defer(batch_id=str(batch.pk))
    return card_of(batch)


def examine(*, batch_id: uuid.UUID, at: dt.datetime) -> int:
    """Look at every page of a batch that nobody looked at yet; return how many. A page at a time: progress shows."""
    waiting = ScanPage.objects.filter(batch_id=batch_id, examined_at=None).order_by("position", "id")
    for row in list(waiting):
        content = files.read(row.file_id)
        image = pixels_of(
            content, files.get_file(row.file_id).content_type, row.source_page, width=EXAMINED_WIDTH
        )
        found = [PageWarning.COARSE] if is_coarse(row.dpi) else []
        if image is not None:
            look = look_at(image)
            found += [PageWarning.BLANK] * look.is_blank + [PageWarning.BLURRED] * look.is_blurred
        ScanPage.objects.filter(pk=row.pk).update(warnings=[one.value for one in found], examined_at=at)
    return len(waiting)


@transaction.atomic
def arrange(
    *,
    dossier_id: uuid.UUID,
    arrangement: Arrangement,
    actor: Actor,
    at: dt.datetime,
    then: Callable[[list[PlacedPage]], list[PlacedPage]] = list,
) -> ScanBatchCard:
    """
    Keep what the page of a batch says: order, turns, papers, removed pages; `then` moves or turns one more.

    Raises: NoSuchBatchError.
    """
    batch = access_batch(dossier_id, actor=actor)
    rows = {row.pk: row for row in pages_of_batch(batch.pk)}
    said = [
        replace(
            placed(row),
            turn=arrangement.turns.get(row.pk, row.turn),
            paper=arrangement.papers.get(row.pk, row.paper),
            removed=row.pk in arrangement.removed,
        )
        for row in rows.values()
    ]
    kept = [page for page in said if not page.removed]
    gone = [page for page in said if page.removed]
    ordered = then([*arranging.in_typed_order(kept, arrangement.order), *gone])
    for position, page in enumerate(ordered, start=1):
        row = rows[page.id]
        row.position, row.turn, row.paper, row.removed = position, page.turn, page.paper, page.removed
    ScanPage.objects.bulk_update(rows.values(), ["position", "turn", "paper", "removed"])
    batch.other_name = normalise(arrangement.other_name)[:300]
    batch.save(update_fields=["other_name"])
    _touch(batch, at)
    return card_of(batch)


@transaction.atomic
def file_batch(
    *, dossier_id: uuid.UUID, choices: Sequence[PaperChoice], actor: Actor, at: dt.datetime
) -> tuple[str, ...]:
    """
    Make one PDF of each paper and add them to the dossier; the batch is done. Return the names of the papers.

    Raises: NotFiledError, NoSuchBatchError, FileRefusedError, dossiers.ActNotAllowed, dossiers.ActNotPossible.
    """
    batch = access_batch(dossier_id, actor=actor)
    rows = {row.pk: row for row in pages_of_batch(batch.pk)}
    pages = [placed(row) for row in rows.values()]
    names = {choice.key: choice.name for choice in choices} | {OTHER: batch.other_name}
    refuse_if(
        arranging.why_not_file(pages, other_name=batch.other_name, known=frozenset(names)), NotFiledError
    )
    papers = arranging.split(pages)
    filed = tuple(
        Paper(
            name=names[one.paper],
            file_id=_paper_file(one, rows, names[one.paper], actor=actor, at=at),
            required_document_id=None if one.paper == OTHER else int(one.paper),
        )
        for one in papers
    )
    dossiers.add_scans(dossier_id=dossier_id, papers=filed, actor=actor, at=at)
    record_act(
        act="scanning.file",
        actor=actor,
        object_type="dossier",
        object_id=dossier_id,
        at=at,
        facts={"papers": len(filed), "pages": sum(len(one.pages) for one in papers)},
    )
    _let_go(batch, at)
    return tuple(paper.name for paper in filed)


@transaction.atomic
def discard(*, dossier_id: uuid.UUID, actor: Actor, at: dt.datetime) -> None:
    """Give up what was scanned for a dossier. Raises: NoSuchBatchError."""
    _let_go(access_batch(dossier_id, actor=actor), at)


@transaction.atomic
def sweep(*, batch_id: uuid.UUID, before: dt.datetime, at: dt.datetime) -> bool:
    """Let go a batch that nobody has touched since `before`; say whether it is gone."""
    batch = (
        ScanBatch.objects.select_for_update(of=("self",)).filter(pk=batch_id, touched_at__lt=before).first()
    )
    if batch is not None:
        _let_go(batch, at)
    return batch is not None


def _paper_file(
    paper: PaperPages, rows: dict[uuid.UUID, ScanPage], name: str, *, actor: Actor, at: dt.datetime
) -> uuid.UUID:
    cards = files.get_files({rows[key].file_id for key in paper.pages})
    contents = {file_id: files.read(file_id) for file_id in cards}
    pages = [
        PageToKeep(
            content=contents[row.file_id],
            content_type=cards[row.file_id].content_type,
            number=row.source_page,
            turn=row.turn,
            dpi=row.dpi,
        )
        for row in (rows[key] for key in paper.pages)
    ]
    pdf = assemble(pages, title=name)
    return files.store(
        content=pdf, name=f"{name[:100]}.pdf", at=at, policy=files.PDF_ONLY, uploaded_by=actor.account_id
    ).id


def _let_go(batch: ScanBatch, at: dt.datetime) -> None:
    """Forget a batch and its raw files; the papers that were made of them stay."""
    file_ids = set(ScanPage.objects.filter(batch=batch).values_list("file_id", flat=True))
    batch.delete()
    for file_id in file_ids:
        files.remove(file_id=file_id, on=at.astimezone(VIETNAM).date())


def _touch(batch: ScanBatch, at: dt.datetime) -> None:
    batch.touched_at = at
    batch.save(update_fields=["touched_at"])
