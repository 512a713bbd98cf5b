"""
What the printed forms of a dossier say: facts for the templates of Circular 03/2025/TT-VPCP.

Each function takes an accessed dossier. A form is printed from what happened (its movement), so that it can be printed
again and says the same. Law: unverified
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from vanlang.calendars.api import limit_text
from vanlang.documents import api as papers
from vanlang.dossiers import labels
from vanlang.dossiers.cards import AttachmentCard
from vanlang.dossiers.errors import ActNotPossible
from vanlang.dossiers.models import Dossier, DueChange, Movement, SupplementRequest
from vanlang.dossiers.queries.history import attachment_cards, list_due_changes, list_movements
from vanlang.dossiers.queries.parties import subject_name_of
from vanlang.dossiers.queries.times import explanation_of, limit_of
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.lateness import Timeliness, timeliness
from vanlang.dossiers.rules.states import Party, State
from vanlang.dossiers.types import AddressOf, AttachmentKind, Channel, DueChangeKind, Form
from vanlang.identity.api import AppointmentCard, get_appointments
from vanlang.kernel.clock import VIETNAM
from vanlang.organizations.api import AgencyCard, UnitKind, find_unit, get_agency

NOT_YET_CODED = "Chưa cấp mã"


def form_data(row: Dossier, form: Form, *, at: dt.datetime, address_of: AddressOf) -> papers.PaperData:
    """
    Return the facts of a printed form.

    Raises: ActNotPossible("dossiers.form_not_yet") when what it tells has not happened.
    """
    match form:
        case Form.RECEIPT:
            return _receipt(row, address_of)
        case Form.SUPPLEMENT_REQUEST:
            return _supplement_request(row, address_of)
        case Form.REFUSAL:
            return _refusal(row)
        case Form.APOLOGY:
            return _apology(row)
        case Form.STOP:
            return _stop(row)
        case Form.CONTROL_SLIP:
            return _control_slip(row, at, address_of)


def _receipt(row: Dossier, address_of: AddressOf) -> papers.ReceiptForm:
    """Return the receipt of the last intake: after a second one, of what was handed in then, with the new appointment."""
    first = _first_receipt(row, address_of)
    again = Movement.objects.filter(dossier=row, act=Act.FULFIL_OBLIGATION).order_by("-number").first()
    if again is None:
        return first
    asked = _last(row, Act.CLOSE_PHASE)
    intake_agency_id = again.agency_id or row.intake_agency_id
    return replace(
        first,
        head=papers.head_of(_agency(intake_agency_id, again.at)),
        counter=_counter(intake_agency_id, again.at),
        documents=tuple(_line(card) for card in attachment_cards(row.pk) if card.added_at == again.at),
        received_at=again.at,
        due_at=again.due_at or first.due_at,
        due_explanation=None,
        officer_name=again.actor_name,
        again=papers.SecondIntake(
            phase=int(asked.facts["phase"]) + 1, owed=asked.note, first_received_at=first.received_at
        ),
    )


def _line(card: AttachmentCard) -> papers.DocumentLine:
    return papers.DocumentLine(
        name=card.name,
        originals=card.originals,
        copies=card.copies,
        electronic=int(not card.originals and not card.copies),
    )


def _first_receipt(row: Dossier, address_of: AddressOf) -> papers.ReceiptForm:
    received = _last(row, Act.RECEIVE)
    agency = _agency(row.intake_agency_id, received.at)
    returned = _agency(row.return_agency_id, received.at)
    explanation = explanation_of(row)
    assert row.received_at is not None and row.original_due_at is not None  # noqa: S101 - received
    return papers.ReceiptForm(
        head=papers.head_of(agency),
        dossier_code=row.code or NOT_YET_CODED,
        counter=_counter(row.intake_agency_id, received.at),
        applicant=_applicant(row),
        subject=_subject(row),
        submitter=_submitter(row),
        procedure_name=row.procedure_name,
        procedure_code=row.procedure_code,
        request=row.request or row.procedure_name,
        channel=labels.CHANNELS[Channel(row.channel)],
        documents=tuple(
            _line(card)
            for card in attachment_cards(row.pk)
            if card.kind in {AttachmentKind.SUBMITTED, AttachmentKind.SUPPLEMENT}
        ),
        time_limit=limit_text(limit_of(row)),
        received_at=row.received_at,
        due_at=row.original_due_at,
        due_explanation=" ".join(line.says for line in explanation.lines)
        if explanation and not _moved(row)
        else None,
        return_place=f"{returned.name}, {returned.address}" if returned.address else returned.name,
        officer_name=received.actor_name,
        tracking=papers.Qr(address_of(row.receipt_token)),
    )


def _supplement_request(row: Dossier, address_of: AddressOf) -> papers.SupplementForm:
    request = SupplementRequest.objects.filter(dossier=row).order_by("-number").first()
    if request is None:
        raise _not_yet(Form.SUPPLEMENT_REQUEST)
    asked_before_receipt = request.stage == State.SUBMITTED
    agency_id = row.intake_agency_id if asked_before_receipt else row.competent_agency_id
    officer = get_appointments([request.asked_by_id])[request.asked_by_id]
    items = list(request.items.order_by("position"))
    return papers.SupplementForm(
        head=papers.head_of(_agency(agency_id, request.asked_at)),
        dossier_code=row.code or NOT_YET_CODED,
        issued_on=_day(request.asked_at),
        applicant=_applicant(row),
        subject=_subject(row),
        submitter=_submitter(row),
        procedure_name=row.procedure_name,
        procedure_code=row.procedure_code,
        request=row.request or row.procedure_name,
        stage="Trước khi tiếp nhận" if asked_before_receipt else "Trong khi giải quyết",
        missing=tuple(papers.MissingLine(name=item.label, what_to_do=item.reason) for item in items),
        reason=request.note or "Hồ sơ chưa đầy đủ hoặc chưa hợp lệ theo thành phần hồ sơ của thủ tục.",
        answer_by=request.answer_by_on,
        clock_note=(
            "Thời hạn giải quyết được tính từ khi hồ sơ được tiếp nhận."
            if asked_before_receipt
            else "Thời gian chờ bổ sung không tính vào thời hạn giải quyết."
        ),
        contact=_contact(officer),
        signer=papers.Signer(title=officer.title.upper(), name=officer.name),
        tracking=papers.Qr(address_of(row.receipt_token)),
    )


def _refusal(row: Dossier) -> papers.RefusalForm:
    refused = _last(row, Act.REFUSE)
    return papers.RefusalForm(
        head=papers.head_of(_agency(row.intake_agency_id, refused.at)),
        dossier_code=row.code or NOT_YET_CODED,
        issued_on=_day(refused.at),
        submitted_at=row.submitted_at,
        counter=_counter(row.intake_agency_id, refused.at),
        applicant=_applicant(row),
        subject=_subject(row),
        submitter=_submitter(row),
        procedure_name=row.procedure_name,
        procedure_code=row.procedure_code,
        request=row.request or row.procedure_name,
        reasons=tuple(refused.facts["reasons"]),
        legal_ground=refused.facts.get("legal_ground") or None,
        guidance=refused.facts.get("guidance") or None,
        contact=_contact_of(refused),
        signer=_signer(refused),
    )


def _apology(row: Dossier) -> papers.ApologyForm:
    extended = _last(row, Act.EXTEND)
    changes = [change for change in list_due_changes(row.pk) if change.kind == DueChangeKind.EXTENDED]
    latest, earlier = changes[-1], changes[:-1]
    agency = _agency(row.competent_agency_id, extended.at)
    assert row.received_at is not None  # noqa: S101 - only what was received is extended
    return papers.ApologyForm(
        head=papers.head_of(agency),
        dossier_code=row.code or NOT_YET_CODED,
        issued_on=_day(extended.at),
        counter=_counter(row.return_agency_id, extended.at),
        applicant=_applicant(row),
        procedure_name=row.procedure_name,
        procedure_code=row.procedure_code,
        received_at=row.received_at,
        due_at=latest.from_due_at,
        new_due_at=latest.to_due_at,
        occasion=len(changes),
        responsible=agency.name,
        reason=latest.reason,
        contact=_contact_of(extended),
        signer=_signer(extended),
        history=_extensions(earlier),
    )


def _stop(row: Dossier) -> papers.StopForm:
    stopped = _last(row, Act.STOP)
    agency = _agency(row.competent_agency_id, stopped.at)
    assert row.received_at is not None  # noqa: S101 - only what was received is stopped
    return papers.StopForm(
        head=papers.head_of(agency),
        dossier_code=row.code or NOT_YET_CODED,
        issued_on=_day(stopped.at),
        stopped_on=_day(stopped.at),
        counter=_counter(row.return_agency_id, stopped.at),
        applicant=_applicant(row),
        procedure_name=row.procedure_name,
        procedure_code=row.procedure_code,
        received_at=row.received_at,
        responsible=agency.name,
        reason=stopped.note,
        legal_ground=stopped.facts.get("legal_ground") or None,
        guidance=stopped.facts.get("guidance") or None,
        contact=_contact_of(stopped),
        signer=_signer(stopped),
    )


def _control_slip(row: Dossier, at: dt.datetime, address_of: AddressOf) -> papers.ControlSlip:
    if row.received_at is None or row.due_at is None:
        raise _not_yet(Form.CONTROL_SLIP)
    agency = _agency(row.competent_agency_id, row.received_at)
    moves = [move for move in list_movements(row.pk) if move.number > 1]
    receivers = get_appointments({move.receiver_id for move in moves if move.receiver_id is not None})
    return papers.ControlSlip(
        head=papers.head_of(agency),
        dossier_code=row.code or NOT_YET_CODED,
        printed_at=at,
        applicant=_applicant(row),
        procedure_name=row.procedure_name,
        procedure_code=row.procedure_code,
        received_at=row.received_at,
        due_at=row.due_at,
        responsible=agency.name,
        hand_overs=tuple(_hand_over(move, receivers) for move in moves),
        tracking=papers.Qr(address_of(row.receipt_token)),
    )


def _hand_over(move: Movement, receivers: dict[int, AppointmentCard]) -> papers.HandOver:
    receiver = receivers.get(move.receiver_id) if move.receiver_id is not None else None
    how = timeliness(due_at=move.step_due_at, finished_at=move.at, at=move.at)
    return papers.HandOver(
        giver=move.actor_name or labels.PARTIES[Party(move.party)],
        receiver=receiver.name if receiver else labels.STATES[State(move.to_state)],
        at=move.at,
        timeliness="–" if how is Timeliness.NO_LIMIT else labels.TIMELINESS[how],
        note=". ".join(part for part in (labels.ACTS[Act(move.act)], move.note) if part),
    )


def _last(row: Dossier, act: Act) -> Movement:
    move = Movement.objects.filter(dossier=row, act=act).order_by("-number").first()
    if move is None:
        raise _not_yet(_FORM_OF[act])
    return move


_FORM_OF = {
    Act.RECEIVE: Form.RECEIPT,
    Act.CLOSE_PHASE: Form.RECEIPT,
    Act.REFUSE: Form.REFUSAL,
    Act.EXTEND: Form.APOLOGY,
    Act.STOP: Form.STOP,
}


def _not_yet(form: Form) -> ActNotPossible:
    return ActNotPossible("dossiers.form_not_yet", form_label=labels.FORMS[form].lower())


def _moved(row: Dossier) -> bool:
    """The receipt shows the first appointment: the explanation of a later one does not belong on it."""
    return row.due_at != row.original_due_at or row.paused_at is not None


def _agency(agency_id: int, at: dt.datetime) -> AgencyCard:
    return get_agency(agency_id, _day(at))


def _counter(agency_id: int, at: dt.datetime) -> str:
    unit = find_unit(agency_id, UnitKind.COUNTER, _day(at))
    agency = _agency(agency_id, at)
    return f"{unit.name}, {agency.name}" if unit else agency.name


def _subject(row: Dossier) -> papers.Party | None:
    """Return the owner of the dossier when it is not the applicant: forms name both."""
    if not subject_name_of(row):
        return None
    return papers.Party(
        full_name=row.subject_name, id_number=row.subject_number or None, address=row.subject_address or None
    )


def _submitter(row: Dossier) -> papers.Party | None:
    """Return who handed it in for the applicant, when they did not come themselves."""
    if row.agent_id is None:
        return None
    return papers.Party(
        full_name=row.agent_name, id_number=row.agent_number or None, phone=row.agent_phone or None
    )


def _applicant(row: Dossier) -> papers.Party:
    return papers.Party(
        full_name=row.applicant_name,
        id_number=row.applicant_personal_id or row.applicant_entity_number or None,
        address=row.applicant_address or None,
        phone=row.applicant_phone or None,
        email=row.applicant_email or None,
        salutation="Quý tổ chức" if row.applicant_entity_id else "Ông/Bà",
    )


def _contact(officer: AppointmentCard) -> papers.Contact:
    return papers.Contact(name=officer.name, place=officer.unit_name)


def _contact_of(move: Movement) -> papers.Contact:
    return papers.Contact(name=move.actor_name, place=move.actor_title)


def _signer(move: Movement) -> papers.Signer:
    return papers.Signer(title=move.actor_title.upper(), name=move.actor_name)


def _extensions(changes: Sequence[DueChange]) -> tuple[papers.ExtensionLine, ...]:
    return tuple(
        papers.ExtensionLine(from_at=change.from_due_at, to_at=change.to_due_at, reason=change.reason)
        for change in changes
    )


def _day(at: dt.datetime) -> dt.date:
    return at.astimezone(VIETNAM).date()
