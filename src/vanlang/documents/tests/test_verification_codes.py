"""The code on a numbered outcome is read back from the printed page, and checked without a network."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from vanlang.documents import api
from vanlang.files import ports
from vanlang.files.adapters.disk import DiskStore
from vanlang.identity.api import SYSTEM
from vanlang.registers.api import CodeStatement, answer_code

from .samples import DECISION, EXTRACT
from .signer import sign
from .test_numbering import add_agency

ADDRESS = "https://dichvucong.phutho.gov.vn/xac-minh/Zm9vYmFyYmF6cXV4MTIz/"


@pytest.fixture(autouse=True)
def _store(tmp_path: Path) -> Iterator[None]:
    with ports.plugged(contents=DiskStore(tmp_path)):
        yield


def signed(data: api.OutcomeData, at: dt.datetime) -> api.OutcomeCard:
    card = api.draft_outcome(
        agency_id=add_agency(), book_kind="TLKS", title="Trích lục khai sinh", data=data, actor=SYSTEM, at=at
    )
    return api.sign_outcome(outcome_id=card.id, signer=sign, actor=SYSTEM, at=at)


def printed_codes(pdf: bytes) -> list[str]:
    """Return what a telephone reads on the first page, printed at 300 dots an inch."""
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=300 / 72).to_pil()
    return [found.text for found in zxingcpp.read_barcodes(page)]


@pytest.mark.django_db
@pytest.mark.parametrize("data", [EXTRACT, DECISION], ids=["extract", "decision"])
def test_the_printed_code_says_what_the_page_says(data: api.OutcomeData, at: dt.datetime) -> None:
    card = signed(replace(data, verification=api.Qr(ADDRESS)), at)
    (text,) = printed_codes(api.read_outcome(card.id))
    assert text.startswith(f"{ADDRESS}#VL1.")
    said: CodeStatement = answer_code(text, on=at.date()).statement
    assert (said.number, said.issued_on, said.title) == (card.symbol, at.date(), "Trích lục khai sinh")
    assert len(said.facts_sha256) == 64 and said.file_sha256 == "", (
        "a page cannot know the hash of its own file"
    )


@pytest.mark.django_db
def test_a_paper_without_a_code_gets_none(at: dt.datetime) -> None:
    card = signed(replace(EXTRACT, verification=None), at)
    assert printed_codes(api.read_outcome(card.id)) == []
