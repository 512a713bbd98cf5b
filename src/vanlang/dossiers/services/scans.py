"""Scans of papers that were handed in: they join the dossier and move nothing."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from vanlang.audit.api import record_act
from vanlang.dossiers.errors import refuse_act
from vanlang.dossiers.models import Attachment, Dossier
from vanlang.dossiers.queries.access import access_dossier, may_scan
from vanlang.dossiers.services.filing import add_papers
from vanlang.dossiers.types import AttachmentKind, Paper
from vanlang.identity.api import Actor


@transaction.atomic
def add_scans(
    *, dossier_id: uuid.UUID, papers: Sequence[Paper], actor: Actor, at: dt.datetime
) -> tuple[uuid.UUID, ...]:
    """
    Add scans to a dossier, and return them. A scan of a paper that lay there unscanned takes its place, and its counts.

    Raises: DossierNotFound, ActNotAllowed, ActNotPossible.
    """
    row = access_dossier(dossier_id, actor=actor, for_update=True)
    refuse_act(may_scan(row, actor))
    unscanned = _unscanned(row)
    added = []
    for paper in papers:
        before = unscanned.pop(paper.required_document_id, None) if paper.required_document_id else None
        counted = replace(paper, originals=before.originals, copies=before.copies) if before else paper
        (scan,) = add_papers(
            row, (counted,), kind=AttachmentKind.SUBMITTED, actor=actor, at=at, replaces=before
        )
        added.append(scan.pk)
    record_act(
        act="dossiers.add_scans",
        actor=actor,
        object_type="dossier",
        object_id=row.pk,
        at=at,
        facts={"code": row.code, "papers": len(added)},
    )
    return tuple(added)


def _unscanned(row: Dossier) -> dict[int, Attachment]:
    """Return the papers in hand without a scan, by the required document that they are."""
    rows = Attachment.objects.filter(dossier=row, file=None, required_document__isnull=False)
    replaced = Attachment.objects.filter(dossier=row, replaces__isnull=False).values("replaces_id")
    return {
        one.required_document_id: one for one in rows.exclude(pk__in=replaced) if one.required_document_id
    }
