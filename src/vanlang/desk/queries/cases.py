from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping

from vanlang.catalogue.api import ProcedureCard, get_version, list_takers
from vanlang.desk import labels
from vanlang.desk.queries.inbox import time_left
from vanlang.desk.queries.signatures import verdict_of
from vanlang.desk.types import CaseView, MessageLine, OutcomeView, PaperView
from vanlang.documents.api import read_outcome
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import Act, AttachmentCard, DossierPage, Form, OutcomeInfo, State
from vanlang.eforms import api as eforms
from vanlang.files.api import FileCard, count_pages, get_files
from vanlang.identity.api import Actor, Role
from vanlang.kernel.clock import VIETNAM
from vanlang.nationalportal.api import StoreOrigin, list_origins, portal_code_of
from vanlang.notifications import api as notifications
from vanlang.petitions import api as petitions
from vanlang.registers import api as registers

MOST_PAGES = 12
"""How many pages are drawn; the rest is downloaded."""
Answers = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def case_view(
    reference: uuid.UUID | str,
    *,
    actor: Actor,
    purpose: str,
    at: dt.datetime,
    shown: uuid.UUID | None = None,
    with_outcome: bool = True,
) -> CaseView:
    """
    Return everything that the page of a dossier shows; the read is written first.

    `shown` names the paper to open; else the first that can be looked at.
    Raises: DossierNotFound.
    """
    page = dossiers.get_dossier_page(reference, actor=actor, purpose=purpose, at=at)
    explanation = dossiers.explain_due(page.id, actor=actor)
    papers = _papers(page)
    outcome = page.outcome if with_outcome else None
    return CaseView(
        page=page,
        left=time_left(
            agency_id=page.competent_agency_id,
            timeliness=page.timeliness,
            label=page.timeliness_label,
            due_at=page.due_at or page.answer_due_at,
            at=at,
        ),
        tone=labels.TONE_OF[page.timeliness],
        due_lines=tuple(line.says for line in explanation.lines) if explanation else (),
        papers=papers,
        shown=_shown(papers, shown),
        answers=answers_in_words(page),
        forms=printable(page),
        outcome=outcome_view(outcome, at=at) if outcome else None,
        uses=tuple(
            (use, registers.STATES[use.state], labels.TONE_OF_ENTRY[use.state])
            for use in registers.list_uses(page.id, on=at.astimezone(VIETNAM).date())
        ),
        messages=_messages(page.id),
        next_steps=_next_steps(page, actor, at),
        petitions=tuple(
            (one, petitions.STATES[one.state], one.agency_id == actor.agency_id)
            for one in petitions.list_about_dossier(page.id, actor=actor)
        ),
        portal_code=portal_code_of(page.id),
    )


def _messages(dossier_id: uuid.UUID) -> tuple[MessageLine, ...]:
    """Return what was told of a dossier and whether it arrived, addresses masked."""
    return tuple(
        MessageLine(
            title=one.title,
            told_at=one.told_at,
            is_read=one.read_at is not None,
            ways=tuple(
                (
                    notifications.CHANNELS[way.channel],
                    way.hint,
                    notifications.STATES[way.state],
                    labels.TONE_OF_DELIVERY[way.state],
                )
                for way in one.deliveries
            ),
        )
        for one in notifications.list_messages_about("dossier", dossier_id)
    )


def _next_steps(page: DossierPage, actor: Actor, at: dt.datetime) -> tuple[ProcedureCard, ...]:
    """Return the procedures that take the result of a dossier, for the counter to offer to who stands before it."""
    if not actor.has(Role.COUNTER) or page.state not in {State.RELEASED, State.DELIVERED}:
        return ()
    case, on = get_version(page.procedure_version_id).case(page.case_id), at.astimezone(VIETNAM).date()
    if case is None or case.yields is None:
        return ()
    takers = list_takers(case.yields.register, on)
    return tuple(card for card in takers if card.is_ready and card.code != page.procedure_code)


def paper_view(
    card: AttachmentCard, file: FileCard | None, origins: Mapping[uuid.UUID, StoreOrigin] | None = None
) -> PaperView:
    """Return a paper with the pages that are drawn."""
    origin = (origins or {}).get(card.file_id) if card.file_id is not None else None
    pages = file.pages or 0 if file is not None and file.content_type == "application/pdf" else 0
    return PaperView(
        card=card, file=file, page_numbers=tuple(range(1, min(pages, MOST_PAGES) + 1)), origin=_origin(origin)
    )


def _origin(origin: StoreOrigin | None) -> str:
    """Return where a paper came from, in words; nothing for one that somebody handed in."""
    if origin is None:
        return ""
    issuer = f" ({origin.issuer})" if origin.issuer else ""
    return f"lấy từ kho dữ liệu quốc gia, số {origin.number}{issuer}, chữ ký số hợp lệ"


def outcome_view(info: OutcomeInfo, *, at: dt.datetime) -> OutcomeView:
    """Return the outcome as far as it is: its pages, and what its signature is worth."""
    if info.document_id is None:
        return OutcomeView(info=info, page_numbers=())
    pdf = read_outcome(info.document_id)
    pages = tuple(range(1, min(count_pages(pdf), MOST_PAGES) + 1))
    if info.signed_at is None:
        return OutcomeView(info=info, page_numbers=pages)
    verdict, tone, signers = verdict_of(pdf, at=at)
    return OutcomeView(info=info, page_numbers=pages, verdict=verdict, verdict_tone=tone, signers=signers)


def answers_in_words(page: DossierPage) -> Answers:
    """Return the answers of the dossier's form in words, by the form that it was filed with."""
    if not page.answers:
        return ()
    case = get_version(page.procedure_version_id).case(page.case_id)
    if case is None or not case.form_code:
        return ()
    on = page.submitted_at.date()
    try:
        definition = eforms.get_definition(case.form_code, on=on)
    except eforms.UnknownFormError:
        return ()
    # the stored values are JSON of exactly the shapes that the form allows
    values = {
        key: value
        for key, value in page.answers.items()
        if isinstance(value, str | int | float | bool | list)
    }
    return tuple((title, tuple(rows)) for title, rows in eforms.answers_by_group(definition, values, on=on))


def answers_by_name(page: DossierPage) -> dict[str, str]:
    """Return the answers of the dossier's form in words, by the names of its fields."""
    case = get_version(page.procedure_version_id).case(page.case_id)
    if not page.answers or case is None or not case.form_code:
        return {}
    on = page.submitted_at.date()
    try:
        definition = eforms.get_definition(case.form_code, on=on)
    except eforms.UnknownFormError:
        return {}
    values = {
        key: value
        for key, value in page.answers.items()
        if isinstance(value, str | int | float | bool | list)
    }
    words = dict(eforms.answers_summary(definition, values, on=on))
    return {field.name: words.get(field.label, "") for field in definition.fields}


def printable(page: DossierPage) -> tuple[tuple[Form, str], ...]:
    """Return the printed forms for which something has happened."""
    done = {move.act for move in page.history}
    printed = {
        Form.RECEIPT: page.received_at is not None,
        Form.SUPPLEMENT_REQUEST: page.supplements_asked > 0,
        Form.REFUSAL: page.state is State.REFUSED,
        Form.APOLOGY: Act.EXTEND in done,
        Form.STOP: page.state is State.STOPPED and page.received_at is not None,
        Form.CONTROL_SLIP: page.received_at is not None,
    }
    return tuple((form, dossiers.FORMS[form]) for form, there in printed.items() if there)


def _papers(page: DossierPage) -> tuple[PaperView, ...]:
    files = get_files([card.file_id for card in page.attachments if card.file_id is not None])
    origins = list_origins(page.id)
    return tuple(
        paper_view(card, files.get(card.file_id) if card.file_id is not None else None, origins)
        for card in page.attachments
    )


def _shown(papers: tuple[PaperView, ...], wanted: uuid.UUID | None) -> PaperView | None:
    named = next((paper for paper in papers if paper.card.id == wanted), None)
    return named or next(
        (paper for paper in papers if paper.file is not None and paper.file.is_shown_in_page), None
    )
