"""Signing and release with real keys: `dossiers` asks for a signer and a check, `signing` has them."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import partial

from vanlang.desk.queries.signatures import check_signature
from vanlang.documents.api import Sheet
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import ActNotAllowed, Moved
from vanlang.identity.api import Actor
from vanlang.kernel.errors import Refusal
from vanlang.signing import api as signing
from vanlang.signing.api import VisibleBox

BOX = "signer"
"""The place in a template that waits for the leader's visible signature."""


def sign_outcome(
    *, dossier_id: uuid.UUID, actor: Actor, at: dt.datetime, expected_version: int | None = None
) -> Moved:
    """
    Number and sign the approved outcome with the leader's own certificate; at the first time one is asked for.

    Raises: as dossiers.sign; AuthorityError when a first certificate cannot be had now.
    """
    if actor.appointment_id is None:
        raise ActNotAllowed("dossiers.act_not_for_role")
    credential_id = _credential_of(actor.appointment_id, actor=actor, at=at)
    return dossiers.sign(
        dossier_id=dossier_id,
        signer=partial(_sign, credential_id=credential_id, actor=actor, at=at),
        actor=actor,
        at=at,
        expected_version=expected_version,
    )


def release_outcome(
    *,
    dossier_id: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
    number: str = "",
    file_id: uuid.UUID | None = None,
    note: str = "",
    expected_version: int | None = None,
) -> Moved:
    """Issue the outcome after its signature was checked against the authorities."""
    return dossiers.release(
        dossier_id=dossier_id,
        check=partial(_check, at=at),
        number=number,
        file_id=file_id,
        note=note,
        actor=actor,
        at=at,
        expected_version=expected_version,
    )


def _credential_of(appointment_id: int, *, actor: Actor, at: dt.datetime) -> uuid.UUID:
    card = signing.find_credential_of_appointment(appointment_id)
    if card is None:
        card = signing.enrol_officer(appointment_id=appointment_id, actor=actor, at=at)
    return card.id


def _sign(sheet: Sheet, /, *, credential_id: uuid.UUID, actor: Actor, at: dt.datetime) -> bytes:
    return signing.sign_pdf(
        pdf=sheet.pdf,
        credential_id=credential_id,
        actor=actor,
        at=at,
        role="approve",
        reason="Ký ban hành kết quả giải quyết thủ tục hành chính",
        box=_visible(sheet),
        lock=True,
    ).content


def _visible(sheet: Sheet) -> VisibleBox | None:
    """Return the place that the template left, in signing's units (pages from 0)."""
    place = sheet.box(BOX)
    if place is None:
        return None
    return VisibleBox(place.page - 1, place.x1, place.y1, place.x2 - place.x1, place.y2 - place.y1)


def _check(pdf: bytes, /, *, at: dt.datetime) -> Refusal | None:
    return check_signature(pdf, at=at)
