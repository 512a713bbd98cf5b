"""From what the specialist typed to a draft outcome, and what the editor proposes before anything is typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from vanlang.catalogue.api import OutcomeKindCard, VersionCard, get_version
from vanlang.desk.queries.cases import answers_in_words
from vanlang.desk.rules import outcomes as rules
from vanlang.desk.rules.outcomes import DraftKind, FactBlock, FactLine
from vanlang.desk.types import Term
from vanlang.documents import api as documents
from vanlang.dossiers.api import DossierPage, Draft, Medium, OutcomeKind
from vanlang.identity.api import AppointmentCard
from vanlang.kernel.clock import VIETNAM
from vanlang.organizations.api import AgencyCard, get_agency
from vanlang.registers.api import find_register

Typed = Mapping[str, Any]
"""Cleaned values of the editor's form."""


def suggest_kind(version: VersionCard) -> DraftKind:
    """Return the editor that suits what the procedure yields."""
    outcome = _first_outcome(version)
    return rules.kind_of_template(outcome.template) if outcome else DraftKind.LETTER


def suggest_draft(
    page: DossierPage, version: VersionCard, kind: DraftKind, *, leaders: tuple[AppointmentCard, ...]
) -> dict[str, object]:
    """Return what the editor shows before anything is typed: the procedure's outcome, filled from the form's answers."""
    outcome = _first_outcome(version)
    title = outcome.name if outcome else page.procedure_name
    common: dict[str, object] = {
        "granted": OutcomeKind.GRANTED.value,
        "title": title[:200],
        "book_kind": rules.book_kind_of(title, kind),
        "leader": str(leaders[0].id) if len(leaders) == 1 else "",
    }
    match kind:
        case DraftKind.LETTER:
            return common | _letter(page)
        case DraftKind.EXTRACT:
            return common | {"facts": rules.write_facts(_facts(page))}
        case DraftKind.CERTIFIED_COPY:
            return common | {"original_holder": page.applicant.full_name, "original_pages": 1, "copies": 1}
        case DraftKind.ON_PAPER:
            return common


def _letter(page: DossierPage) -> dict[str, object]:
    agency = get_agency(page.competent_agency_id, page.submitted_at.date()).name
    about = page.request or page.procedure_name
    return {
        "heading": "Thông báo",
        "book_kind": "TB",
        "abstract": f"Kết quả giải quyết hồ sơ về việc {about[0].lower()}{about[1:]}"[:300],
        "addressees": f"Ông/Bà {page.applicant.full_name}",
        "body": (
            f"{agency} đã nhận và giải quyết hồ sơ mã số {page.code} của Ông/Bà {page.applicant.full_name} "
            f"về việc {about[0].lower()}{about[1:]}.\n\n"
            f"Sau khi xem xét, {agency} thông báo kết quả như sau: …\n\n"
            f"{agency} thông báo để Ông/Bà được biết./."
        ),
    }


def _facts(page: DossierPage) -> tuple[FactBlock, ...]:
    answered = answers_in_words(page)
    if answered:
        return tuple(
            FactBlock(title, tuple(FactLine(label, value) for label, value in rows))
            for title, rows in answered
        )
    applicant = page.applicant
    lines = (
        FactLine("Họ và tên", applicant.full_name),
        FactLine("Số định danh cá nhân", applicant.personal_id),
        FactLine("Nơi cư trú", applicant.address),
    )
    return (FactBlock("", lines),)


def term_of(page: DossierPage, on: dt.date) -> Term | None:
    """Return how long results of a dossier's kind hold, or None: they name no register, or it knows no term."""
    case = get_version(page.procedure_version_id).case(page.case_id)
    register = find_register(case.yields.register) if case is not None and case.yields is not None else None
    return Term(register.valid_months, on) if register is not None and register.valid_months else None


def expires_on(typed: Typed) -> dt.date | None:
    """Return the first day on which the result holds no longer, from the last one that was typed."""
    last_on: dt.date | None = typed.get("last_on")
    return last_on + dt.timedelta(days=1) if last_on is not None else None


def draft_of(
    kind: DraftKind, typed: Typed, *, page: DossierPage, leader: AppointmentCard | None, at: dt.datetime
) -> Draft:
    """Return the draft outcome that was typed. `leader` signs it; None for one on paper."""
    summary = {"Người nộp": page.applicant.full_name, "Nội dung": page.request or page.procedure_name}
    if kind is DraftKind.ON_PAPER or leader is None:
        return Draft(
            kind=OutcomeKind(typed["granted"]),
            medium=Medium.PAPER,
            title=typed["title"],
            book_kind=typed["book_kind"],
            summary=summary,
            expires_on=expires_on(typed),
        )
    agency = get_agency(page.competent_agency_id, at.astimezone(VIETNAM).date())
    return Draft(
        kind=OutcomeKind(typed["granted"]),
        medium=Medium.ELECTRONIC,
        title=typed["title"],
        book_kind=typed["book_kind"],
        data=outcome_data(kind, typed, agency=agency, leader=leader),
        summary=summary,
        expires_on=expires_on(typed),
    )


def outcome_data(
    kind: DraftKind, typed: Typed, *, agency: AgencyCard, leader: AppointmentCard
) -> documents.OutcomeData:
    """Return the facts of the document that is typed: what its template prints."""
    head, signer = documents.head_of(agency), documents.signer_of(leader, agency)
    match kind:
        case DraftKind.EXTRACT:
            return _extract(typed, head, signer)
        case DraftKind.CERTIFIED_COPY:
            return _certified_copy(typed, head, signer, place=agency.name)
        case DraftKind.LETTER | DraftKind.ON_PAPER:
            return _decision_letter(typed, head, signer, agency_name=agency.name)


def _extract(typed: Typed, head: documents.Head, signer: documents.Signer) -> documents.Extract:
    return documents.Extract(
        head=head,
        signer=signer,
        kind=typed["title"],
        groups=tuple(_group(block) for block in rules.read_facts(typed["facts"])),
        opening=typed["opening"] or None,
        source=typed["source"] or None,
        closing=rules.paragraphs_of(typed["closing"]),
    )


def _certified_copy(
    typed: Typed, head: documents.Head, signer: documents.Signer, *, place: str
) -> documents.CertifiedCopy:
    return documents.CertifiedCopy(
        head=head,
        signer=signer,
        original=documents.Original(
            name=typed["original_name"],
            pages=typed["original_pages"],
            number=typed["original_number"] or None,
            issuer=typed["original_issuer"] or None,
            issued_on=typed["original_issued_on"],
            holder=typed["original_holder"] or None,
        ),
        place=place,
        copies=typed["copies"],
        book=typed["book"] or None,
    )


def _decision_letter(
    typed: Typed, head: documents.Head, signer: documents.Signer, *, agency_name: str
) -> documents.DecisionLetter:
    decides = bool(typed["articles"])
    return documents.DecisionLetter(
        head=head,
        signer=signer,
        kind=typed["heading"] or None,
        abstract=typed["abstract"],
        addressees=rules.lines_of(typed["addressees"]),
        grounds=rules.lines_of(typed["grounds"]),
        paragraphs=rules.paragraphs_of(typed["body"]),
        articles=tuple(
            documents.Article(paragraphs=(text,)) for text in rules.paragraphs_of(typed["articles"])
        ),
        resolving="Quyết định:" if decides else None,
        authority=f"{signer.title} {agency_name}" if decides else None,
        recipients=rules.lines_of(typed["recipients"]) or ("Như trên",),
    )


def _group(block: FactBlock) -> documents.FactGroup:
    return documents.FactGroup(
        title=block.title or None,
        facts=tuple(documents.Fact(label=line.label, value=line.value or None) for line in block.lines),
    )


def _first_outcome(version: VersionCard) -> OutcomeKindCard | None:
    return version.outcome_kinds[0] if version.outcome_kinds else None
