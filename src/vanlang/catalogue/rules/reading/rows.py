"""
Read one row of the national catalogue into a draft: what is certain as values, what is not as questions.

The only way from the source to a version. The same row read twice gives the same draft.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vanlang.catalogue.rules.reading.channels import ChannelReading, ChannelRow, read_channels
from vanlang.catalogue.rules.reading.groups import CaseReading, PapersReading, PlacedPaper, read_papers
from vanlang.catalogue.rules.reading.papers import PaperRow
from vanlang.catalogue.rules.reading.values import Certain, Uncertain
from vanlang.catalogue.rules.reading.words import AUDIENCES, LEVELS, department_of, read_legal_basis, read_words
from vanlang.catalogue.types import Audience, Channel, Level, Limit, Money, OnlineLevel, PaperKind, Reason
from vanlang.kernel.vietnamese import normalise

EDITION = 1
"""Raise it when reading changes: the next import then reads every row again."""

_LONGEST_HEADING = 500


@dataclass(frozen=True, slots=True)
class SourceProcedure:
    """One procedure as the source publishes it, field by field, text untouched."""

    code: str
    name: str
    field: str
    levels: tuple[str, ...]
    audience: tuple[str, ...]
    kind: str
    decision: str
    issuing_body: str
    authority: str
    performers: tuple[str, ...]
    receiving_place: str
    steps: str
    conditions: str
    channels: tuple[ChannelRow, ...]
    papers: tuple[PaperRow, ...]
    legal_numbers: tuple[str, ...]
    legal_text: str
    outcomes: tuple[tuple[str, str], ...]
    """(code "KQ.G15.000026", name)."""
    url: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a department is asked. `path` names the place in the draft, stable while the source stays the same."""

    reason: Reason
    path: str
    raw: str


@dataclass(frozen=True, slots=True)
class PaperDraft:
    name: str
    kind: PaperKind
    form_files: tuple[str, ...]
    originals: int | None
    copies: int | None
    section: str
    condition: str


@dataclass(frozen=True, slots=True)
class CaseDraft:
    title: str
    papers: tuple[PaperDraft, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A version before it is stored."""

    name: str
    field: str
    levels: tuple[Level, ...]
    audience: tuple[Audience, ...]
    online_level: OnlineLevel
    department: str
    cases: tuple[CaseDraft, ...]
    limits: tuple[tuple[Channel, Limit], ...]
    fees: tuple[tuple[Channel, Money], ...]
    legal_basis: tuple[tuple[str, str], ...]
    outcomes: tuple[tuple[str, str], ...]
    questions: tuple[Question, ...]


def read_row(source: SourceProcedure) -> Draft:
    """Return the draft of `source`."""
    channels = read_channels(source.channels)
    papers = read_papers(source.papers)
    levels, _ = read_words(source.levels, LEVELS)
    audience, _ = read_words(source.audience, AUDIENCES)
    return Draft(
        name=normalise(source.name),
        field=normalise(source.field),
        levels=levels,
        audience=audience,
        online_level=_online_level(channels),
        department=department_of(source.issuing_body),
        cases=tuple(_case(case) for case in papers.cases),
        limits=tuple((reading.channel, reading.limit.value) for reading in channels if isinstance(reading.limit, Certain)),
        fees=tuple((reading.channel, reading.fee.value) for reading in channels if isinstance(reading.fee, Certain)),
        legal_basis=read_legal_basis(source.legal_numbers, normalise(source.legal_text)),
        outcomes=tuple((code, normalise(name)) for code, name in source.outcomes),
        questions=(*_channel_questions(channels), *_paper_questions(papers)),
    )


def unknown_words(source: SourceProcedure) -> tuple[str, ...]:
    """Return the levels and audiences of `source` that the vocabularies do not know."""
    return read_words(source.levels, LEVELS)[1] + read_words(source.audience, AUDIENCES)[1]


def _online_level(channels: Sequence[ChannelReading]) -> OnlineLevel:
    """The source does not grade its online services; it only lists the channel."""
    offered = any(reading.channel is Channel.ONLINE for reading in channels)
    return OnlineLevel.UNKNOWN if offered else OnlineLevel.INFORMATION


def _channel_questions(channels: Sequence[ChannelReading]) -> list[Question]:
    if not channels:
        return [Question(Reason.LIMIT_MISSING, "limits/", ""), Question(Reason.FEE_MISSING, "fees/", "")]
    limits = [(reading.channel, reading.limit) for reading in channels if isinstance(reading.limit, Uncertain)]
    fees = [(reading.channel, reading.fee) for reading in channels if isinstance(reading.fee, Uncertain)]
    return _merged("limits", limits) + _merged("fees", fees)


def _merged(what: str, readings: Iterable[tuple[Channel, Uncertain]]) -> list[Question]:
    """Ask once about channels that lack the same thing for the same reason."""
    by_reason: dict[Reason, list[tuple[Channel, Uncertain]]] = defaultdict(list)
    for channel, reading in readings:
        by_reason[reading.reason].append((channel, reading))
    return [
        Question(
            reason,
            f"{what}/{','.join(channel for channel, _ in own)}",
            "\n".join(dict.fromkeys(reading.raw for _, reading in own)),
        )
        for reason, own in by_reason.items()
    ]


def _paper_questions(papers: PapersReading) -> list[Question]:
    asked = [
        Question(reading.reason, f"groups/{normalise(reading.raw)}" if reading.raw else "papers/", reading.raw)
        for reading in papers.questions
    ]
    seen: set[str] = set()
    for case in papers.cases:
        for placed in case.papers:
            question = placed.reading.question
            path = f"papers/{normalise(placed.reading.name)}"
            if question is not None and path not in seen:
                seen.add(path)
                asked.append(Question(question.reason, path, question.raw))
    return asked


def _case(case: CaseReading) -> CaseDraft:
    return CaseDraft(normalise(case.title)[:_LONGEST_HEADING], tuple(_paper(paper) for paper in case.papers))


def _paper(placed: PlacedPaper) -> PaperDraft:
    reading = placed.reading
    return PaperDraft(
        name=normalise(reading.name),
        kind=reading.kind,
        form_files=reading.form_files,
        originals=reading.counts.originals if reading.counts else None,
        copies=reading.counts.copies if reading.counts else None,
        section=normalise(placed.section)[:_LONGEST_HEADING],
        condition=normalise(placed.condition)[:_LONGEST_HEADING],
    )
