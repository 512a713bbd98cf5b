"""Finding a procedure, and what its page says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.conf import settings

from vanlang.catalogue.api import (
    CHANNELS,
    ONLINE_LEVELS,
    UNITS,
    CaseCard,
    Channel,
    DocumentCard,
    FeeCard,
    LimitCard,
    PaperKind,
    ProcedureCard,
    VersionCard,
    get_procedure,
    get_version,
    list_procedures,
    search,
)
from vanlang.intake.api import is_demanded, why_not_online
from vanlang.kernel.labels import sentence_of
from vanlang.portal.rules import words
from vanlang.portal.types import CasePapers, ChannelLine, PaperGroup, PaperLine, ProcedurePage, SearchPage

SUGGESTIONS = ("khai sinh", "chứng thực bản sao", "xác nhận độc thân", "giấy phép xây dựng", "sổ đỏ")
_NEAR = 0.2
"""Of the best hit's score: what lies below shares a word with the question and nothing else."""
_ORDER = (Channel.ONLINE, Channel.DIRECT, Channel.POSTAL)


def search_page(text: str, on: dt.date, *, limit: int = 20) -> SearchPage:
    """Return what a search found, best first."""
    query = text.strip()[:200]
    hits = search(query, on=on, limit=limit)
    near = [hit.procedure for hit in hits if hit.score >= hits[0].score * _NEAR]
    return SearchPage(query, tuple(near), SUGGESTIONS)


def popular(on: dt.date, *, limit: int = 6) -> tuple[ProcedureCard, ...]:
    """Return the procedures asked for most; what can be filed comes first."""
    ready = list_procedures(on, only_ready=True)
    return tuple(ready[:limit])


def procedure_page(code: str, on: dt.date) -> ProcedurePage:
    """
    Return a procedure in plain words, as it stands on a day.

    Raises: UnknownProcedureError.
    """
    version = get_version(get_procedure(code, on).version_id)
    refusal = why_not_online(version.id, on)
    return ProcedurePage(
        version=version,
        online_label=ONLINE_LEVELS[version.online_level],
        channels=_channels(version),
        sources=_sources((*version.limits, *version.fees)),
        cases=tuple(_case(case) for case in version.cases),
        steps=words.paragraphs(version.steps),
        conditions=words.paragraphs(version.conditions),
        outcomes=tuple(words.plain(one.name) for one in version.outcome_kinds),
        authority=words.plain(version.authority),
        refusal=sentence_of(refusal.code, words.said(refusal.facts)) if refusal else None,
        takes_filings=settings.VANLANG_PORTAL_FILING,
    )


def paper_line(document: DocumentCard) -> PaperLine:
    """Return a paper as a citizen reads it."""
    return PaperLine(
        id=document.id,
        kind=document.kind,
        name=words.plain(document.name),
        counts=words.counts(document.originals, document.copies),
        condition=words.plain(document.condition),
        note=words.plain(document.note),
        forms=document.form_files,
    )


def _is_offered(version: VersionCard, channel: Channel) -> bool:
    named = {limit.channel for limit in version.limits} | {fee.channel for fee in version.fees}
    return channel is Channel.DIRECT or channel in named


def _channels(version: VersionCard) -> tuple[ChannelLine, ...]:
    """Return a line per way of filing; ways that take as long and cost as much share one."""
    terms: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for channel in _ORDER:
        if _is_offered(version, channel):
            limit = version.limit_for(channel)
            fees = tuple(dict.fromkeys(_fee(fee) for fee in version.fees_for(channel)))
            terms.setdefault((_limit(limit) if limit else "", fees), []).append(CHANNELS[channel])
    return tuple(ChannelLine(words.listed(names), limit, fees) for (limit, fees), names in terms.items())


def _limit(card: LimitCard) -> str:
    return words.time_limit(card.limit.amount, UNITS[card.limit.unit], same_day=card.limit.is_same_day)


def _fee(card: FeeCard) -> str:
    money = card.money
    said = words.fee(
        amount_vnd=money.amount_vnd, per=money.per, first_units=money.first_units, then_vnd=money.then_vnd,
        most_vnd=money.most_vnd,
    )  # fmt: skip
    return f"{card.name}: {said}" if card.name else said


def _sources(cards: Iterable[LimitCard | FeeCard]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(card.source for card in cards if card.source))


def _case(case: CaseCard) -> CasePapers:
    documents = case.documents
    groups = (
        PaperGroup(
            "Giấy tờ phải nộp", _lines(one for one in documents if _is_handed_in(one, case)), is_open=True
        ),
        PaperGroup(
            "Chỉ nộp khi thuộc trường hợp này",
            _lines(one for one in documents if _is_conditional(one)),
            is_open=True,
        ),
        PaperGroup(
            "Mang theo để xuất trình",
            _lines(one for one in documents if one.kind is PaperKind.PRESENT),
            is_open=True,
        ),
        PaperGroup(
            "Lưu ý về giấy tờ", _lines(one for one in documents if one.kind is PaperKind.NOTE), is_open=False
        ),
    )
    return CasePapers(case.id, case.title, tuple(group for group in groups if group.lines))


def _is_handed_in(document: DocumentCard, case: CaseCard) -> bool:
    filled_in_here = document.kind is PaperKind.FORM and not document.condition and document.is_required
    return is_demanded(document, has_form=bool(case.form_code)) or filled_in_here


def _is_conditional(document: DocumentCard) -> bool:
    if document.kind is PaperKind.UNCLEAR:
        return True
    return document.kind in {PaperKind.FORM, PaperKind.PAPER} and (
        not document.is_required or bool(document.condition)
    )


def _lines(documents: Iterable[DocumentCard]) -> tuple[PaperLine, ...]:
    return tuple(paper_line(document) for document in documents)
