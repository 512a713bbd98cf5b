"""Imports as pages show them: the history, one import with its lines, how far a job has come."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from vanlang.configuration.errors import UnknownImportError
from vanlang.configuration.kinds import KINDS, Kind
from vanlang.configuration.labels import IMPORT_STATES, ROW_STATUSES
from vanlang.configuration.models import ImportRow, ImportRun
from vanlang.configuration.rules.planning import changed_columns
from vanlang.configuration.types import ImportState, RowStatus, Totals
from vanlang.identity.api import Actor
from vanlang.kernel.labels import Sentence, sentence_of
from vanlang.sheets.api import shown
from vanlang.ui.types import Tone


@dataclass(frozen=True, slots=True)
class RunCard:
    """One import, as a list shows it."""

    id: uuid.UUID
    kind: str
    title: str
    state: ImportState
    state_text: str
    tone: Tone
    file_name: str
    file_id: uuid.UUID
    proposed_at: dt.datetime
    proposed_by: str
    proposer_account_id: int
    decided_by: str
    decided_at: dt.datetime | None
    finished_at: dt.datetime | None
    agency_id: int
    totals: Totals
    ignored: Sequence[str]
    choices: dict[str, object]
    done_groups: int
    total_groups: int

    @property
    def is_running(self) -> bool:
        return self.state in {ImportState.APPLYING, ImportState.UNDOING}


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of a line: what it is, and what it was where that differs."""

    title: str
    before: str
    after: str
    differs: bool


@dataclass(frozen=True, slots=True)
class RowCard:
    """One line of the preview."""

    number: int
    status: RowStatus
    status_text: str
    tone: Tone
    name: str
    cells: tuple[Cell, ...]
    problems: tuple[tuple[str, Sentence], ...]
    """(address of the cell, what is wrong and what to do)."""
    proposals: tuple[dict[str, str], ...]
    refused: Sentence | None
    is_written: bool
    is_undone: bool


def list_runs(actor: Actor, *, is_province: bool, limit: int = 30) -> list[RunCard]:
    """Return the newest imports that concern an actor: those of the agency, for the province all."""
    rows = (
        ImportRun.objects.all() if is_province else ImportRun.objects.filter(agency_id=actor.agency_id or 0)
    )
    return [_card(row) for row in _with_people(rows).order_by("-proposed_at", "id")[:limit]]


def get_run(run_id: uuid.UUID, actor: Actor, *, is_province: bool) -> RunCard:
    """Return one import. Raises: UnknownImportError, also for another agency's."""
    row = _with_people(ImportRun.objects.filter(pk=run_id)).first()
    if (
        row is None
        or (row.agency_id != actor.agency_id and not is_province)
        or not actor.has(KINDS[row.kind].card.role)
    ):
        raise UnknownImportError
    return _card(row)


def rows_of(
    run_id: uuid.UUID, status: RowStatus | None, *, only_refused: bool = False
) -> QuerySet[ImportRow]:
    """Return the lines of an import in their order; faulty ones first where all are asked for."""
    rows = ImportRow.objects.filter(run_id=run_id)
    if only_refused:
        return rows.filter(refused__isnull=False).order_by("place")
    if status is not None:
        return rows.filter(status=status).order_by("place")
    return rows.exclude(status=RowStatus.SAME).order_by("place")


def former_names(run_id: uuid.UUID) -> list[dict[str, object]]:
    """Return each former name that the lines use, once, with the agency that it would be read as."""
    found: dict[tuple[str, str], dict[str, object]] = {}
    rows = ImportRow.objects.filter(run_id=run_id).exclude(proposals=[])
    for proposals in rows.order_by("place").values_list("proposals", flat=True):
        for one in proposals:
            found.setdefault((one["said"], one["code"]), one | {"on": dt.date.fromisoformat(one["on"])})
    return list(found.values())


def count_refused(run_id: uuid.UUID) -> int:
    """Return how many lines were not written, or not written back."""
    return ImportRow.objects.filter(run_id=run_id, refused__isnull=False).count()


def procedures_of(run_id: uuid.UUID) -> list[str]:
    """Return the codes of the procedures that an import changes."""
    rows = ImportRow.objects.filter(run_id=run_id).filter(Q(status__in=["new", "changed", "removed"]))
    return sorted(
        {values["procedure"] for pair in rows.values_list("before", "after") for values in pair if values}
    )


def row_cards(rows: Sequence[ImportRow], kind_slug: str) -> list[RowCard]:
    """Return lines as the preview shows them."""
    return [_row_card(row, KINDS[kind_slug]) for row in rows]


def _row_card(row: ImportRow, kind: Kind) -> RowCard:
    status = RowStatus(row.status)
    text, tone = ROW_STATUSES[status]
    before, after = row.before or {}, row.after or {}
    differing = set(changed_columns(kind.sheet, before, after)) if before and after else set()
    cells = tuple(
        Cell(
            column.title,
            shown(before.get(column.key), column),
            shown(after.get(column.key), column),
            column.key in differing,
        )
        for column in kind.sheet.columns
    )
    values = after or before
    name = " · ".join(
        shown(values.get(key), kind.sheet.column(key)) for key in kind.sheet.key if values.get(key)
    )
    return RowCard(
        number=row.number,
        status=status,
        status_text=text,
        tone=tone,
        name=name,
        cells=cells,
        problems=tuple((one["cell"], sentence_of(one["code"], one["facts"])) for one in row.problems),
        proposals=tuple(row.proposals),
        refused=sentence_of(row.refused["code"], row.refused["facts"]) if row.refused else None,
        is_written=row.written_at is not None,
        is_undone=row.undone_at is not None,
    )


def _with_people(rows: QuerySet[ImportRun]) -> QuerySet[ImportRun]:
    return rows.select_related("proposed_by__account", "decided_by__account")


def _card(row: ImportRun) -> RunCard:
    state = ImportState(row.state)
    text, tone = IMPORT_STATES[state]
    return RunCard(
        id=row.pk,
        kind=row.kind,
        title=KINDS[row.kind].card.title,
        state=state,
        state_text=text,
        tone=tone,
        file_name=row.file_name,
        file_id=row.file_id,
        proposed_at=row.proposed_at,
        proposed_by=row.proposed_by.account.full_name,
        proposer_account_id=row.proposed_by.account_id,
        decided_by=row.decided_by.account.full_name if row.decided_by else "",
        decided_at=row.decided_at,
        finished_at=row.finished_at,
        agency_id=row.agency_id,
        totals=Totals(row.totals),
        ignored=row.ignored,
        choices=row.choices,
        done_groups=row.done_groups,
        total_groups=row.total_groups,
    )
