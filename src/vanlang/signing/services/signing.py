from __future__ import annotations

import hashlib
import uuid
from datetime import datetime
from functools import lru_cache

from django.db import transaction

from vanlang.audit.api import record_act
from vanlang.identity.api import Actor
from vanlang.kernel.errors import refuse_if
from vanlang.signing import ports, queries
from vanlang.signing.errors import CredentialNotFoundError, CredentialUnusableError, MayNotSignError
from vanlang.signing.models import Credential, SignatureRecord
from vanlang.signing.pdf.sign import Order, Signed, Signer, sign
from vanlang.signing.rules import authority
from vanlang.signing.types import CredentialKind, Level, SignedPdf, SignerKind, VisibleBox
from vanlang.signing.xml.sign import sign as sign_as_xml


def sign_pdf(
    *,
    pdf: bytes,
    credential_id: uuid.UUID,
    actor: Actor,
    at: datetime,
    role: str,
    reason: str = "",
    location: str = "",
    box: VisibleBox | None = None,
    field: str | None = None,
    lock: bool = False,
) -> SignedPdf:
    """
    Sign a file as its leader or seal it as its agency, and remember having done so.

    `role` says what the signature stands for in the caller's act ("approve", "seal", "copy"). `field` fills a signature field that
    the file already has; otherwise a new one is made at `box`, or without a visible mark. `lock` allows nothing after this
    signature: give it to the last one. With a time-stamp authority configured and awake the level is B-T.

    Raises: CredentialNotFoundError, MayNotSignError, CredentialUnusableError, UnreadablePdfError, UnsignablePdfError, KeyStoreError.
    """
    row = queries.get_row(credential_id)
    card = queries.card_of(row)
    refuse_if(authority.may_use(card, actor), MayNotSignError)
    refuse_if(authority.is_usable(card, at), CredentialUnusableError)
    stamps = ports.outside().timestamps
    signed = sign(
        pdf,
        _signer_for(row),
        Order(at=at, reason=reason, location=location, box=box, field=field, lock=lock),
        time_stamp=(lambda digest: stamps.stamp(digest, at=at)) if stamps is not None else None,
    )
    digest = hashlib.sha256(signed.content).hexdigest()
    _remember(row, signed, digest, actor=actor, at=at, role=role, box=box)
    return SignedPdf(signed.content, digest, signed.level, at, row.serial, signed.field)


def seal_xml(*, xml: bytes, agency_id: int, actor: Actor, at: datetime, role: str) -> bytes:
    """
    Seal an XML document as an agency, and remember having done so: its clerk, or, for what needs no hand, the house.

    Raises: CredentialNotFoundError without a seal, MayNotSignError, CredentialUnusableError, UnreadableXmlError, KeyStoreError.
    """
    card = queries.find_seal_of_agency(agency_id)
    if card is None:
        raise CredentialNotFoundError
    allowed = (
        authority.may_use(card, actor) if actor.is_officer else authority.may_seal_unattended(card, role)
    )
    refuse_if(allowed, MayNotSignError)
    refuse_if(authority.is_usable(card, at), CredentialUnusableError)
    row = queries.get_row(card.id)
    content = sign_as_xml(xml, _signer_for(row).key, queries.chain_of(row), at=at, name="seal")
    digest = hashlib.sha256(content).hexdigest()
    _remember(row, Signed(content, Level.B_B, "seal"), digest, actor=actor, at=at, role=role, box=None)
    return content


@transaction.atomic
def _remember(
    row: Credential,
    signed: Signed,
    digest: str,
    *,
    actor: Actor,
    at: datetime,
    role: str,
    box: VisibleBox | None,
) -> None:
    record = SignatureRecord(
        credential=row,
        agency_id=row.agency_id,
        appointment_id=actor.appointment_id,
        file_sha256=digest,
        certificate_serial=row.serial,
        signed_at=at,
        role=role,
        field=signed.field,
        level=signed.level,
        page=box.page if box else None,
        rectangle=list(box.rectangle) if box else None,
    )
    record.save(force_insert=True)
    record_act(
        act="signing.sign",
        actor=actor,
        object_type="signature",
        object_id=record.pk,
        at=at,
        facts={"file": digest, "serial": row.serial, "role": role, "level": signed.level.value},
    )


def _signer_for(row: Credential) -> Signer:
    return _opened(
        row.pk, bytes(row.key), queries.chain_of(row), row.kind, row.holder, row.title, row.agency_name
    )


@lru_cache(maxsize=64)
def _opened(
    owner: uuid.UUID,
    handle: bytes,
    chain: tuple[bytes, ...],
    kind: str,
    holder: str,
    title: str,
    agency: str,
) -> Signer:
    """Open a key once and keep it: opening costs what many signatures cost."""
    key = ports.outside().keys.open(handle, owner=str(owner))
    speaks = SignerKind.SEAL if kind == CredentialKind.AGENCY else SignerKind.PERSON
    return Signer.of(key, chain, kind=speaks, name=holder, title=title, agency=agency)
