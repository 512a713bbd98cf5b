"""
What an agency writes for its labels and receipts: lines of text with facts in braces.

    # {mã hồ sơ}          large and bold
    Hẹn trả {ngày hẹn trả}
    - {thủ tục}           small
    [mã vạch]             the code that leads to the dossier's public page

A template that names a fact which nobody knows, or leaves out one that the paper is for, is refused with the fact named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from vanlang.kernel.errors import Refusal
from vanlang.printing.rules.stocks import Stock


class Weight(StrEnum):
    """How a line of a label is set."""

    LARGE = "large"
    NORMAL = "normal"
    SMALL = "small"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Line:
    """One line, its facts still in braces."""

    weight: Weight
    text: str = ""


CODE_LINE = "[mã vạch]"
REQUIRED = {
    Stock.LABEL: ("mã hồ sơ",),
    Stock.LABEL_SHEET: ("mã hồ sơ",),
    Stock.ROLL_58: ("mã hồ sơ", "ngày hẹn trả"),
    Stock.ROLL_80: ("mã hồ sơ", "ngày hẹn trả"),
    Stock.A5: ("mã hồ sơ", "người nộp", "ngày hẹn trả"),
}
"""What a paper is useless without."""
MOST_LINES = 30
_FIELD = re.compile(r"\{([^{}]*)\}")
DEFAULTS = {
    Stock.LABEL: "# {mã hồ sơ}\n{người nộp}\n- {thủ tục}\nHẹn {ngày hẹn trả}\n[mã vạch]",
    Stock.LABEL_SHEET: "# {mã hồ sơ}\n{người nộp}\n- {thủ tục}\nHẹn trả {giờ hẹn trả} {ngày hẹn trả}\n[mã vạch]",
    Stock.ROLL_58: "{nơi tiếp nhận}\n# {mã hồ sơ}\n{người nộp}\n- {thủ tục}\nNhận {giờ tiếp nhận} {ngày tiếp nhận}\n"
    "# Hẹn trả {ngày hẹn trả}\n[mã vạch]\n- Quét mã để theo dõi hồ sơ.",
    Stock.ROLL_80: "{nơi tiếp nhận}\n# {mã hồ sơ}\nNgười nộp: {người nộp}\n- {thủ tục}\n"
    "Nhận lúc {giờ tiếp nhận} ngày {ngày tiếp nhận}\n# Hẹn trả {giờ hẹn trả} ngày {ngày hẹn trả}\n"
    "Nơi trả: {nơi trả kết quả}\n[mã vạch]\n- Quét mã để theo dõi hồ sơ.",
    Stock.A5: "# PHIẾU NHẬN HỒ SƠ\n{nơi tiếp nhận}\n# {mã hồ sơ}\nNgười nộp: {người nộp}\nNội dung: {nội dung đề nghị}\n"
    "Thủ tục: {thủ tục}\nNhận lúc {giờ tiếp nhận} ngày {ngày tiếp nhận}\nHẹn trả {giờ hẹn trả} ngày {ngày hẹn trả}\n"
    "Nơi trả: {nơi trả kết quả}\n[mã vạch]\n- Quét mã để theo dõi hồ sơ. Phiếu này không thay giấy tiếp nhận và hẹn trả kết quả.",
}
"""The house's own."""


def read_layout(text: str) -> tuple[Line, ...]:
    """Return the lines of a template as it was typed; empty lines are left out."""
    return tuple(_line(line.strip()) for line in text.splitlines() if line.strip())


def _line(text: str) -> Line:
    if text.casefold() == CODE_LINE:
        return Line(Weight.CODE)
    for sign, weight in (("#", Weight.LARGE), ("-", Weight.SMALL)):
        if text.startswith(f"{sign} "):
            return Line(weight, text[2:].strip())
    return Line(Weight.NORMAL, text)


def why_not_save(text: str, *, stock: Stock, known: Iterable[str]) -> Refusal | None:
    """Return why a template is not kept, the wrong or missing fact named; None when it can be used."""
    lines = read_layout(text)
    if not lines:
        return Refusal("printing.empty")
    if len(lines) > MOST_LINES:
        return Refusal("printing.too_long", {"most": MOST_LINES})
    for line in lines:
        if _FIELD.sub("", line.text).count("{") or _FIELD.sub("", line.text).count("}"):
            return Refusal("printing.brace_open", {"line": line.text[:60]})
    named = fields_of(lines)
    unknown = [word for word in named if word not in set(known)]
    if unknown:
        return Refusal("printing.field_unknown", {"field": unknown[0]})
    missing = [word for word in REQUIRED[stock] if word not in named]
    return Refusal("printing.field_missing", {"field": missing[0]}) if missing else None


def fields_of(lines: Iterable[Line]) -> list[str]:
    """Return the facts that lines name, each once, in order."""
    return list(dict.fromkeys(" ".join(word.split()) for line in lines for word in _FIELD.findall(line.text)))


def filled(lines: Iterable[Line], facts: Mapping[str, str]) -> tuple[Line, ...]:
    """Return the lines with their facts; a line of which nothing but a label would be left is left out."""
    found = []
    for line in lines:
        named = [" ".join(word.split()) for word in _FIELD.findall(line.text)]
        if named and not any(facts.get(word) for word in named):
            continue
        text = _FIELD.sub(lambda match: facts.get(" ".join(match[1].split()), ""), line.text)
        found.append(Line(line.weight, " ".join(text.split())))
    return tuple(found)
