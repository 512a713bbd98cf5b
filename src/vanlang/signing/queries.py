from __future__ import annotations

import uuid
from datetime import datetime
from pathlib import Path

from asn1crypto import pem
from django.conf import settings

from vanlang.kernel.scope import Scope, acting
from vanlang.signing.errors import CredentialNotFoundError
from vanlang.signing.models import Credential, SignatureRecord, TrustRoot
from vanlang.signing.pdf.trust import Trust
from vanlang.signing.types import CredentialCard, CredentialKind, CredentialState, Level, SignatureCard


def get_credential(credential_id: uuid.UUID) -> CredentialCard:
    """Return a credential. Raises: CredentialNotFoundError."""
    return card_of(get_row(credential_id))


def find_credential_of_appointment(appointment_id: int) -> CredentialCard | None:
    """Return the active certificate of an officer's appointment, or None."""
    row = Credential.objects.filter(
        appointment_id=appointment_id, kind=CredentialKind.OFFICER, state=CredentialState.ACTIVE
    ).first()
    return card_of(row) if row else None


def find_seal_of_agency(agency_id: int) -> CredentialCard | None:
    """Return the active seal of an agency, or None."""
    row = Credential.objects.filter(
        agency_id=agency_id, kind=CredentialKind.AGENCY, state=CredentialState.ACTIVE
    ).first()
    return card_of(row) if row else None


def list_credentials(agency_id: int) -> list[CredentialCard]:
    """Return the credentials of an agency, newest first."""
    rows = Credential.objects.filter(agency_id=agency_id).order_by("-created_at", "-id")
    return [card_of(row) for row in rows]


def list_credentials_in_use(*, ends_before: datetime) -> list[CredentialCard]:
    """Return the active credentials of all agencies that end before an instant, the next to end first."""
    rows = Credential.objects.filter(state=CredentialState.ACTIVE, valid_to__lt=ends_before)
    return [card_of(row) for row in rows.order_by("valid_to")]


def list_signatures(file_sha256: str) -> list[SignatureCard]:
    """Return our records of the signatures that made exactly this file, oldest first."""
    rows = SignatureRecord.objects.filter(file_sha256=file_sha256).order_by("signed_at", "id")
    return [_signature_card(row) for row in rows]


def known_since(file_sha256: str) -> datetime | None:
    """Return when this very file left our hands signed, or None; anybody who has the file may ask."""
    with acting(Scope.system()):
        first = list_signatures(file_sha256)
    return first[0].signed_at if first else None


def trust() -> Trust:
    """Return the roots that we believe: the files of `SIGNING_TRUST_DIR` and the table."""
    blocks = [row.pem.encode() for row in TrustRoot.objects.order_by("id")]
    folder = getattr(settings, "SIGNING_TRUST_DIR", None)
    if folder is not None and Path(folder).is_dir():
        blocks += [path.read_bytes() for path in sorted(Path(folder).glob("*.pem"))]
    return Trust.of(blocks)


def get_row(credential_id: uuid.UUID) -> Credential:
    """Return the stored credential, for commands. Raises: CredentialNotFoundError."""
    row = Credential.objects.filter(pk=credential_id).first()
    if row is None:
        raise CredentialNotFoundError
    return row


def chain_of(row: Credential) -> tuple[bytes, ...]:
    """Return the certificates of a credential, DER, leaf first."""
    return tuple(raw for _, _, raw in pem.unarmor(row.chain.encode(), multiple=True))


def card_of(row: Credential) -> CredentialCard:
    """Return the credential as others may see it: without its key."""
    return CredentialCard(
        id=row.pk,
        kind=CredentialKind(row.kind),
        state=CredentialState(row.state),
        appointment_id=row.appointment_id,
        agency_id=row.agency_id,
        holder=row.holder,
        agency_name=row.agency_name,
        serial=row.serial,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _signature_card(row: SignatureRecord) -> SignatureCard:
    return SignatureCard(
        id=row.pk,
        file_sha256=row.file_sha256,
        credential_id=row.credential_id,
        appointment_id=row.appointment_id,
        agency_id=row.agency_id,
        certificate_serial=row.certificate_serial,
        signed_at=row.signed_at,
        role=row.role,
        page=row.page,
        rectangle=tuple(row.rectangle) if row.rectangle else None,
        level=Level(row.level),
        field=row.field,
    )
