"""
Read the headings under "thành phần hồ sơ", and put each paper where it belongs.

A heading may open a section ("Giấy tờ phải nộp"), state a condition for an extra paper ("Trường hợp ủy quyền"), or
open a case with a list of papers of its own ("Đối với công trình theo tuyến"). When every paper stands under a heading
that opens a case, they are cases. When some papers stand under none, nobody can tell whether those under
"Trường hợp …" come on top or instead: that is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from vanlang.catalogue.rules.reading.papers import PaperReading, PaperRow, read_paper, strip_enumerator
from vanlang.catalogue.rules.reading.values import Uncertain
from vanlang.catalogue.types import PaperKind, Reason


class Heading(Enum):
    """What a heading does."""

    NONE = auto()
    SECTION = auto()
    SHOW = auto()
    NOTE = auto()
    CONDITION = auto()
    CASE = auto()
    UNCLEAR = auto()


_HEADINGS: tuple[tuple[Heading, re.Pattern[str]], ...] = tuple(
    (heading, re.compile(pattern, re.IGNORECASE))
    for heading, pattern in (
        (Heading.NOTE, r"^(?:lưu ý|ghi chú|chú ý)\b"),
        (Heading.SHOW, r"^(?:các )?(?:giấy tờ )?(?:phải )?xuất trình\b"),
        (Heading.SECTION, r"^(?:các )?(?:giấy tờ|hồ sơ|tài liệu)?\s*(?:phải )?nộp(?:\W|$|,|\s+gồm)(?!.*trường hợp)"),
        (Heading.SECTION, r"^số lượng\b"),
        (Heading.SECTION, r"^(?:thành phần(?:,? số lượng)?(?: hồ sơ)?|số lượng(?: hồ sơ)?|bao gồm|hồ sơ(?: bao)? gồm|thành phần hồ sơ (?:bao )?gồm|nộp trực tiếp|hồ sơ)\W*(?:gồm|bao gồm|như sau)?(?: có)?\W*$"),
        (Heading.CONDITION, r"^(?:(?:đối với )?trường hợp|khi|nếu) (?:(?:người|tổ chức|cá nhân)[^:]{0,40})?(?:ủy quyền|uỷ quyền|thông qua người đại diện|nộp qua người đại diện)"),
        (Heading.CASE, r"^(?:trường hợp|đối với)\b"),
        (Heading.CASE, r"^(?:thành phần )?hồ sơ (?:đề nghị|đăng ký|cấp|xin|gia hạn|đối với|trong trường hợp|điều chỉnh)"),
        (Heading.CASE, r"^(?:cấp (?:lại|mới|đổi)|gia hạn|điều chỉnh|sửa đổi)\b"),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlacedPaper:
    """A line with its place."""

    reading: PaperReading
    section: str = ""
    """Heading of the section it stands under, as printed; empty when none."""
    condition: str = ""
    """When it is needed; empty when always."""


@dataclass(frozen=True, slots=True)
class CaseReading:
    """One case and its papers. The title is empty when the procedure has one case only."""

    title: str
    papers: tuple[PlacedPaper, ...]


@dataclass(frozen=True, slots=True)
class PapersReading:
    """All cases, and the questions about headings; questions about a single line are with the line."""

    cases: tuple[CaseReading, ...]
    questions: tuple[Uncertain, ...]


def heading_of(group: str) -> Heading:
    """Return what the heading `group` does."""
    text = strip_enumerator(group)
    if not text:
        return Heading.NONE
    return next((heading for heading, pattern in _HEADINGS if pattern.match(text)), Heading.UNCLEAR)


def read_papers(rows: Sequence[PaperRow]) -> PapersReading:
    """Return the cases of a procedure with their papers."""
    if not rows:
        return PapersReading((), (Uncertain(Reason.PAPERS_MISSING, ""),))
    lines = [(row, heading_of(row.group)) for row in rows]
    placed = [(row, heading, _place(row, heading)) for row, heading in lines]
    case_groups = list(dict.fromkeys(row.group for row, heading, _ in placed if heading is Heading.CASE))
    others = [(heading, paper) for _, heading, paper in placed if heading is not Heading.CASE]
    mixed = any(paper.reading.kind is not PaperKind.NOTE and not paper.condition for _, paper in others)
    questions = [Uncertain(Reason.GROUP_UNCLEAR, group) for group in _groups(lines, Heading.UNCLEAR)]
    if not case_groups or mixed:
        questions += [Uncertain(Reason.GROUP_UNCLEAR, group) for group in case_groups]
        return PapersReading((CaseReading("", tuple(paper for _, _, paper in placed)),), tuple(questions))
    shared = tuple(paper for _, paper in others)
    cases = tuple(
        CaseReading(
            strip_enumerator(group).rstrip(" :;,."),
            (*(PlacedPaper(paper.reading) for row, _, paper in placed if row.group == group), *shared),
        )
        for group in case_groups
    )
    return PapersReading(cases, tuple(questions))


def _place(row: PaperRow, heading: Heading) -> PlacedPaper:
    reading = read_paper(row, shown_only=heading is Heading.SHOW, under_note=heading is Heading.NOTE)
    if heading is Heading.CONDITION:
        return PlacedPaper(reading, condition=strip_enumerator(row.group).rstrip(" :;,."))
    if heading is Heading.NONE:
        return PlacedPaper(reading)
    return PlacedPaper(reading, section=strip_enumerator(row.group).rstrip(" :;,."))


def _groups(lines: Sequence[tuple[PaperRow, Heading]], wanted: Heading) -> list[str]:
    return list(dict.fromkeys(row.group for row, heading in lines if heading is wanted))
