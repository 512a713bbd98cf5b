"""What the pages of the cut-over show: systems, runs, lines, differences, the trend by day. The caller works as the system."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from vanlang.cutover.errors import UnknownRunError
from vanlang.cutover.labels import DIFFERENCES, KINDS, STATES, STATUSES
from vanlang.cutover.models import CutoverLine, CutoverRun, FoundDifference, SourceSystem
from vanlang.cutover.types import CutoverKind, CutoverState, Difference, LineStatus
from vanlang.dossiers.api import STATES as DOSSIER_STATES
from vanlang.dossiers.api import State, find_adopted
from vanlang.kernel.labels import Sentence, sentence_of
from vanlang.kernel.lists import Drawn
from vanlang.organizations.api import Names, names_on
from vanlang.ui.types import Tone


@dataclass(frozen=True, slots=True)
class SystemCard:
    code: str
    name: str
    words: int
    """How many words its wording has."""


@dataclass(frozen=True, slots=True)
class RunCard:
    id: uuid.UUID
    system: SystemCard
    kind: CutoverKind
    kind_text: str
    state: CutoverState
    state_text: str
    tone: Tone
    file_name: str
    on: dt.date
    read_by: str
    read_at: dt.datetime
    totals: Mapping[str, object]
    done: int

    def count(self, status: str) -> int:
        counts = self.totals.get("statuses") or self.totals.get("differences")
        return int(counts.get(status, 0)) if isinstance(counts, dict) else 0

    @property
    def differing(self) -> int:
        return sum(self.count(kind.value) for kind in Difference)


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """How many dossiers of one agency and state the export has, and what becomes of them."""

    agency: str
    state: str
    theirs: int
    enters: int
    here: int
    faulty: int


@dataclass(frozen=True, slots=True)
class LineCard:
    number: int
    external_code: str
    agency: str
    state: str
    status_text: str
    tone: Tone
    problems: tuple[Sentence, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DifferenceCard:
    external_code: str
    kind_text: str
    agency: str
    theirs: str
    ours: str


@dataclass(frozen=True, slots=True)
class DueCard:
    """A dossier for which the two systems count another due day."""

    external_code: str
    code: str
    theirs: dt.datetime
    counted: dt.datetime


def list_systems() -> list[SystemCard]:
    return [_system(row) for row in SourceSystem.objects.order_by("name", "id")]


def get_system(code: str) -> SystemCard:
    row = SourceSystem.objects.filter(code=code).first()
    if row is None:
        raise UnknownRunError("cutover.unknown_system")
    return _system(row)


def list_runs(system_code: str) -> Drawn[CutoverRun, RunCard]:
    """Return the runs of a system, newest first."""
    rows = CutoverRun.objects.select_related("system", "read_by__account").filter(system__code=system_code)
    return Drawn(rows.order_by("-read_at", "id"), lambda found: [_run(row) for row in found])


def get_run(run_id: uuid.UUID) -> RunCard:
    row = CutoverRun.objects.select_related("system", "read_by__account").filter(pk=run_id).first()
    if row is None:
        raise UnknownRunError
    return _run(row)


def trend(system_code: str) -> list[RunCard]:
    """Return the comparisons of a system by day, the last one of each day, oldest first."""
    days = {run.on: run for run in reversed(list(list_runs(system_code))) if run.kind is CutoverKind.PARALLEL}
    return [days[on] for on in sorted(days)]


def by_place(run: RunCard) -> list[PlaceCount]:
    """Return the comparison list of a dry run: by agency and state, theirs against what enters here."""
    names, found = names_on(run.on), dict[tuple[str, str], dict[str, int]]()
    rows = run.totals.get("by_place")
    for one in rows if isinstance(rows, list) else ():
        counts = found.setdefault((one["agency"], one["state"]), {})
        counts[one["status"]] = counts.get(one["status"], 0) + one["count"]
    return [
        PlaceCount(
            _agency(agency, names), state_text(state), sum(counts.values()), counts.get(LineStatus.READY, 0), counts.get(LineStatus.HERE, 0),
            counts.get(LineStatus.FAULTY, 0),
        )
        for (agency, state), counts in sorted(found.items())
    ]  # fmt: skip


def lines_of(run_id: uuid.UUID, status: LineStatus | None) -> QuerySet[CutoverLine]:
    rows = CutoverLine.objects.filter(run_id=run_id)
    return (rows.filter(status=status) if status else rows).order_by("number")


def line_cards(rows: Sequence[CutoverLine], on: dt.date) -> list[LineCard]:
    names = names_on(on)
    return [
        LineCard(
            row.number, row.external_code, _agency(row.agency, names), state_text(row.dossier_state), *STATUSES[LineStatus(row.status)],
            tuple(_sentence(one) for one in row.problems), tuple(row.unknown),
        )
        for row in rows
    ]  # fmt: skip


def differences_of(run_id: uuid.UUID, kind: Difference | None) -> QuerySet[FoundDifference]:
    rows = FoundDifference.objects.filter(run_id=run_id)
    return (rows.filter(kind=kind) if kind else rows).order_by("kind", "external_code")


def difference_cards(rows: Sequence[FoundDifference], on: dt.date) -> list[DifferenceCard]:
    names = names_on(on)
    return [
        DifferenceCard(
            row.external_code,
            DIFFERENCES[Difference(row.kind)],
            _agency(row.agency, names),
            _agency(_said(row.theirs), names),
            _agency(_said(row.ours), names),
        )
        for row in rows
    ]


def other_due_days(system_code: str) -> list[DueCard]:
    """Return the dossiers taken over for which this house counts another due day than the other system had."""
    return [
        DueCard(one.external_code, one.code, one.their_due_at, one.counted_due_at)
        for one in find_adopted(system_code).values()
        if one.their_due_at and one.counted_due_at and one.their_due_at.date() != one.counted_due_at.date()
    ]


def state_text(state: str) -> str:
    """Return a state as officers read it; a word that is no state of ours stays as it is."""
    return DOSSIER_STATES[State(state)] if state in set(State) else state


def _agency(said: str, names: Names) -> str:
    """Return an agency as people call it; a word that is no code of an agency stays as it is."""
    place = names.by_code.get(said)
    return f"{place.name} ({said})" if place else said


def _said(value: str) -> str:
    if len(value) == 10 and value[4] == "-":
        return f"{dt.date.fromisoformat(value):%d/%m/%Y}"
    return state_text(value)


def _sentence(told: Mapping[str, object]) -> Sentence:
    facts = told.get("facts")
    named = dict(facts) if isinstance(facts, dict) else {}
    if "state" in named:
        named["state"] = state_text(str(named["state"]))
    return sentence_of(str(told["code"]), named)


def _system(row: SourceSystem) -> SystemCard:
    return SystemCard(row.code, row.name, len(row.columns) + len(row.states) + len(row.acts))


def _run(row: CutoverRun) -> RunCard:
    state, kind = CutoverState(row.state), CutoverKind(row.kind)
    text, tone = STATES[state]
    if kind is CutoverKind.PARALLEL:
        text, tone = "Đã đối chiếu", "info"
    return RunCard(
        row.pk, _system(row.system), kind, KINDS[kind], state, text, tone, row.file_name, row.on,
        row.read_by.account.full_name, row.read_at, row.totals, row.done,
    )  # fmt: skip
