"""
Read the lines under "thành phần hồ sơ".

Three things stand among each other there: papers to hand in or to show, notes ("Lưu ý", "Trường hợp … thì …"), and
headings that make cases or sections. The name of a form's file is glued to the end of a paper's name, without a
space ("… theo mẫu.Mẫu số 03.docx"). A count of 61 is a glued 6 and 1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from vanlang.catalogue.rules.reading.values import Certain, Uncertain
from vanlang.catalogue.types import Counts, PaperKind, Reason

_EXTENSION = re.compile(r"\.(?:docx?|pdf|xlsx?|rtf|odt|zip|rar|jpe?g|png|html?)", re.IGNORECASE)
_LONGEST_FILE_NAME = 110
_NO_SEAM = ("VNeID",)
_NOT_IN_A_FILE_NAME = frozenset("/:;?*<>|")

_ENUMERATOR = re.compile(
    r"^(?:[\s\-–+*•.#]|\(?(?:\d{1,2}|[ivx]{1,4}|[a-zđ])(?:\.\d{1,2}){0,3}\s*[.)]\s*|\(\d+(?:\.\d+)*\)\s*)+",
    re.IGNORECASE,
)
_NOTE_HEAD = re.compile(r"^(?:lưu ý|ghi chú|chú ý|số lượng(?: hồ sơ)?\b|số bộ hồ sơ)", re.IGNORECASE)
_CONDITION_HEAD = re.compile(r"^\(?(?:trường hợp|đối với|nếu|khi|ngoài các)\b", re.IGNORECASE)
_SENTENCE = re.compile(
    r"\bthì\b|không phải (?:nộp|xuất trình|có)|không được|có trách nhiệm|có thể|được (?:thay thế|miễn|sử dụng|nộp)|phải (?:được|gửi|có|nộp)|"
    r"có quyền|chịu trách nhiệm|thực hiện (?:theo|việc)|chỉ cần|yêu cầu người",
    re.IGNORECASE,
)
_PAPER_HEAD = re.compile(
    r"^(?:các |một trong các |bộ |01 |02 |0?\d )?(?:bản |tập |mẫu |file )?(?:đơn|tờ khai|tờ trình|giấy|văn bản|văn bằng|bản (?:sao|chính|gốc|chụp|khai|kê|vẽ|cam|thuyết|"
    r"mô|đăng|dự|cáo|tóm|điện|giới|thông|đồ)|báo cáo|hợp đồng|quyết định|biên bản|phiếu|danh (?:sách|mục)|hồ sơ|tài liệu|thẻ|hộ chiếu|sổ|"
    r"chứng (?:chỉ|minh|từ|nhận|thư)|phương án|đề án|dự án|kế hoạch|công văn|thông báo|nghị quyết|điều lệ|bảng|sơ (?:đồ|yếu|họa)|"
    r"ảnh|lý lịch|hóa đơn|mảnh|trích lục|cam kết|thuyết minh|đề nghị|dự thảo|di chúc|tóm tắt|kết quả|bằng|xác nhận|quy (?:trình|chế))\b",
    re.IGNORECASE,
)
_FORM_HEAD = re.compile(
    r"^(?:đơn|tờ khai|giấy đề nghị|văn bản đề nghị|phiếu (?:đề nghị|yêu cầu)|bản khai|mẫu hộ tịch)\b",
    re.IGNORECASE,
)
_COUNT_IN_PROSE = re.compile(
    r"\b0?(\d{1,2})\s*(?:\([^)]{1,12}\)\s*)?(bản chính|bản gốc|bản sao|bản chụp)", re.IGNORECASE
)
_MOST_PLAUSIBLE = 10


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One line as the source has it."""

    group: str
    name: str
    originals: int
    copies: int
    has_form: bool = False


@dataclass(frozen=True, slots=True)
class PaperReading:
    """What one line is, apart from where it stands."""

    name: str
    kind: PaperKind
    form_files: tuple[str, ...]
    counts: Counts | None
    """None for a note, and while the count is asked of a department."""
    question: Uncertain | None = None


def read_paper(row: PaperRow, *, shown_only: bool = False, under_note: bool = False) -> PaperReading:
    """Return what `row` is. `shown_only`: it stands under "giấy tờ phải xuất trình"; `under_note`: under "Lưu ý"."""
    split = split_form_files(row.name)
    name, files = split.value if isinstance(split, Certain) else (row.name, ())
    kind = _kind(name, row, shown_only=shown_only, under_note=under_note, has_file=bool(files))
    if kind is PaperKind.NOTE:
        return PaperReading(name, kind, files, None)
    if kind is PaperKind.UNCLEAR:
        return PaperReading(name, kind, files, None, Uncertain(Reason.PAPER_OR_NOTE, _raw(row)))
    counts = _counts(name, row, kind)
    if isinstance(counts, Uncertain):
        return PaperReading(name, kind, files, None, counts)
    return PaperReading(name, kind, files, counts.value, split if isinstance(split, Uncertain) else None)


def split_form_files(name: str) -> Certain[tuple[str, tuple[str, ...]]] | Uncertain:
    """
    Return (name of the paper, names of the form files glued to it).

    Certain when no file name stands at the end, or when a letter, digit or bracket runs into it without a space.
    """
    text = name.strip()
    ends = [match.end() for match in _EXTENSION.finditer(text)]
    if not ends or ends[-1] < len(text):
        return Certain((text, ()))
    start = _start_of_file(text[: ends[0]])
    if start is None:
        return Uncertain(Reason.FORM_NAME_UNCLEAR, name)
    bounds = [start, *ends]
    files = tuple(text[begin:end].strip() for begin, end in pairwise(bounds))
    return Certain((text[:start].strip(), files))


def strip_enumerator(text: str) -> str:
    """Return `text` without the "a)", "(1.2)", "- " in front of it."""
    return _ENUMERATOR.sub("", text).strip()


def _start_of_file(text: str) -> int | None:
    """Return where the glued file name begins: the first seam after which everything can be a file name."""
    for position in range(max(1, len(text) - _LONGEST_FILE_NAME), text.rindex(".")):
        if _is_seam(text, position) and not _NOT_IN_A_FILE_NAME.intersection(text[position:]):
            stem = text[position:].rsplit(".", 1)[0]
            if len(stem) >= 2 and stem.count("(") >= stem.count(")"):
                return position
    return None


def _is_seam(text: str, position: int) -> bool:
    """Return whether two texts run into each other before `position`."""
    before, after = text[position - 1], text[position]
    if any(word in text[max(0, position - 4) : position + 4] for word in _NO_SEAM):
        return False
    if before in '.;:,)]”"’':
        return after.isalpha() or (
            after.isdigit() and (before in ')”"' or text[max(0, position - 2)] in ')”"')
        )
    if before.islower() or before.isdigit():
        return after.isupper() or (after.isdigit() and before.islower())
    following = text[position + 1 : position + 2]
    return (
        before.isupper() and after.isupper() and following.islower() and text[max(0, position - 2)].isupper()
    )


def _kind(name: str, row: PaperRow, *, shown_only: bool, under_note: bool, has_file: bool) -> PaperKind:
    head = strip_enumerator(name)
    uncounted = row.originals == 0 and row.copies == 0
    if _NOTE_HEAD.match(head) or (under_note and uncounted):
        return PaperKind.NOTE
    if has_file or row.has_form:
        return PaperKind.FORM
    if _CONDITION_HEAD.match(head):
        return PaperKind.NOTE if uncounted and _SENTENCE.search(head) else PaperKind.UNCLEAR
    if _PAPER_HEAD.match(head):
        return (
            PaperKind.PRESENT
            if shown_only
            else (_FORM_HEAD.match(head) and PaperKind.FORM) or PaperKind.PAPER
        )
    if uncounted:
        return PaperKind.NOTE if _SENTENCE.search(head) else PaperKind.UNCLEAR
    if under_note or (_SENTENCE.search(head) and len(head) > 120):
        return PaperKind.UNCLEAR
    return PaperKind.PRESENT if shown_only else PaperKind.PAPER


def _counts(name: str, row: PaperRow, kind: PaperKind) -> Certain[Counts] | Uncertain:
    named = {match[2].lower(): int(match[1]) for match in _COUNT_IN_PROSE.finditer(name)}
    originals = named.get("bản chính", named.get("bản gốc", 0))
    copies = named.get("bản sao", named.get("bản chụp", 0))
    if row.originals == 0 and row.copies == 0:
        if kind is PaperKind.PRESENT:
            return Certain(Counts(0, 0))
        if originals or copies:
            return Certain(Counts(originals, copies))
        return Uncertain(Reason.PAPER_COUNT_MISSING, _raw(row))
    if row.originals > _MOST_PLAUSIBLE or row.copies > _MOST_PLAUSIBLE:
        return Uncertain(Reason.PAPER_COUNT_GLUED, _raw(row))
    return Certain(Counts(row.originals, row.copies))


def _raw(row: PaperRow) -> str:
    heading = f"[{row.group}] " if row.group else ""
    return f"{heading}{row.name} | bản chính: {row.originals}, bản sao: {row.copies}"
