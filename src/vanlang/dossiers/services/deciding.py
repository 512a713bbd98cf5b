from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from vanlang.documents.api import Sheet, SheetSigner, SignatureCheck
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.services import outcomes
from vanlang.dossiers.services.acting import Moved, complete, open_for, required_text
from vanlang.dossiers.services.handing import check_officer
from vanlang.dossiers.services.paper_copies import open_paper_copy
from vanlang.dossiers.services.registering import register_outcome
from vanlang.dossiers.types import AddressOf, Draft, Medium
from vanlang.identity.api import Actor, Role


@transaction.atomic
def propose(
    *,
    dossier_id: uuid.UUID,
    draft: Draft,
    actor: Actor,
    at: dt.datetime,
    to_appointment_id: int | None = None,
    address_of: AddressOf | None = None,
    note: str = "",
    expected_version: int | None = None,
) -> Moved:
    """
    Lay a draft outcome before the leader: one by name, or whoever leads the agency.

    `address_of` turns the outcome's public token into the address of the code printed on it.
    Raises: NotAcceptable("dossiers.officer_not_suitable"), ("dossiers.outcome_without_text").
    """
    opening = open_for(
        Act.PROPOSE, dossier_id=dossier_id, actor=actor, at=at, expected_version=expected_version
    )
    row = opening.row
    unit_id = _leader_unit(row, to_appointment_id, at)
    row.specialist_id = (
        actor.appointment_id
    )  # who prepared it, also in a colleague's place, may not agree to it
    outcomes.propose(row, draft, address_of=address_of, actor=actor, at=at)
    row.on_paper = draft.medium is Medium.PAPER
    return complete(
        opening, note=note.strip(), holder_id=to_appointment_id, holder_unit_id=unit_id, changed=("on_paper",)
    )


@transaction.atomic
def endorse(
    *,
    dossier_id: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
    to_appointment_id: int | None = None,
    note: str = "",
    expected_version: int | None = None,
) -> Moved:
    """Agree, and pass the draft on to the next leader that the process names."""
    opening = open_for(
        Act.ENDORSE, dossier_id=dossier_id, actor=actor, at=at, expected_version=expected_version
    )
    unit_id = _leader_unit(opening.row, to_appointment_id, at)
    return complete(
        opening, note=note.strip(), holder_id=to_appointment_id, holder_unit_id=unit_id, onward=True
    )


@transaction.atomic
def approve(
    *,
    dossier_id: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
    note: str = "",
    expected_version: int | None = None,
) -> Moved:
    """Agree to the draft outcome. An electronic one is signed next; one on paper goes to the clerk, signed with ink."""
    opening = open_for(
        Act.APPROVE, dossier_id=dossier_id, actor=actor, at=at, expected_version=expected_version
    )
    outcomes.approve(opening.row, actor=actor, at=at)
    holder_id = None if opening.row.on_paper else actor.appointment_id
    return complete(opening, note=note.strip(), holder_id=holder_id)


@transaction.atomic
def return_for_rework(
    *, dossier_id: uuid.UUID, reason: str, actor: Actor, at: dt.datetime, expected_version: int | None = None
) -> Moved:
    """
    Send the draft back to its specialist with a reason. The number of one that was signed is declared void.

    Raises: NotAcceptable("dossiers.reason_missing").
    """
    opening = open_for(
        Act.RETURN_FOR_REWORK, dossier_id=dossier_id, actor=actor, at=at, expected_version=expected_version
    )
    said = required_text(reason)
    outcomes.send_back(opening.row, reason=said, actor=actor, at=at)
    return complete(opening, note=said, holder_id=opening.row.specialist_id)


@transaction.atomic
def prepare_to_sign(
    *, dossier_id: uuid.UUID, actor: Actor, at: dt.datetime, expected_version: int | None = None
) -> Sheet:
    """
    Number the approved outcome and return the page to sign, for a key on a card, a phone or a service far away.

    No legal act yet: the dossier stays approved until `sign` brings the signed page.
    """
    opening = open_for(Act.SIGN, dossier_id=dossier_id, actor=actor, at=at, expected_version=expected_version)
    return outcomes.prepare_to_sign(opening.row, actor=actor, at=at)


@transaction.atomic
def sign(
    *,
    dossier_id: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
    signer: SheetSigner | bytes | None = None,
    expected_version: int | None = None,
) -> Moved:
    """
    Number and sign the approved outcome with the leader's own key in this house.

    `signer` puts another key in its place, or is the page itself when it was signed elsewhere after `prepare_to_sign`.
    Raises: ActNotPossible("dossiers.no_certificate"), ("dossiers.outcome_on_paper"); documents.OutcomeRefusedError when other bytes were signed.
    """
    opening = open_for(Act.SIGN, dossier_id=dossier_id, actor=actor, at=at, expected_version=expected_version)
    outcomes.sign(opening.row, signer=signer, actor=actor, at=at)
    return complete(opening)


@transaction.atomic
def release(
    *,
    dossier_id: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
    check: SignatureCheck | None = None,
    number: str = "",
    file_id: uuid.UUID | None = None,
    note: str = "",
    expected_version: int | None = None,
) -> Moved:
    """
    Issue the outcome: from now on it may be delivered, on time or late is decided, and its register is written.

    Electronic: its signature is verified (or `check` says why it does not hold). On paper: the number of its book, or `number`
    from a paper book, and `file_id` of its scan.
    Raises: NotAcceptable("dossiers.number_missing"); documents.OutcomeRefusedError with what the check found.
    """
    opening = open_for(
        Act.RELEASE, dossier_id=dossier_id, actor=actor, at=at, expected_version=expected_version
    )
    outcomes.release(opening.row, check=check, number=number, file_id=file_id, actor=actor, at=at)
    opening.row.released_at = at
    register_outcome(opening.row, actor=actor, at=at, reason=outcomes.why_corrected(opening.row))
    open_paper_copy(opening.row, at=at)
    return complete(opening, note=note.strip(), changed=("released_at", "delivered_at", "outcome_revoked"))


def _leader_unit(row: Dossier, appointment_id: int | None, at: dt.datetime) -> int | None:
    return None if appointment_id is None else check_officer(row, appointment_id, Role.LEADER, at)
