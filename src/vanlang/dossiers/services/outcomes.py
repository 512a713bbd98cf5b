"""
What the dossier's acts do to its outcome. The only room of this app that writes to `documents`.

An electronic outcome is an `OutcomeDocument`: drafted there when it is proposed, numbered and signed in one act by
the leader, put in force by the clerk after its signature was checked. An outcome on paper has only its number here.
Papers know no keys: what signs and what checks comes from `signing`, here, where the two meet.
"""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from dataclasses import replace

from vanlang.documents import api as documents
from vanlang.documents.api import OutcomeState, SheetSigner, SignatureCheck
from vanlang.dossiers.errors import ActNotPossible, NotAcceptable
from vanlang.dossiers.events import OutcomeReplaced
from vanlang.dossiers.models import Dossier, Outcome, Rectification
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.services.remembering import facts_of_event
from vanlang.dossiers.types import AddressOf, Draft, Medium
from vanlang.identity.api import Actor
from vanlang.kernel import events
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.errors import Refusal
from vanlang.signing import api as signing

KEPT = "Giữ nguyên kết quả đã phát hành"
"""Reason under which the register keeps a number that a correction took and did not need."""

_UNDECIDED = ("approved_by", "approved_at", "signed_by", "signed_at", "file", "number")


def propose(
    row: Dossier, draft: Draft, *, address_of: AddressOf | None, actor: Actor, at: dt.datetime
) -> None:
    """
    Write the draft outcome of a dossier; after rework, write it anew.

    With `address_of`, the code that proves it is printed on it from the first draft on.
    Raises: NotAcceptable("dossiers.outcome_without_text") for an electronic one without text or book.
    """
    if draft.medium is Medium.ELECTRONIC and (draft.data is None or not draft.book_kind):
        raise NotAcceptable("dossiers.outcome_without_text")
    assert actor.appointment_id is not None  # noqa: S101 - the table lets only officers propose
    known = _find(row)
    outcome = known or Outcome(dossier=row, edition=_edition(row), token=secrets.token_urlsafe(18))
    if draft.data is not None and draft.data.verification is None and address_of is not None:
        proof = documents.Qr(address_of(outcome.token))
        draft = replace(draft, data=replace(draft.data, verification=proof))
    document_id = _write_document(row, known, draft, actor, at)
    outcome.kind, outcome.medium, outcome.title = draft.kind, draft.medium, draft.title
    outcome.summary, outcome.book_kind = dict(draft.summary), draft.book_kind
    outcome.document_id, outcome.expires_on = document_id, draft.expires_on
    outcome.number = draft.number if draft.medium is Medium.PAPER else outcome.number
    outcome.proposed_by_id, outcome.proposed_at = actor.appointment_id, at
    outcome.save(force_insert=known is None)


def approve(row: Dossier, *, actor: Actor, at: dt.datetime) -> None:
    """Note who agreed."""
    changed = Outcome.objects.filter(dossier=row, edition=_edition(row)).update(
        approved_by_id=actor.appointment_id, approved_at=at
    )
    if not changed:
        raise ActNotPossible("dossiers.outcome_missing")


def send_back(row: Dossier, *, reason: str, actor: Actor, at: dt.datetime) -> None:
    """Undo approval and signature of an outcome that is to be worked on again."""
    outcome = outcome_of(row)
    _void_number(outcome, reason, actor, at)
    outcome.approved_by_id = outcome.approved_at = outcome.signed_by_id = outcome.signed_at = None
    outcome.file_id, outcome.number = None, ""
    outcome.save(update_fields=[*_UNDECIDED, "document"])


def give_up(row: Dossier, *, reason: str, actor: Actor, at: dt.datetime) -> None:
    """Leave the outcome of a dossier that ends without one: a number that it was given is void."""
    outcome = _find(row) if row.state in _DECIDED else None
    if outcome is not None:
        _void_number(outcome, reason, actor, at)
        outcome.save(update_fields=["document"])


_DECIDED = frozenset({State.APPROVED, State.SIGNED})


def _void_number(outcome: Outcome, reason: str, actor: Actor, at: dt.datetime) -> None:
    """Declare a number that was given void with the reason: it stays in the register and is not given again."""
    if outcome.document_id is None:
        return
    card = documents.get_outcome(outcome.document_id)
    if card.state in {OutcomeState.NUMBERED, OutcomeState.SIGNED}:
        documents.void_outcome(outcome_id=outcome.document_id, reason=reason[:300], actor=actor, at=at)
        outcome.document_id = None


def prepare_to_sign(row: Dossier, *, actor: Actor, at: dt.datetime) -> documents.Sheet:
    """Number the outcome and return the page to be signed, for a key that is not in this house."""
    return documents.number_outcome(outcome_id=_document_of(outcome_of(row)), actor=actor, at=at)


def sign(row: Dossier, *, signer: SheetSigner | bytes | None, actor: Actor, at: dt.datetime) -> None:
    """Number and sign in one act, or take the page that was signed elsewhere."""
    outcome = outcome_of(row)
    document_id = _document_of(outcome)
    if isinstance(signer, bytes):
        card = documents.attach_signed(outcome_id=document_id, content=signer, actor=actor, at=at)
    else:
        by = signer or signer_of(actor, at)
        card = documents.sign_outcome(outcome_id=document_id, signer=by, actor=actor, at=at)
    outcome.signed_by_id, outcome.signed_at = actor.appointment_id, at
    outcome.file_id, outcome.number = card.file_id, card.symbol
    outcome.save(update_fields=["signed_by", "signed_at", "file", "number"])


def signer_of(actor: Actor, at: dt.datetime) -> SheetSigner:
    """
    Return what signs a page with the officer's own key in this house, the mark where the template left room for it.

    Raises: ActNotPossible("dossiers.no_certificate").
    """
    credential = (
        signing.find_credential_of_appointment(actor.appointment_id)
        if actor.appointment_id is not None
        else None
    )
    if credential is None:
        raise ActNotPossible("dossiers.no_certificate")
    credential_id = credential.id

    def sign_sheet(sheet: documents.Sheet) -> bytes:
        place = sheet.box("signer")
        box = (
            signing.VisibleBox.between(place.page, place.x1, place.y1, place.x2, place.y2) if place else None
        )
        return signing.sign_pdf(
            pdf=sheet.pdf, credential_id=credential_id, actor=actor, at=at, role="approve", box=box
        ).content

    return sign_sheet


def check_at(at: dt.datetime) -> SignatureCheck:
    """Return the check of an outcome before it is put in force: intact, trusted, neither expired nor revoked."""

    def check(pdf: bytes) -> Refusal | None:
        verdict = signing.verify_pdf(pdf, at=at)
        if verdict.is_valid:
            return None
        return Refusal(
            "dossiers.signature_not_valid", {"validity": signing.VALIDITY_NAMES[verdict.validity].lower()}
        )

    return check


def release(
    row: Dossier,
    *,
    check: SignatureCheck | None,
    number: str,
    file_id: uuid.UUID | None,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """
    Put the outcome in force: electronic after its signature was checked, on paper with the next number of its book.

    Raises: NotAcceptable("dossiers.number_missing"), ("dossiers.expired_before_issue"); documents.OutcomeRefusedError with what the check found.
    """
    outcome = outcome_of(row)
    if outcome.expires_on is not None and at.astimezone(VIETNAM).date() >= outcome.expires_on:
        raise NotAcceptable("dossiers.expired_before_issue", expires_on=outcome.expires_on)
    if outcome.medium == Medium.ELECTRONIC:
        documents.release_outcome(
            outcome_id=_document_of(outcome), check=check or check_at(at), actor=actor, at=at
        )
    else:
        outcome.number = number.strip() or outcome.number or _next_number(row, outcome, at)
        outcome.file_id = file_id
    outcome.released_at = at
    outcome.save(update_fields=["released_at", "number", "file"])
    if row.reopened_at is not None:
        _replace(row, outcome, at)
        row.delivered_at = None  # the corrected one is to be handed over again
    row.outcome_revoked = False


def _replace(row: Dossier, outcome: Outcome, at: dt.datetime) -> None:
    """Put a corrected outcome in the place of the issued one, which stays and says so."""
    former = issued_of(row, before=outcome.edition)
    former.replaced_at, former.replaced_by = at, outcome
    former.save(update_fields=["replaced_at", "replaced_by"])
    Rectification.objects.filter(dossier=row, ended_at__isnull=True).update(ended_at=at, outcome=outcome)
    events.publish(
        OutcomeReplaced(outcome_id=former.pk, replaced_by_id=outcome.pk, **facts_of_event(row, at))
    )


def why_corrected(row: Dossier) -> str:
    """Return why the outcome of a dossier is being corrected; empty when it is not."""
    if row.reopened_at is None:
        return ""
    return Rectification.objects.get(dossier=row, number=row.corrections).reason


def leave_as_issued(row: Dossier, *, actor: Actor, at: dt.datetime) -> None:
    """End a correction without another outcome; a draft of one is left behind, a number of it is void."""
    give_up(row, reason=KEPT, actor=actor, at=at)
    Rectification.objects.filter(dossier=row, ended_at__isnull=True).update(ended_at=at)
    row.on_paper = issued_of(row).medium == Medium.PAPER


def revoke(
    outcome: Outcome, *, reason: str, number: str, revoked_on: dt.date, actor: Actor, at: dt.datetime
) -> None:
    """Write by which decision an issued outcome is out of force."""
    outcome.revoked_on, outcome.revoked_at, outcome.revoked_by_id = revoked_on, at, actor.appointment_id
    outcome.revoked_why, outcome.revocation_number = reason, number
    outcome.save(update_fields=["revoked_on", "revoked_at", "revoked_by", "revoked_why", "revocation_number"])


def issued_of(row: Dossier, *, before: int | None = None) -> Outcome:
    """
    Return the outcome of a dossier that was issued last.

    Raises: ActNotPossible("dossiers.outcome_missing").
    """
    issued = Outcome.objects.filter(dossier=row, released_at__isnull=False)
    if before is not None:
        issued = issued.filter(edition__lt=before)
    outcome = issued.order_by("-edition").first()
    if outcome is None:
        raise ActNotPossible("dossiers.outcome_missing")
    return outcome


def outcome_of(row: Dossier) -> Outcome:
    """
    Return the outcome of a dossier.

    Raises: ActNotPossible("dossiers.outcome_missing").
    """
    outcome = _find(row)
    if outcome is None:
        raise ActNotPossible("dossiers.outcome_missing")
    return outcome


def _find(row: Dossier) -> Outcome | None:
    return next(iter(Outcome.objects.filter(dossier=row, edition=_edition(row))), None)


def _edition(row: Dossier) -> int:
    """Return which outcome is being worked on: the first, or that of the present correction."""
    return row.corrections + 1


def _document_of(outcome: Outcome) -> uuid.UUID:
    if outcome.document_id is None:
        raise ActNotPossible("dossiers.outcome_on_paper")
    return outcome.document_id


def _write_document(
    row: Dossier, outcome: Outcome | None, draft: Draft, actor: Actor, at: dt.datetime
) -> uuid.UUID | None:
    if draft.medium is Medium.PAPER or draft.data is None:
        return None
    known = outcome.document_id if outcome else None
    if known is not None and outcome is not None and outcome.book_kind == draft.book_kind:
        documents.revise_outcome(
            outcome_id=known,
            title=draft.title,
            data=draft.data,
            base_file_id=draft.base_file_id,
            actor=actor,
            at=at,
        )
        return known
    card = documents.draft_outcome(
        agency_id=row.competent_agency_id,
        book_kind=draft.book_kind,
        unit_mark=draft.unit_mark,
        title=draft.title,
        data=draft.data,
        base_file_id=draft.base_file_id,
        actor=actor,
        at=at,
    )
    return card.id


def _next_number(row: Dossier, outcome: Outcome, at: dt.datetime) -> str:
    if not outcome.book_kind:
        raise NotAcceptable("dossiers.number_missing")
    taken = documents.take_number(
        agency_id=row.competent_agency_id,
        book_kind=outcome.book_kind,
        on=at.astimezone(VIETNAM).date(),
        at=at,
        title=outcome.title,
    )
    return taken.symbol
