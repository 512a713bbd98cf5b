"""
What a department's answer does to a version.

Pure: the same answer is applied when it is given, and again when a new text of the source still leaves the same
thing open in the same words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from vanlang.catalogue.rules.content import (
    CaseContent,
    Content,
    FeeContent,
    LimitContent,
    PaperContent,
    Question,
)
from vanlang.catalogue.types import Channel, FeeKind, Limit, LimitUnit, Money, Origin, PaperKind, Reason
from vanlang.kernel.errors import Refusal
from vanlang.kernel.vietnamese import normalise

Answer = Mapping[str, object]


class _UnreadableError(Exception):
    """The answer has not the shape that its question asks for."""


def apply_answer(content: Content, question: Question, answer: Answer, cited_as: str) -> Content | Refusal:
    """
    Return `content` with the answer to `question` in it.

    Shapes, by what is asked:
        limits    {"amount": 5, "unit": "working_day", "channels": ["direct"]}   0 working days: within the day
        fees      {"fees": [{"amount_vnd": 8000, "kind": "charge", "per": "bản", "name": "…", "basis": "…"}]}
        one paper {"kind": "paper", "originals": 1, "copies": 0}   or   {"kind": "note"}
        heading   {"reads_as": "section" | "condition" | "case"}
        no papers {"papers": [{"name": "…", "originals": 1, "copies": 0}]}
        form name {"name": "…", "form_files": ["…"]}
        a change of the source: {}
    """
    try:
        return _APPLY[question.reason](content, question, answer, cited_as)
    except (_UnreadableError, KeyError, TypeError, ValueError, InvalidOperation) as error:
        return Refusal("catalogue.answer_unreadable", {"problem": str(error) or type(error).__name__})


def _limit(content: Content, question: Question, answer: Answer, cited_as: str) -> Content:
    limit = Limit(Decimal(str(answer["amount"])), LimitUnit(str(answer["unit"])))
    if limit.amount < 0 or (limit.amount == 0 and not limit.is_same_day):
        raise _UnreadableError("amount")
    channels = _channels(answer, question)
    kept = tuple(known for known in content.limits if known.channel not in channels)
    added = tuple(LimitContent(channel, limit, cited_as, Origin.DEPARTMENT) for channel in channels)
    return replace(content, limits=kept + added)


def _fee(content: Content, question: Question, answer: Answer, cited_as: str) -> Content:
    channels = _channels(answer, question)
    kept = tuple(known for known in content.fees if known.channel not in channels)
    added = tuple(
        FeeContent(
            _money(item),
            cited_as,
            Origin.DEPARTMENT,
            channel,
            str(item.get("name", "")),
            str(item.get("basis", "")),
        )
        for channel in channels
        for item in _items(answer, "fees")
    )
    return replace(content, fees=kept + added)


def _paper(content: Content, question: Question, answer: Answer, cited_as: str) -> Content:
    kind = PaperKind(str(answer.get("kind", PaperKind.PAPER)))
    if kind is PaperKind.UNCLEAR:
        raise _UnreadableError("kind")
    counts = (
        (None, None) if kind is PaperKind.NOTE else (_count(answer, "originals"), _count(answer, "copies"))
    )

    def judged(paper: PaperContent) -> PaperContent:
        return replace(
            paper,
            kind=kind,
            originals=counts[0],
            copies=counts[1],
            is_required=kind is not PaperKind.NOTE and not paper.condition,
        )

    return _with_paper(content, question, judged)


def _form_name(content: Content, question: Question, answer: Answer, cited_as: str) -> Content:
    files = tuple(str(name) for name in _sequence(answer.get("form_files", ())))
    return _with_paper(
        content, question, lambda paper: replace(paper, name=normalise(str(answer["name"])), form_files=files)
    )


def _heading(content: Content, question: Question, answer: Answer, cited_as: str) -> Content:
    reads_as = str(answer["reads_as"])
    heading = normalise(question.raw)
    if reads_as == "section":
        return content
    if reads_as == "condition":
        return _map_papers(
            content,
            lambda paper: (
                replace(paper, condition=heading[:500], section="", is_required=False)
                if _stands_under(paper, heading)
                else paper
            ),
        )
    if reads_as == "case":
        return _split_off(content, heading)
    raise _UnreadableError("reads_as")


def _papers(content: Content, question: Question, answer: Answer, cited_as: str) -> Content:
    papers = tuple(
        PaperContent(
            normalise(str(item["name"])),
            PaperKind(str(item.get("kind", PaperKind.PAPER))),
            _count(item, "originals"),
            _count(item, "copies"),
        )
        for item in _items(answer, "papers")
    )
    cases = content.cases or (CaseContent("", ()),)
    return replace(content, cases=tuple(replace(case, papers=case.papers + papers) for case in cases))


def _nothing(content: Content, question: Question, answer: Answer, cited_as: str) -> Content:
    return content


_Apply = Callable[[Content, Question, Answer, str], Content]
_APPLY: dict[Reason, _Apply] = {
    **dict.fromkeys(
        (
            Reason.LIMIT_MISSING,
            Reason.LIMIT_UNIT_MISSING,
            Reason.LIMIT_GLUED,
            Reason.LIMIT_CONTRADICTED,
            Reason.LIMITS_SEVERAL,
        ),
        _limit,
    ),
    **dict.fromkeys(
        (
            Reason.FEE_MISSING,
            Reason.FEE_PROSE,
            Reason.FEE_SET_LOCALLY,
            Reason.FEE_CONTRADICTED,
            Reason.FEE_TOO_SMALL,
            Reason.FEE_FOREIGN_CURRENCY,
            Reason.FEE_SEVERAL,
            Reason.FEE_DATED,
        ),
        _fee,
    ),
    **dict.fromkeys((Reason.PAPER_COUNT_MISSING, Reason.PAPER_COUNT_GLUED, Reason.PAPER_OR_NOTE), _paper),
    Reason.PAPERS_MISSING: _papers,
    Reason.GROUP_UNCLEAR: _heading,
    Reason.FORM_NAME_UNCLEAR: _form_name,
    Reason.SOURCE_CHANGED: _nothing,
}


def _channels(answer: Answer, question: Question) -> tuple[Channel, ...]:
    """Return the channels that the answer names, or those of the question, or all."""
    named = _sequence(answer.get("channels", ())) or [
        part for part in question.path.partition("/")[2].split(",") if part
    ]
    return tuple(Channel(str(name)) for name in named) or tuple(Channel)


def _money(item: Answer) -> Money:
    money = Money(
        amount_vnd=_count(item, "amount_vnd"),
        kind=FeeKind(str(item.get("kind", FeeKind.UNSTATED))),
        per=str(item.get("per", "")),
        first_units=_optional(item, "first_units"),
        then_vnd=_optional(item, "then_vnd"),
        most_vnd=_optional(item, "most_vnd"),
    )
    if (money.first_units is None) is not (money.then_vnd is None):
        raise _UnreadableError("first_units")
    return money


def _with_paper(
    content: Content, question: Question, judge: Callable[[PaperContent], PaperContent]
) -> Content:
    name = question.path.partition("/")[2]
    return _map_papers(content, lambda paper: judge(paper) if paper.name == name else paper)


def _map_papers(content: Content, change: Callable[[PaperContent], PaperContent]) -> Content:
    cases = tuple(
        replace(case, papers=tuple(change(paper) for paper in case.papers)) for case in content.cases
    )
    return replace(content, cases=cases)


def _stands_under(paper: PaperContent, heading: str) -> bool:
    """Return whether `paper` stands under the heading as printed: sections lost their enumerator and colon."""
    return bool(paper.section) and paper.section in heading


def _split_off(content: Content, heading: str) -> Content:
    """Make a case of the papers under `heading`; papers under no heading belong to every case."""
    titles = [heading]
    cases: list[CaseContent] = []
    for case in content.cases:
        own = tuple(replace(paper, section="") for paper in case.papers if _stands_under(paper, heading))
        rest = tuple(paper for paper in case.papers if not _stands_under(paper, heading))
        if not own:
            cases.append(case)
            continue
        shared = tuple(paper for paper in rest if not paper.section)
        if any(paper.section for paper in rest) or case.title:
            cases.append(replace(case, papers=rest))
        cases.append(CaseContent(titles[0].strip(" :;,.-*+")[:500], own + shared, case.form_code))
    return replace(content, cases=tuple(cases))


def _items(answer: Answer, key: str) -> list[Answer]:
    items = answer[key]
    if not isinstance(items, Sequence) or isinstance(items, str) or not items:
        raise _UnreadableError(key)
    if not all(isinstance(item, Mapping) for item in items):
        raise _UnreadableError(key)
    return list(items)


def _sequence(value: object) -> list[object]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise _UnreadableError("list")
    return list(value)


def _count(item: Answer, key: str) -> int:
    value = item.get(key, 0)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _UnreadableError(key)
    return value


def _optional(item: Answer, key: str) -> int | None:
    return None if item.get(key) is None else _count(item, key)
