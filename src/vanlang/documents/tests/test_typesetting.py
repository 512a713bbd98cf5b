"""What goes into a page: any text as text, only our letters, an agency's own template."""

from __future__ import annotations

import dataclasses
import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vanlang.documents.errors import TemplateBrokenError
from vanlang.documents.types import Qr
from vanlang.documents.typesetting import plain, typeset
from vanlang.documents.typesetting.glyphs import FONTS, code_points, printable

from . import pages
from .samples import EXTRACT, RECEIPT

VOWELS = "aăâeêioôơuưy"
TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]


def vietnamese_letters() -> set[str]:
    """All 134 letters with diacritics: 12 vowels × 6 tones less the 5 plain ones… counted below, and đ, both cases."""
    import unicodedata

    small = {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES} | {"đ"}
    return {letter for letter in small | {it.upper() for it in small} if not letter.isascii()}


def test_there_are_134_letters() -> None:
    assert len(vietnamese_letters()) == 134


@pytest.mark.parametrize("font", sorted(FONTS.glob("*.ttf")), ids=lambda it: it.stem)
def test_each_font_holds_every_vietnamese_letter(font: Path) -> None:
    held = code_points(font)
    assert {letter for letter in vietnamese_letters() if ord(letter) not in held} == set()
    assert len(held) > 2000
    assert 0x1F600 not in held


def test_the_four_fonts_are_the_only_ones_and_carry_their_licence() -> None:
    assert sorted(path.stem for path in FONTS.glob("*.ttf")) == [
        "LiberationSerif-Bold", "LiberationSerif-BoldItalic", "LiberationSerif-Italic", "LiberationSerif-Regular",
    ]  # fmt: skip
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text(encoding="utf-8")


def test_every_letter_survives_the_page() -> None:
    letters = "".join(sorted(vietnamese_letters()))
    words = pages.text_of(typeset(RECEIPT.template, dataclasses.replace(RECEIPT, request=letters)))
    assert set(letters) <= set(words)


HOSTILE = '#read("/etc/passwd") #import "@preview/x:1.0.0" $x^2$ *đậm* _nghiêng_ `mã` \\ [ngoặc] <nhãn> @nhãn = đề mục // ghi chú'


def test_what_a_person_typed_is_never_markup() -> None:
    words = pages.text_of(typeset(RECEIPT.template, dataclasses.replace(RECEIPT, request=HOSTILE)))
    assert " ".join(HOSTILE.split()) in " ".join(words.split())
    assert "root:" not in words


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Nguyễn Thị Lan 😀", "Nguyễn Thị Lan □"),
        ("李小龍", "□□□"),
        ("hóa đơn\u202efdp.exe", "hóa đơnfdp.exe"),
        ("a\u200bb\x00c\x07", "abc"),
        ("Hu\u1ebf\tth\u01b0\u01a1ng", "Huế thương"),
        ("Le\u0323\u0302 phi\u0301", "Lệ phí"),
        ("dòng một\ndòng hai", "dòng một\ndòng hai"),
    ],
)
def test_text_is_folded_to_what_the_fonts_can_print(typed: str, printed: str) -> None:
    assert printable(typed) == printed


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=120), st.text(max_size=60))
def test_no_text_stops_the_printer(request: str, name: str) -> None:
    """PDF/A forbids a letter without a glyph; none may ever reach it."""
    party = dataclasses.replace(RECEIPT.applicant, full_name=name)
    assert typeset(
        RECEIPT.template, dataclasses.replace(RECEIPT, request=request, applicant=party)
    ).startswith(b"%PDF-")


@given(st.text(max_size=300))
def test_printable_is_idempotent(text: str) -> None:
    assert printable(printable(text)) == printable(text)


def test_facts_as_json() -> None:
    assert plain(
        {"on": date(2026, 2, 5), "at": datetime(2026, 2, 5, 17, 30, tzinfo=UTC), "list": ("a", 1, None, True)}
    ) == {
        "on": "2026-02-05",
        "at": "2026-02-06T00:30:00+07:00",
        "list": ["a", 1, None, True],
    }
    code = plain(Qr("https://example.vn"))
    assert isinstance(code, dict)
    assert code["text"] == "https://example.vn"
    assert str(code["svg"]).startswith("<svg")
    with pytest.raises(TypeError, match="object cannot be printed"):
        plain({"x": object()})


# ---- templates ---------------------------------------------------------------------------------


@pytest.fixture
def own(tmp_path: Path, settings) -> Path:
    settings.VANLANG_TEMPLATE_OVERRIDES = tmp_path
    folder = tmp_path / "H44.100" / "documents" / "outcomes"
    folder.mkdir(parents=True)
    return folder / "extract.typ"


OWN = """#import "/documents/layout.typ": *
#show: paper.with(title: data.kind, on: data.issued_on)
= Mẫu riêng của phường
#data.kind
"""


def test_an_agency_puts_its_own_template_in_place(own: Path) -> None:
    own.write_text(OWN, encoding="utf-8")
    assert "Mẫu riêng của phường" in pages.text_of(typeset(EXTRACT.template, EXTRACT, agency_code="H44.100"))
    for other in (None, "H44.101", "H44.100/../H44.100", ""):
        assert "Mẫu riêng" not in pages.text_of(typeset(EXTRACT.template, EXTRACT, agency_code=other))
    own.write_text(OWN.replace("phường", "phường Việt Trì"), encoding="utf-8")
    assert "Mẫu riêng của phường Việt Trì" in pages.text_of(
        typeset(EXTRACT.template, EXTRACT, agency_code="H44.100")
    ), "a changed template counts at once"


@pytest.mark.parametrize(
    ("source", "place", "problem"),
    [
        ("#data.nothing\n", "documents/outcomes/extract.typ:3", "dictionary does not contain key"),
        ('#read("/etc/passwd")\n', "documents/outcomes/extract.typ:3", "file not found"),
        ('#read("../../../../etc/passwd")\n', "documents/outcomes/extract.typ:3", "escape the project root"),
        ('#import "@preview/tiaoma:0.3.0"\n', "", "package"),
        ('#set text(font: "Comic Sans MS")\nA\n', "documents/outcomes/extract.typ:3", "unknown font"),
        ("#while true {}\n", "documents/outcomes/extract.typ:3", "condition is always true"),
        ("#panic(data.kind)\n", "documents/outcomes/extract.typ:3", "panicked"),
    ],
)
def test_a_broken_template_is_refused_with_its_line_and_without_what_was_typed(
    own: Path, source: str, place: str, problem: str
) -> None:
    own.write_text("\n".join(OWN.splitlines()[:2]) + "\n" + source, encoding="utf-8")
    with pytest.raises(TemplateBrokenError) as broken:
        typeset(EXTRACT.template, EXTRACT, agency_code="H44.100")
    facts = broken.value.facts
    assert facts["template"] == "documents/outcomes/extract.typ"
    assert str(facts["place"]).startswith(place)
    assert problem in str(facts["problem"])
    assert "khai sinh" not in str(facts)
    assert broken.value.__cause__ is None, "typst's own message may quote what a person typed"


@pytest.mark.parametrize(
    "name",
    ["documents/outcomes/absent.typ", "../x.typ", "/etc/x.typ", "documents/outcomes/extract", "main.typ", ""],
)
def test_only_a_known_template_is_set(name: str) -> None:
    with pytest.raises(TemplateBrokenError):
        typeset(name, EXTRACT)


def test_a_missing_fact_names_the_line() -> None:
    with pytest.raises(TemplateBrokenError) as broken:
        typeset(EXTRACT.template, {"kind": "Trích lục"})
    assert "documents/outcomes/extract.typ" in str(broken.value.facts["place"])


def test_many_print_at_once() -> None:
    wanted, printed = typeset(RECEIPT.template, RECEIPT), []
    threads = [
        threading.Thread(target=lambda: printed.append(typeset(RECEIPT.template, RECEIPT))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert printed == [wanted] * 8
