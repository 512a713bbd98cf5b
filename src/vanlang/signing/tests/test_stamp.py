"""The visible mark fits its box and can write every Vietnamese name."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.signing.pdf.font import subset_for
from vanlang.signing.pdf.stamp import LEADING, MARGIN, SMALLEST, Mark, lay_out
from vanlang.signing.tests.pki import AGENCY, AT
from vanlang.signing.types import SignerKind

ALPHABET = "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
LETTERS = "".join(sorted(set(ALPHABET + ALPHABET.upper() + "fjwz–")))


def test_the_font_writes_the_whole_alphabet() -> None:
    font = subset_for(LETTERS)
    missing = [letter for letter in LETTERS if letter not in font.glyphs]
    assert missing == []
    assert all(font.widths[font.glyphs[letter]] > 0 for letter in LETTERS)
    assert "0000" not in font.encode(LETTERS)


def test_a_letter_the_font_lacks_shows_the_empty_box() -> None:
    assert subset_for("a").encode("漢") == "0000"


@given(
    lines=st.lists(
        st.lists(st.text(LETTERS, min_size=1, max_size=9), min_size=1, max_size=12).map(" ".join),
        min_size=1,
        max_size=4,
    ),
    width=st.integers(120, 400),
    height=st.integers(40, 160),
)
def test_no_line_leaves_the_box(lines: list[str], width: int, height: int) -> None:
    font = subset_for(LETTERS)
    layout = lay_out(lines, font, width, height)
    assert " ".join(layout.lines).split() == " ".join(lines).split()
    if layout.size > SMALLEST:
        assert len(layout.lines) * layout.size * LEADING <= height - 2 * MARGIN + 0.01
    for line in layout.lines:
        assert font.width(line) * layout.size <= width - 2 * MARGIN + 0.01 or " " not in line


@pytest.mark.parametrize("kind", [SignerKind.PERSON, SignerKind.SEAL])
def test_what_the_mark_says(kind: SignerKind) -> None:
    lines = Mark(kind, "Nguyễn Văn Phúc", "Chủ tịch", AGENCY, AT).lines()
    assert lines[-1] == "Thời gian ký: 2026-11-23T09:00:00+07:00"
    assert f"Cơ quan: {AGENCY}" in lines
    assert ("Người ký: Nguyễn Văn Phúc" in lines) == (kind is SignerKind.PERSON)
    assert all(unicodedata.is_normalized("NFC", line) for line in lines)


def test_a_subset_is_cut_once() -> None:
    mark = Mark(SignerKind.PERSON, "Nguyễn Văn Phúc", "", AGENCY, AT)
    later = Mark(SignerKind.PERSON, "Nguyễn Văn Phúc", "", AGENCY, AT.replace(hour=17, minute=59))
    plain = set(map(chr, range(32, 127)))
    assert set(mark.letters()) - plain == set(later.letters()) - plain
    assert subset_for(mark.letters()) is subset_for(mark.letters())
