"""A receipt set as a page (PDF/A)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from vanlang.documents.api import PaperData, typeset
from vanlang.payments.rules.receipts import ReceiptFacts, printed_number
from vanlang.payments.rules.words import dong_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLine:
    name: str
    quantity: int
    vnd: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPaper(PaperData):
    """What the page says. Layout: not compared with an official form."""

    template: ClassVar[str] = "payments/receipt.typ"

    agency: str
    tax_code: str
    form: str
    series: str
    number: str
    payer: str
    procedure_name: str
    dossier_code: str
    lines: tuple[PrintedLine, ...]
    vnd: int
    words: str
    way: str
    reference: str
    paid_at: datetime
    issued_at: datetime
    issued_by: str


def print_receipt(facts: ReceiptFacts) -> bytes:
    """Return a receipt as PDF/A; the same facts give the same bytes."""
    paper = ReceiptPaper(
        agency=facts.agency,
        tax_code=facts.tax_code,
        form=facts.form,
        series=facts.series,
        number=printed_number(facts.number),
        payer=facts.payer,
        procedure_name=facts.procedure_name,
        dossier_code=facts.dossier_code,
        lines=tuple(
            PrintedLine(name=line.name, quantity=line.quantity, vnd=line.vnd) for line in facts.lines
        ),
        vnd=facts.vnd,
        words=dong_in_words(facts.vnd),
        way=facts.way,
        reference=facts.reference,
        paid_at=facts.paid_at,
        issued_at=facts.issued_at,
        issued_by=facts.issued_by,
    )
    return typeset(paper.template, paper, agency_code=facts.agency_code)
