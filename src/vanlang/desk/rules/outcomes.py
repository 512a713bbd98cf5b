"""
What an officer types for a draft outcome, read into the parts of an official document.

The editor is plain text on purpose: a line is a fact, an empty line ends a paragraph. What is typed is read here and
written back the same, so a draft that is opened again looks as it was left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from vanlang.kernel.vietnamese import normalise, search_key


class DraftKind(StrEnum):
    """The shape of a draft outcome: which typst template prints it, and what its editor asks."""

    LETTER = "letter"
    """Decision, notice, official letter."""
    EXTRACT = "extract"
    """Extract or certificate: facts from a register."""
    CERTIFIED_COPY = "certified_copy"
    ON_PAPER = "on_paper"
    """Written and signed with ink outside the house; only its number is taken here."""


KIND_OF_TEMPLATE = {
    "birth-certificate": DraftKind.EXTRACT,
    "certified-copy": DraftKind.CERTIFIED_COPY,
    "civil-extract": DraftKind.EXTRACT,
    "household-business-certificate": DraftKind.EXTRACT,
    "marital-status": DraftKind.EXTRACT,
    "marriage-certificate": DraftKind.EXTRACT,
}
"""Which editor suits an outcome of the catalogue; a letter suits every other."""

_LETTER_BOOKS = {
    "quyet dinh": "QĐ",
    "thong bao": "TB",
    "cong van": "CV",
    "giay phep": "GP",
    "to trinh": "TTr",
}
_CERTIFICATION_BOOK = "SCT"


@dataclass(frozen=True, slots=True)
class FactLine:
    """One line of facts: "Họ và tên: Nguyễn An". Without a value it prints a dotted blank."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class FactBlock:
    """Facts under a heading of their own, or under none."""

    title: str
    lines: tuple[FactLine, ...]


def kind_of_template(template: str) -> DraftKind:
    """Return the editor that suits an outcome template of the catalogue."""
    return KIND_OF_TEMPLATE.get(template, DraftKind.LETTER)


def book_kind_of(title: str, kind: DraftKind) -> str:
    """
    Propose the book that numbers an outcome: "Trích lục khai tử" → "TLKT", "Quyết định …" → "QĐ".

    Empty when no letter can be taken from the title; the officer then names the book.
    """
    if kind is DraftKind.CERTIFIED_COPY:
        return _CERTIFICATION_BOOK
    key = search_key(title)
    for begins, book in _LETTER_BOOKS.items():
        if key.startswith(begins):
            return book
    initials = "".join(_initial(word) for word in re.findall(r"\w+", normalise(title))[:4])
    return initials if len(initials) > 1 else ""


def _initial(word: str) -> str:
    first = word[0].upper()
    if first == "Đ":
        return first
    bare = search_key(first).upper()
    return bare if bare.isascii() and bare.isalpha() else ""


def read_facts(text: str) -> tuple[FactBlock, ...]:
    """
    Return the facts that were typed, block by block; an empty line ends a block.

    A first line without a colon is the block's heading; any other line without one is a fact without a value.
    """
    blocks = []
    for chunk in paragraphs_of(text):
        lines = [line.strip() for line in chunk.split("\n") if line.strip()]
        title = lines.pop(0) if ":" not in lines[0] and len(lines) > 1 else ""
        blocks.append(FactBlock(normalise(title), tuple(_fact(line) for line in lines)))
    return tuple(blocks)


def write_facts(blocks: Iterable[FactBlock]) -> str:
    """Return facts as they are typed: the inverse of `read_facts`."""
    return "\n\n".join(
        "\n".join([block.title] * bool(block.title) + [f"{line.label}: {line.value}" for line in block.lines])
        for block in blocks
    )


def _fact(line: str) -> FactLine:
    label, _, value = line.partition(":")
    return FactLine(normalise(label), normalise(value))


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text: what empty lines keep apart."""
    chunks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return tuple(chunk.strip() for chunk in chunks if chunk.strip())


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of a text that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
