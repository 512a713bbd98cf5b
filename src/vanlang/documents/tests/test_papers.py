"""Every paper of the house, set and read back."""

from __future__ import annotations

import dataclasses
import io
import os
import re
from pathlib import Path

import pikepdf
import pytest

from vanlang.documents.typesetting import compose, typeset

from . import pages
from .samples import DRAFT_EXTRACT, PAPERS, TRACKING, VERIFICATION

GOLDEN = Path(__file__).parent / "golden"
FINAL = [name for name in PAPERS if not name.endswith("-draft")]
FORMS = [name for name in FINAL if name[:2].isdigit()]
OUTCOMES = [name for name in FINAL if name not in FORMS]


def sheet(name: str) -> bytes:
    data = PAPERS[name]
    return typeset(data.template, data, archival=name in FINAL)


@pytest.mark.parametrize("name", PAPERS)
def test_words_on_paper(name: str) -> None:
    """Renew on purpose with `./vanlang golden`, and read the difference."""
    golden = GOLDEN / f"{name}.txt"
    words = pages.text_of(sheet(name))
    if os.environ.get("VANLANG_RENEW_GOLDEN"):
        golden.write_text(words, encoding="utf-8")
    assert words == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FINAL)
def test_is_an_archival_and_accessible_file(name: str) -> None:
    with pikepdf.open(io.BytesIO(sheet(name))) as pdf, pdf.open_metadata() as meta:
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "A")
        assert meta["pdfuaid:part"] == "1"
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "vi-VN"
        assert meta["dc:title"]
        fonts = {
            str(font.BaseFont).split("+")[1] for page in pdf.pages for font in page.Resources.Font.values()
        }
        assert all(font.startswith("LiberationSerif") for font in fonts)
        assert all("FontFile2" in str(f.DescendantFonts[0].FontDescriptor.keys()) for page in pdf.pages for f in page.Resources.Font.values())  # fmt: skip


@pytest.mark.parametrize("name", PAPERS)
def test_same_facts_give_the_same_bytes(name: str) -> None:
    assert sheet(name) == sheet(name)


def test_other_facts_give_other_bytes() -> None:
    receipt = PAPERS["01-receipt"]
    other = dataclasses.replace(receipt, dossier_code="H44.100-261005-0013")
    assert typeset(receipt.template, receipt) != typeset(other.template, other)


@pytest.mark.parametrize("name", PAPERS)
def test_is_a4_and_keeps_its_margins(name: str) -> None:
    """Left 30 mm, right 15–20, top and bottom 20–25; the form's mark and the page number stand in them."""
    pdf = sheet(name)
    millimetre = 72 / 25.4
    for number, (width, height) in enumerate(pages.sizes_of(pdf), start=1):
        assert (round(width), round(height)) == (595, 842)
        left_strip = (0, 0, 29.5 * millimetre, height)
        right_strip = (width - 15 * millimetre, 0, width, height)
        assert pages.texts_in(pdf, number, left_strip) == ""
        assert pages.texts_in(pdf, number, right_strip) == ""


@pytest.mark.parametrize("name", FORMS)
def test_an_unchecked_form_says_so(name: str) -> None:
    assert f"Mẫu số {name[:2]} – Thông tư 03/2025/TT-VPCP – bố cục chưa đối chiếu" in pages.text_of(
        sheet(name)
    )


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("01-receipt", TRACKING.text),
        ("02-supplement-request", TRACKING.text),
        ("06-control-slip", TRACKING.text),
        *((name, VERIFICATION.text) for name in OUTCOMES),
    ],
)
def test_a_phone_reads_the_code(name: str, code: str) -> None:
    assert pages.codes_in(sheet(name)) == [code]


SIGNED_BY = {
    "01-receipt": {"applicant", "officer"},
    "02-supplement-request": {"officer"},
    "03-refusal": {"applicant", "officer"},
    "04-apology": {"seal", "signer"},
    "05-stop-notice": {"seal", "signer"},
    "06-control-slip": set(),
} | {name: {"seal", "signer"} for name in OUTCOMES}


@pytest.mark.parametrize("name", FINAL)
def test_signature_places_are_empty_and_under_the_signer_s_title(name: str) -> None:
    data = PAPERS[name]
    made = compose(data.template, data)
    assert {box.role for box in made.boxes} == SIGNED_BY[name]
    for box in made.boxes:
        assert 0 < box.x1 < box.x2 < 595
        assert 0 < box.y1 < box.y2 < 842
        assert (
            pages.texts_in(made.pdf, box.page, (box.x1, box.y1, box.x2, box.y2)) == "" or box.role == "seal"
        )
    signer = made.box("signer") or made.box("officer")
    if signer:
        below = (signer.x1 - 30, signer.y1 - 24, signer.x2 + 30, signer.y1)
        above = (signer.x1 - 40, signer.y2, signer.x2 + 40, signer.y2 + 45)
        name_below = data.officer_name if name == "01-receipt" else data.signer.name
        title_above = "Người tiếp nhận hồ sơ" if name == "01-receipt" else data.signer.title
        assert name_below in pages.texts_in(made.pdf, signer.page, below)
        assert title_above.upper() in pages.texts_in(made.pdf, signer.page, above)


def test_the_seal_covers_a_third_of_the_signature_at_its_left() -> None:
    made = compose(PAPERS["decision"].template, PAPERS["decision"])
    seal, signer = made.box("seal"), made.box("signer")
    assert seal
    assert signer
    assert seal.x1 < signer.x1
    assert (seal.x2 - signer.x1) / (signer.x2 - signer.x1) == pytest.approx(1 / 3, abs=0.07)


def test_a_receipt_fits_on_one_page_and_a_long_one_keeps_its_signatures_together() -> None:
    receipt = PAPERS["01-receipt"]
    assert len(pages.sizes_of(typeset(receipt.template, receipt))) == 1
    long = dataclasses.replace(receipt, documents=receipt.documents * 12)
    made = compose(long.template, long)
    assert len(pages.sizes_of(made.pdf)) > 1
    assert len({box.page for box in made.boxes}) == 1
    second = pages.text_of(made.pdf).split("----------")[1]
    assert second.strip().startswith("2"), "pages are numbered from the second on"
    assert "Tên giấy tờ" in second, "the heads of columns come again"


def test_a_draft_says_so_and_leaves_number_and_day_open() -> None:
    words = pages.text_of(typeset(DRAFT_EXTRACT.template, DRAFT_EXTRACT, archival=False))
    assert "DỰ THẢO" in words
    assert not re.search(r"Số:\s*\d", words)
    assert "DỰ THẢO" not in pages.text_of(sheet("extract"))
