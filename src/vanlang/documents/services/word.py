"""Word templates of an agency: kept by versions, filled from a dossier, and what comes back finished."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from vanlang.audit.api import ActorRef, record_act
from vanlang.documents import ports
from vanlang.documents.errors import OutcomeRefusedError, WordTemplateRefusedError
from vanlang.documents.models import WordTemplate
from vanlang.documents.queries import access_word_template, word_template_card
from vanlang.documents.rules import word
from vanlang.documents.types import Head, Signer, WordTemplateCard, WrittenPaper
from vanlang.documents.typesetting import find_marks
from vanlang.files import api as files
from vanlang.kernel.errors import Refusal
from vanlang.kernel.vietnamese import normalise

DOCX = files.Policy("word_template", frozenset({files.FileKind.DOCX}), 5 * 1024 * 1024, "Word (.docx)")
FINISHED = files.Policy(
    "finished_letter",
    frozenset({files.FileKind.PDF, files.FileKind.DOCX}),
    25 * 1024 * 1024,
    "PDF, Word (.docx)",
)


@transaction.atomic
def save_word_template(
    *,
    agency_id: int,
    procedure_code: str,
    case_title: str,
    name: str,
    content: bytes,
    answers: Collection[str],
    actor: ActorRef,
    at: datetime,
    account_id: int | None = None,
) -> WordTemplateCard:
    """
    Keep a template as the newest of an agency, a procedure and a case under its name; drafts that were made stay as they are.

    It is rendered once with samples, so that one which cannot be filled is refused now.
    Raises: FileRefusedError, WordTemplateRefusedError with the field named.
    """
    stored = files.store(content=content, name=f"{name}.docx", at=at, policy=DOCX, uploaded_by=account_id)
    reading = word.read_template(content, answers=answers)
    if isinstance(reading, Refusal):
        raise WordTemplateRefusedError.of(reading)
    facts, sample_answers = word.samples(answers)
    try:
        word.render(content, facts=facts, answers=sample_answers)
    except ValueError:
        raise WordTemplateRefusedError("documents.template_unreadable") from None
    called = normalise(name)[:120]
    before = WordTemplate.objects.filter(
        agency_id=agency_id, procedure_code=procedure_code, case_title=case_title, name=called
    )
    row = WordTemplate.objects.create(
        agency_id=agency_id,
        procedure_code=procedure_code,
        case_title=case_title,
        name=called,
        version=max([one.version for one in before], default=0) + 1,
        file_id=stored.id,
        fields=list(reading.fields),
        saved_at=at,
    )
    record_act(
        act="documents.save_word_template",
        actor=actor,
        object_type="documents.word_template",
        object_id=row.pk,
        at=at,
        facts={"procedure": procedure_code, "version": row.version},
    )
    return word_template_card(row)


def fill_word_template(
    template_id: UUID, *, agency_id: int, facts: Mapping[str, str], answers: Mapping[str, str]
) -> bytes:
    """
    Return a template of an agency filled with facts (by the words of the dictionary) and answers, as .docx.

    Raises: UnknownWordTemplateError, WordTemplateRefusedError.
    """
    row = access_word_template(template_id, agency_id=agency_id)
    named = {word_.replace(" ", "_"): value for word_, value in facts.items()}
    asked = {name.partition(".")[2]: "" for name in row.fields if name.startswith(f"{word.ANSWERS}.")}
    try:
        return word.render(files.read(row.file_id), facts=named, answers={**asked, **answers})
    except ValueError:
        raise WordTemplateRefusedError("documents.template_unreadable") from None


def sample_of(template_id: UUID, *, agency_id: int) -> bytes:
    """Return a template filled with samples, as .docx. Raises: UnknownWordTemplateError."""
    row = access_word_template(template_id, agency_id=agency_id)
    answers = [name.partition(".")[2] for name in row.fields if name.startswith(f"{word.ANSWERS}.")]
    facts, sample_answers = word.samples(answers)
    return word.render(files.read(row.file_id), facts=facts, answers=sample_answers)


@transaction.atomic
def take_finished(
    *, content: bytes, title: str, head: Head, signer: Signer, at: datetime, account_id: int | None
) -> tuple[WrittenPaper, UUID]:
    """
    Take a letter that was finished in Word, as PDF or, where this machine can turn it into one, as .docx.

    Returns what is printed over its pages when the leader signs, and the stored PDF.
    Raises: FileRefusedError, OutcomeRefusedError when a marked place is gone, OutsideSystemError from the converter.
    """
    card = files.store(content=content, name=f"{title[:100]}", at=at, policy=FINISHED, uploaded_by=account_id)
    pdf = content
    if card.content_type != files.FileKind.PDF.value:
        convert = ports.word_to_pdf()
        if convert is None:
            raise OutcomeRefusedError("documents.no_converter")
        pdf = convert(content)
        card = files.store(
            content=pdf, name=f"{title[:100]}.pdf", at=at, policy=files.PDF_ONLY, uploaded_by=account_id
        )
    found = find_marks(pdf)
    if isinstance(found, Refusal):
        raise OutcomeRefusedError.of(found)
    pages, marks = found
    return WrittenPaper(head=head, signer=signer, title=title, pages=pages, marks=marks), card.id
