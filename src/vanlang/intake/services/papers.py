"""Lay a file into a draft; take it out again."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import QuerySet

from vanlang.catalogue.api import PaperKind, get_version
from vanlang.files import api as files
from vanlang.identity.api import Actor
from vanlang.intake.errors import DraftNotFoundError, UnsuitableError
from vanlang.intake.models import Draft, DraftPaper
from vanlang.intake.services.opening import keep, open_draft

MOST_FILES = 10
"""For one paper: pages belong into one file."""


@transaction.atomic
def attach(
    *,
    draft_id: uuid.UUID,
    required_document_id: int,
    content: bytes,
    name: str,
    actor: Actor,
    at: dt.datetime,
) -> uuid.UUID:
    """
    Keep a file in the draft for one of its papers; return the id of the line.

    Raises: DraftNotFoundError, DraftClosedError, UnsuitableError, FileRefusedError with what to do.
    """
    row = open_draft(draft_id, actor=actor)
    _require_wanted(row, required_document_id)
    if DraftPaper.objects.filter(draft=row, required_document_id=required_document_id).count() >= MOST_FILES:
        raise UnsuitableError("intake.too_many_files", most=MOST_FILES)
    file = files.store(content=content, name=name, at=at, uploaded_by=actor.account_id)
    paper = DraftPaper(
        draft=row,
        person_id=row.person_id,
        required_document_id=required_document_id,
        file_id=file.id,
        added_at=at,
    )
    paper.save(force_insert=True)
    keep(row, at)
    return paper.pk


@transaction.atomic
def detach(*, draft_id: uuid.UUID, paper_id: uuid.UUID, actor: Actor, at: dt.datetime) -> None:
    """Take a file out of the draft and let it go. Raises: DraftNotFoundError, DraftClosedError."""
    row = open_draft(draft_id, actor=actor)
    lines = DraftPaper.objects.filter(draft=row, pk=paper_id)
    if not lines.exists():
        raise DraftNotFoundError
    let_go(lines, at)
    keep(row, at)


def let_go(lines: QuerySet[DraftPaper], at: dt.datetime) -> None:
    """Delete lines and the files behind them: what was not filed is not kept."""
    file_ids = list(lines.values_list("file_id", flat=True))
    lines.delete()
    for file_id in file_ids:
        files.remove(file_id=file_id, on=at.date())


def _require_wanted(row: Draft, required_document_id: int) -> None:
    case = get_version(row.procedure_version_id).case(row.case_id)
    asked = {paper.id for paper in case.documents if paper.kind is not PaperKind.NOTE} if case else set()
    if required_document_id not in asked:
        raise UnsuitableError("intake.paper_unknown")
