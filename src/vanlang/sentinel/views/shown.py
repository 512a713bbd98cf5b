"""Values of pages: differences in words, runs as bars, both versions side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vanlang.kernel.labels import Sentence
from vanlang.organizations.api import AgencyCard
from vanlang.sentinel import labels
from vanlang.sentinel.rules.replicas import day_of
from vanlang.sentinel.types import DifferenceCard, DifferencePage, Record, RunCard, RunState

TALL, WIDE, GAP = 60, 22, 4
"""Units of the drawing: the highest bar, the width of a run, what lies between two."""


@dataclass(frozen=True, slots=True)
class Line:
    """One difference in a list."""

    card: DifferenceCard
    agency: str
    kinds: tuple[str, ...]
    state: str
    tone: str


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of all versions; `differs` marks it with words, not by colour alone."""

    label: str
    values: tuple[str, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """One run in the drawing: what differed on top of what it settled."""

    x: int
    differing: float
    settled: float
    label: str


def line_of(card: DifferenceCard, agencies: Mapping[int, AgencyCard]) -> Line:
    state, tone = labels.STATES[card.state]
    agency = agencies.get(card.agency_id or 0)
    kinds = tuple(labels.KINDS[kind] for kind in card.kinds)
    return Line(card, agency.short_name if agency else "Chưa rõ cơ quan", kinds, state, tone)


def explanations_of(card: DifferenceCard) -> list[tuple[str, Sentence]]:
    return [(labels.KINDS[kind], labels.EXPLANATIONS[kind]) for kind in card.kinds]


def rows_of(page: DifferencePage, agencies: Mapping[str, str]) -> list[FieldRow]:
    """Return both sides field by field: ours first, then every version of theirs; `agencies` are names by code."""
    versions = (*(page.here or (None,)), *(page.there or (None,)))
    rows = []
    for name, label in labels.FIELDS.items():
        values = tuple(_said(one, name, agencies) for one in versions)
        rows.append(FieldRow(label, values, differs=len(set(values)) > 1))
    return rows


def heads_of(page: DifferencePage, system: str) -> list[str]:
    return [*_numbered("Tỉnh", len(page.here)), *_numbered(system, len(page.there))]


def bars_of(runs: Sequence[RunCard]) -> list[Bar]:
    """Return the drawing of runs that were carried through, the oldest first."""
    done = [run for run in reversed(runs) if run.state is RunState.DONE]
    most = max((run.differing + run.settled for run in done), default=0) or 1
    return [
        Bar(
            GAP + number * (WIDE + GAP), TALL * run.differing / most, TALL * run.settled / most,
            f"{run.asked_at:%d/%m}: {run.differing} lệch, {run.settled} hết lệch",
        )
        for number, run in enumerate(done)
    ]  # fmt: skip


def size(count: int) -> str:
    """Return a number of bytes as a person reads it."""
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("KB", 10**3)):
        if count >= factor:
            return f"{count / factor:.1f}".replace(".", ",") + f" {unit}"
    return f"{count} byte"


def _numbered(name: str, count: int) -> list[str]:
    return [name] if count < 2 else [f"{name} (bản {number})" for number in range(1, count + 1)]


def _said(record: Record | None, name: str, agencies: Mapping[str, str]) -> str:
    if record is None:
        return "Không có"
    if name == "results":
        return "; ".join(" ".join(part for part in result if part) for result in record.results) or "–"
    if name == "state":
        return labels.NATIONAL_STATES.get(record.state, record.state)
    if name == "agency":
        known = agencies.get(record.agency, "")
        return f"{known} ({record.agency})" if known else record.agency
    text: str = getattr(record, name)
    return _instant(text)


def _instant(text: str) -> str:
    on = day_of(text[:8])
    if on is None:
        return text or "–"
    clock = text[8:]
    time = ":".join(clock[at : at + 2] for at in range(0, len(clock), 2))
    return f"{time}, {on:%d/%m/%Y}" if time else f"{on:%d/%m/%Y}"
