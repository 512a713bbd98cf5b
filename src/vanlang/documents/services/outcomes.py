"""
The acts on an outcome, from draft to release. See docs/adr/0008 for their order.

    draft_outcome → (revise_outcome) → sign_outcome → release_outcome
                                     ↘ number_outcome → attach_signed ↗     when the signer's key is elsewhere
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from vanlang.audit.api import ActorRef, record_act
from vanlang.documents.errors import OutcomeRefusedError
from vanlang.documents.events import OutcomeReleased
from vanlang.documents.models import OutcomeDocument, RegisterEntry
from vanlang.documents.ports import SheetSigner, SignatureCheck
from vanlang.documents.queries import access_outcome, base_of, card_of
from vanlang.documents.rules import outcomes as rules
from vanlang.documents.rules.numbering import may_number
from vanlang.documents.services.numbers import take_number
from vanlang.documents.types import OutcomeAct, OutcomeCard, OutcomeData, OutcomeState, Qr, Sheet
from vanlang.documents.typesetting import as_json, compose, join, plain, typeset
from vanlang.files import api as files
from vanlang.kernel import events
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.errors import refuse_if
from vanlang.kernel.ids import new_id
from vanlang.organizations import api as organizations
from vanlang.registers.api import CodeStatement, seal_code


@transaction.atomic
def draft_outcome(
    *,
    agency_id: int,
    book_kind: str,
    title: str,
    data: OutcomeData,
    actor: ActorRef,
    at: datetime,
    outcome_id: UUID | None = None,
    unit_mark: str = "",
    base_file_id: UUID | None = None,
) -> OutcomeCard:
    """
    Write a draft: the facts of the document, without number and day. Give `outcome_id` to print a link to it.

    `base_file_id` is the PDF that it is joined with: a scan to certify, a letter that was finished in Word.

    The template is set once here, so that a draft that cannot be printed is refused now and not at the signature.
    Raises: NumberRefusedError for a book kind that cannot be; TemplateBrokenError.
    """
    today = at.astimezone(VIETNAM).date()
    refuse_if(may_number(kind=book_kind, on=today, today=today), OutcomeRefusedError)
    row = OutcomeDocument(
        id=outcome_id or new_id(),
        agency_id=agency_id,
        book_kind=book_kind,
        unit_mark=unit_mark,
        template=data.template,
        title=title,
        data=_facts(data),
        state=OutcomeState.DRAFT,
        base_file_id=base_file_id,
        created_at=at,
    )
    typeset(row.template, row.data, agency_code=_agency_code(row, at), archival=False)
    row.save(force_insert=True)
    _record("documents.draft", row, actor, at)
    return card_of(row)


@transaction.atomic
def revise_outcome(
    *,
    outcome_id: UUID,
    title: str,
    data: OutcomeData,
    actor: ActorRef,
    at: datetime,
    base_file_id: UUID | None = None,
) -> OutcomeCard:
    """Replace the text of a draft. Raises: OutcomeRefusedError once it is numbered; TemplateBrokenError."""
    row = _step(outcome_id, OutcomeAct.REVISE)
    row.title, row.template, row.data, row.base_file_id = title, data.template, _facts(data), base_file_id
    typeset(row.template, row.data, agency_code=_agency_code(row, at), archival=False)
    row.save(update_fields=["title", "template", "data", "base_file", "state"])
    _record("documents.revise", row, actor, at)
    return card_of(row)


@transaction.atomic
def sign_outcome(*, outcome_id: UUID, signer: SheetSigner, actor: ActorRef, at: datetime) -> OutcomeCard:
    """
    Number, set, sign and keep an outcome in one act: all of it happens, or none.

    `signer` holds the book while it signs, so it must answer at once (a key of this house). For a card, a token or
    a service far away use `number_outcome` and `attach_signed`.
    Raises: OutcomeRefusedError; NumberRefusedError; TemplateBrokenError; whatever `signer` raises.
    """
    row = _step(outcome_id, OutcomeAct.NUMBER)
    sheet = _number(row, at)
    _keep_signed(row, sheet.pdf, signer(sheet), at)
    row.save(force_update=True)
    _record("documents.sign", row, actor, at)
    return card_of(row)


@transaction.atomic
def number_outcome(*, outcome_id: UUID, actor: ActorRef, at: datetime) -> Sheet:
    """
    Fix number, day and text, keep the PDF that is to be signed, and return it with its signature places.

    The number now belongs to this outcome for ever: signed later, or void with a reason.
    Raises: OutcomeRefusedError; NumberRefusedError; TemplateBrokenError.
    """
    row = _step(outcome_id, OutcomeAct.NUMBER)
    sheet = _number(row, at)
    row.file_id = _store(row, sheet.pdf, at)
    row.save(force_update=True)
    _record("documents.number", row, actor, at)
    return sheet


@transaction.atomic
def attach_signed(*, outcome_id: UUID, content: bytes, actor: ActorRef, at: datetime) -> OutcomeCard:
    """
    Take the signed PDF of a numbered outcome. What was numbered must be, byte for byte, what was signed.

    Raises: OutcomeRefusedError.
    """
    row = _step(outcome_id, OutcomeAct.ATTACH_SIGNED)
    if row.file_id is None:
        raise OutcomeRefusedError(state=row.state, act=OutcomeAct.ATTACH_SIGNED)
    _keep_signed(row, files.read(row.file_id), content, at)
    row.save(force_update=True)
    _record("documents.sign", row, actor, at)
    return card_of(row)


@transaction.atomic
def release_outcome(*, outcome_id: UUID, check: SignatureCheck, actor: ActorRef, at: datetime) -> OutcomeCard:
    """
    Put a signed outcome in force after `check` of its signature; it may be delivered from now on.

    Raises: OutcomeRefusedError with the code that `check` gave.
    """
    row = _step(outcome_id, OutcomeAct.RELEASE)
    if row.file_id is None:
        raise OutcomeRefusedError(state=row.state, act=OutcomeAct.RELEASE)
    refuse_if(check(files.read(row.file_id)), OutcomeRefusedError)
    row.released_at = at
    row.save(update_fields=["state", "released_at"])
    _record("documents.release", row, actor, at)
    events.publish(OutcomeReleased(at=at, outcome_id=row.pk, agency_id=row.agency_id))
    return card_of(row)


@transaction.atomic
def void_outcome(*, outcome_id: UUID, reason: str, actor: ActorRef, at: datetime) -> OutcomeCard:
    """Declare a numbered outcome void: its number stays in the register with the reason, and is not given again."""
    row = _step(outcome_id, OutcomeAct.VOID)
    RegisterEntry.objects.filter(outcome=row).update(voided_at=at, void_reason=reason)
    row.save(update_fields=["state"])
    _record("documents.void", row, actor, at)
    return card_of(row)


def _step(outcome_id: UUID, act: OutcomeAct) -> OutcomeDocument:
    """Lock the outcome and move it; the caller saves it with what the act brings."""
    row = access_outcome(outcome_id, for_update=True)
    state = OutcomeState(row.state)
    refuse_if(rules.may(state, act), OutcomeRefusedError)
    row.state = rules.TRANSITIONS[state, act]
    return row


def _number(row: OutcomeDocument, at: datetime) -> Sheet:
    on = at.astimezone(VIETNAM).date()
    taken = take_number(
        agency_id=row.agency_id,
        book_kind=row.book_kind,
        on=on,
        at=at,
        unit_mark=row.unit_mark,
        title=row.title,
        signer=str(row.data["signer"]["name"]),
        recipients=tuple(row.data.get("recipients", ())),
    )
    row.entry_id, row.symbol, row.issued_on = taken.entry_id, taken.symbol, on
    row.data |= {"number": taken.symbol, "issued_on": on.isoformat()}
    row.data |= _verification(row, at)
    sheet = compose(row.template, row.data, agency_code=_agency_code(row, at))
    return join(row.template, base_of(row), sheet)


def _verification(row: OutcomeDocument, at: datetime) -> dict[str, object]:
    """Return the address printed as a code, with what can be checked of it without a network after its `#`."""
    printed = row.data.get("verification")
    if not printed or row.issued_on is None:
        return {}
    facts = {name: value for name, value in row.data.items() if name != "verification"}
    statement = CodeStatement(
        agency_code=_agency_code(row, at),
        number=row.symbol,
        issued_on=row.issued_on,
        title=row.title,
        facts_sha256=sha256(as_json(facts).encode()).hexdigest(),
    )
    address = str(printed["text"]).partition("#")[0]
    return {"verification": plain(Qr(f"{address}#{seal_code(statement, at=at)}"))}


def _keep_signed(row: OutcomeDocument, prepared: bytes, signed: bytes, at: datetime) -> None:
    refuse_if(rules.continues(prepared, signed), OutcomeRefusedError)
    row.file_id = _store(row, signed, at)
    row.state = OutcomeState.SIGNED
    row.signed_at = at


def _store(row: OutcomeDocument, pdf: bytes, at: datetime) -> UUID:
    return files.store(content=pdf, name=f"{row.title}.pdf", at=at, policy=files.PDF_ONLY).id


def _facts(data: OutcomeData) -> dict[str, object]:
    facts = plain(data)
    if not isinstance(facts, dict):
        msg = "an outcome's facts are a record"
        raise TypeError(msg)
    return {**facts, "number": None, "issued_on": None}


def _agency_code(row: OutcomeDocument, at: datetime) -> str:
    return organizations.get_agency(row.agency_id, at.astimezone(VIETNAM).date()).code


def _record(act: str, row: OutcomeDocument, actor: ActorRef, at: datetime) -> None:
    facts = {"state": str(row.state), "book": row.book_kind}
    record_act(act=act, actor=actor, object_type="documents.outcome", object_id=row.pk, at=at, facts=facts)
