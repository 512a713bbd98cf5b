"""
Read one row of the national catalogue: what is certain as values, what is not as questions.

The only way from the source to a version. The same row read twice gives the same reading.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from vanlang.catalogue.rules.content import (
    CaseContent,
    Content,
    FeeContent,
    LimitContent,
    OutcomeContent,
    PaperContent,
    Question,
    digest,
)
from vanlang.catalogue.rules.reading.channels import ChannelReading, ChannelRow, read_channels
from vanlang.catalogue.rules.reading.groups import CaseReading, PapersReading, PlacedPaper, read_papers
from vanlang.catalogue.rules.reading.papers import PaperRow
from vanlang.catalogue.rules.reading.values import Certain, Uncertain
from vanlang.catalogue.rules.reading.words import (
    AUDIENCES,
    LEVELS,
    department_of,
    read_legal_basis,
    read_words,
)
from vanlang.catalogue.types import Channel, OnlineLevel, Origin, PaperKind, Reason
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
class RowProblem:
    """Why a row of a file cannot be read at all. `labels.ROW_PROBLEMS` says it in Vietnamese."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """One row of a file: read, or with its problem."""

    number: int
    """As a spreadsheet or editor counts, from 1."""
    source: SourceProcedure | None
    problem: RowProblem | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a row says, and what it leaves open."""

    content: Content
    questions: tuple[Question, ...]


def read_row(source: SourceProcedure, *, cited_as: str) -> Reading:
    """Return the reading of `source`. `cited_as`: what limits and fees name as their source, with its date."""
    channels = read_channels(source.channels)
    papers = read_papers(source.papers)
    levels, _ = read_words(source.levels, LEVELS)
    audience, _ = read_words(source.audience, AUDIENCES)
    content = Content(
        name=normalise(source.name),
        field=normalise(source.field),
        levels=levels,
        audience=audience,
        online_level=_online_level(channels),
        department=department_of(source.issuing_body),
        source=cited_as,
        origin=Origin.NATIONAL,
        cases=tuple(_case(case) for case in papers.cases),
        limits=tuple(
            LimitContent(reading.channel, reading.limit.value, cited_as, Origin.NATIONAL)
            for reading in channels
            if isinstance(reading.limit, Certain)
        ),
        fees=tuple(
            FeeContent(reading.fee.value, cited_as, Origin.NATIONAL, reading.channel)
            for reading in channels
            if isinstance(reading.fee, Certain)
        ),
        outcomes=tuple(OutcomeContent(code, normalise(name)) for code, name in source.outcomes),
        legal_basis=read_legal_basis(source.legal_numbers, normalise(source.legal_text)),
        kind=normalise(source.kind),
        decision=normalise(source.decision),
        authority=normalise(source.authority or ", ".join(dict.fromkeys(source.performers))),
        receiving_place=normalise(source.receiving_place),
        steps=source.steps.strip(),
        conditions=source.conditions.strip(),
        source_url=source.url,
    )
    return Reading(content, (*_channel_questions(channels), *_paper_questions(papers)))


def reading_hash(reading: Reading) -> str:
    """Return the digest of what was read, whatever the file was called that it was read from."""
    content = reading.content
    uncited = replace(
        content,
        source="",
        limits=tuple(replace(limit, source="") for limit in content.limits),
        fees=tuple(replace(fee, source="") for fee in content.fees),
    )
    return digest(replace(reading, content=uncited))


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
    limits = [
        (reading.channel, reading.limit) for reading in channels if isinstance(reading.limit, Uncertain)
    ]
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
        Question(
            reading.reason, f"groups/{normalise(reading.raw)}" if reading.raw else "papers/", reading.raw
        )
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


def _case(case: CaseReading) -> CaseContent:
    return CaseContent(
        normalise(case.title)[:_LONGEST_HEADING], tuple(_paper(paper) for paper in case.papers)
    )


def _paper(placed: PlacedPaper) -> PaperContent:
    reading = placed.reading
    return PaperContent(
        name=normalise(reading.name),
        kind=reading.kind,
        originals=reading.counts.originals if reading.counts else None,
        copies=reading.counts.copies if reading.counts else None,
        form_files=tuple(name[:250] for name in reading.form_files),
        section=normalise(placed.section)[:_LONGEST_HEADING],
        condition=normalise(placed.condition)[:_LONGEST_HEADING],
        is_required=not placed.condition and reading.kind is not PaperKind.NOTE,
    )
