from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from vanlang.dossiers.queries.access import process_of
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.services import timing
from vanlang.dossiers.services.acting import Moved, complete, open_for, required_text
from vanlang.dossiers.services.filing import add_papers
from vanlang.dossiers.types import AttachmentKind, Paper
from vanlang.identity.api import Actor


@transaction.atomic
def close_phase(
    *,
    dossier_id: uuid.UUID,
    obligation: str,
    actor: Actor,
    at: dt.datetime,
    expected_version: int | None = None,
) -> Moved:
    """
    End a phase of the process: the citizen is told what must be done before the next one, and the time limit pauses.

    Raises: NotAcceptable("dossiers.obligation_missing").
    """
    opening = open_for(
        Act.CLOSE_PHASE, dossier_id=dossier_id, actor=actor, at=at, expected_version=expected_version
    )
    said = required_text(obligation, "dossiers.obligation_missing")
    phase = process_of(opening.row)[opening.row.position].phase
    return complete(opening, note=said, facts={"phase": phase})


@transaction.atomic
def fulfil_obligation(
    *,
    dossier_id: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
    papers: tuple[Paper, ...] = (),
    note: str = "",
    expected_version: int | None = None,
) -> Moved:
    """
    Take in for the second time: what the citizen owed is there, the next phase begins, the clock goes on (form 01 again).

    `papers` prove it: a receipt of the treasury, a record of the boundary.
    """
    opening = open_for(
        Act.FULFIL_OBLIGATION, dossier_id=dossier_id, actor=actor, at=at, expected_version=expected_version
    )
    row = opening.row
    add_papers(row, papers, kind=AttachmentKind.SUPPLEMENT, actor=actor, at=at)
    timing.resume(
        row,
        before=State(row.state),
        process=process_of(row),
        at=at,
        reason="Chờ người nộp thực hiện nghĩa vụ",
    )
    return complete(
        opening,
        note=note.strip(),
        holder_id=row.specialist_id,
        facts={"papers": [paper.name for paper in papers]},
        changed=timing.TIMED,
    )
