from __future__ import annotations

import datetime as dt
import secrets
import uuid

from django.db import transaction

from vanlang.catalogue.api import version_valid_on
from vanlang.dossiers.actors import viewer_of
from vanlang.dossiers.errors import ActNotPossible, DossierNotFound
from vanlang.dossiers.models import Attachment, Dossier
from vanlang.dossiers.queries.access import places_of, visible_to
from vanlang.dossiers.rules import access
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.rules.transitions import Facts, may, party_that_acts
from vanlang.dossiers.services import parties, timing
from vanlang.dossiers.services.acting import Moved, moved, refuse_act, settle
from vanlang.dossiers.services.remembering import remember, tell
from vanlang.dossiers.services.terms import terms_of
from vanlang.dossiers.types import AttachmentKind, Filing, Paper
from vanlang.identity.api import Actor
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.errors import refuse_if
from vanlang.kernel.ids import new_id
from vanlang.kernel.vietnamese import search_key


@transaction.atomic
def submit(*, filing: Filing, actor: Actor, at: dt.datetime, dossier_id: uuid.UUID | None = None) -> Moved:
    """
    File a dossier: it now lies at the intake counter, whose clock for an answer runs.

    With a `dossier_id` of the caller's the act is idempotent: filed again, the dossier that is there is returned.
    Raises: ActNotAllowed when the actor is neither applicant, nor who files for them, nor the intake counter;
    ActNotPossible("catalogue.…") when the version is not in force, ActNotPossible("identity.mandate_…") when a mandate
    is shown that does not cover it: without one it is taken.
    """
    if dossier_id is not None and (filed := _filed_before(dossier_id, filing)) is not None:
        return moved(filed)
    return moved(file(filing=filing, actor=actor, at=at, dossier_id=dossier_id or new_id()))


def find_filed(dossier_id: uuid.UUID, *, actor: Actor) -> Moved | None:
    """Return the dossier that a caller's id already became, as far as `actor` may see it; None before."""
    row = Dossier.objects.filter(visible_to(actor), pk=dossier_id).first()
    return moved(row) if row is not None else None


def file(*, filing: Filing, actor: Actor, at: dt.datetime, dossier_id: uuid.UUID) -> Dossier:
    """Write a filed dossier with its papers, history and event; for the commands of this room."""
    refuse_if(version_valid_on(filing.procedure_version_id, at.astimezone(VIETNAM).date()), ActNotPossible)
    row = row_of(filing, dossier_id, actor, at)
    facts = Facts(State.DRAFT, access.standing_of(viewer_of(actor), places_of(row)))
    refuse_act(may(Act.SUBMIT, facts))
    settle(row, State.SUBMITTED)
    row.save(force_insert=True)
    add_papers(row, filing.papers, kind=AttachmentKind.SUBMITTED, actor=actor, at=at)
    remember(
        row, act=Act.SUBMIT, actor=actor, party=party_that_acts(Act.SUBMIT, facts), at=at, before=State.DRAFT
    )
    tell(row, Act.SUBMIT, at)
    return row


def add_papers(
    row: Dossier,
    papers: tuple[Paper, ...],
    *,
    kind: AttachmentKind,
    actor: Actor,
    at: dt.datetime,
    replaces: Attachment | None = None,
) -> list[Attachment]:
    """Attach stored files to a dossier."""
    return Attachment.objects.bulk_create(
        [
            Attachment(
                dossier=row,
                kind=kind,
                required_document_id=paper.required_document_id,
                file_id=paper.file_id,
                name=paper.name,
                originals=paper.originals,
                copies=paper.copies,
                added_at=at,
                account_id=actor.account_id,
                replaces=replaces,
            )
            for paper in papers
        ]
    )


def _filed_before(dossier_id: uuid.UUID, filing: Filing) -> Dossier | None:
    row = Dossier.objects.filter(pk=dossier_id).first()
    asked = (filing.applicant.person_id, filing.applicant.entity_id)
    if row is not None and (row.applicant_id, row.applicant_entity_id) != asked:
        raise DossierNotFound
    return row


def row_of(filing: Filing, dossier_id: uuid.UUID, actor: Actor, at: dt.datetime) -> Dossier:
    """Return the unsaved row of what is filed at `at`; for the commands of this room."""
    terms = terms_of(filing.procedure_version_id)
    return Dossier(
        id=dossier_id,
        procedure_version_id=filing.procedure_version_id,
        case_id=filing.case_id,
        procedure_code=terms.code,
        procedure_name=terms.name,
        request=filing.request,
        channel=filing.channel,
        answers=dict(filing.answers),
        **parties.columns_of(
            filing, actor=actor, procedure_code=terms.code, on=at.astimezone(VIETNAM).date()
        ),
        intake_agency_id=filing.intake_agency_id,
        competent_agency_id=filing.competent_agency_id,
        return_agency_id=filing.return_agency_id,
        submitted_at=at,
        answer_due_at=timing.answer_due_at(agency_id=filing.intake_agency_id, at=at),
        moved_at=at,
        receipt_token=secrets.token_urlsafe(18),
        search_key=search_key(" ".join(_words(filing, terms.name))),
    )


def _words(filing: Filing, procedure: str) -> list[str]:
    """Return what a dossier is found by: who asks, for whom, what; an enterprise also by its code."""
    applicant, subject = filing.applicant, filing.subject
    words = [applicant.full_name, applicant.entity_number, procedure, filing.request]
    return [*words, subject.full_name] if subject and not subject.is_same_as(applicant) else words
