"""Certificates come and go: enrolment of officers and agencies, revocation, the roots that we believe."""

from __future__ import annotations

import uuid
from datetime import datetime

from asn1crypto import csr, keys, pem, x509
from django.db import IntegrityError, transaction

from vanlang.audit.api import ActorRef, record_act
from vanlang.identity.api import AppointmentError, get_appointments
from vanlang.kernel.ids import new_id
from vanlang.organizations.api import get_agency
from vanlang.signing import ports, queries
from vanlang.signing.errors import AuthorityError, CredentialExistsError
from vanlang.signing.models import Credential, TrustRoot
from vanlang.signing.pdf.trust import certificates
from vanlang.signing.ports import CertificateSubject, SigningKey
from vanlang.signing.types import CredentialCard, CredentialKind, CredentialState


def enrol_officer(*, appointment_id: int, actor: ActorRef, at: datetime) -> CredentialCard:
    """
    Make a key for an officer's appointment and have it certified.

    Raises: CredentialExistsError, AuthorityError, KeyStoreError.
    """
    appointment = get_appointments([appointment_id]).get(appointment_id)
    if appointment is None:
        raise AppointmentError
    agency = get_agency(appointment.agency_id, at.date())
    subject = CertificateSubject(
        kind=CredentialKind.OFFICER.value,
        name=appointment.name,
        title=appointment.title,
        unit=appointment.unit_name,
        agency=agency.name,
        identifier=f"{agency.code}/{appointment.id}",
    )
    row = Credential(kind=CredentialKind.OFFICER, appointment_id=appointment_id, agency_id=agency.id)
    return _enrol(row, subject, actor=actor, at=at)


def enrol_agency(*, agency_id: int, actor: ActorRef, at: datetime) -> CredentialCard:
    """
    Make a key for an agency's seal and have it certified.

    Raises: CredentialExistsError, AuthorityError, KeyStoreError.
    """
    agency = get_agency(agency_id, at.date())
    subject = CertificateSubject(
        kind=CredentialKind.AGENCY.value, name=agency.name, agency=agency.name, identifier=agency.code
    )
    row = Credential(kind=CredentialKind.AGENCY, agency_id=agency.id)
    return _enrol(row, subject, actor=actor, at=at)


def _enrol(row: Credential, subject: CertificateSubject, *, actor: ActorRef, at: datetime) -> CredentialCard:
    """Fill `row` with a new key and its certificate, and store it."""
    outside = ports.outside()
    if outside.authority is None:
        raise AuthorityError(retryable=False, code="signing.no_authority")
    if _has_active(row):
        raise CredentialExistsError
    row.pk = new_id()
    row.key = outside.keys.generate(owner=str(row.pk))
    key = outside.keys.open(row.key, owner=str(row.pk))
    chain = outside.authority.enrol(_request(key, subject), subject)
    leaf = _leaf_of(chain, key)
    row.state = CredentialState.ACTIVE
    row.holder, row.title, row.agency_name = subject.name, subject.title, subject.agency
    row.chain = "".join(pem.armor("CERTIFICATE", one).decode() for one in chain)
    row.serial = f"{leaf.serial_number:x}"
    row.subject = leaf.subject.human_friendly
    row.valid_from, row.valid_to, row.created_at = leaf.not_valid_before, leaf.not_valid_after, at
    _store(row, actor=actor, at=at)
    return queries.card_of(row)


def _has_active(row: Credential) -> bool:
    """Say whether the holder of `row` can sign already: asked before the authority is, decided by the database."""
    active = Credential.objects.filter(kind=row.kind, state=CredentialState.ACTIVE)
    if row.appointment_id is not None:
        return active.filter(appointment_id=row.appointment_id).exists()
    return active.filter(agency_id=row.agency_id).exists()


@transaction.atomic
def _store(row: Credential, *, actor: ActorRef, at: datetime) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as raced:
        raise CredentialExistsError from raced
    record_act(
        act="signing.enrol",
        actor=actor,
        object_type="credential",
        object_id=row.pk,
        at=at,
        facts={"kind": row.kind, "serial": row.serial, "agency": row.agency_id},
    )


def _request(key: SigningKey, subject: CertificateSubject) -> bytes:
    """Return a PKCS#10 request that proves possession of `key`; works with any key that can only sign."""
    info = csr.CertificationRequestInfo(
        {
            "version": "v1",
            "subject": x509.Name.build({"country_name": "VN", "common_name": subject.name[:64]}),
            "subject_pk_info": keys.PublicKeyInfo.load(key.public_key),
            "attributes": [],
        }
    )
    request = csr.CertificationRequest(
        {
            "certification_request_info": info,
            "signature_algorithm": {"algorithm": key.algorithm.value},
            "signature": key.sign(info.dump()),
        }
    )
    encoded: bytes = request.dump()
    return encoded


def _leaf_of(chain: tuple[bytes, ...], key: SigningKey) -> x509.Certificate:
    """Return the certificate that came back, which must be for our key. Raises: AuthorityError."""
    try:
        leaf = x509.Certificate.load(chain[0], strict=True)
        is_ours = leaf.public_key.dump() == key.public_key
    except ValueError as unreadable:
        raise AuthorityError(retryable=False, code="signing.authority_unreadable") from unreadable
    if not is_ours:
        raise AuthorityError(retryable=False, code="signing.authority_unreadable")
    return leaf


def revoke(*, credential_id: uuid.UUID, reason: str, actor: ActorRef, at: datetime) -> None:
    """
    Stop a credential from signing, here at once and at the authority.

    `reason` is one of RFC 5280: "keyCompromise", "affiliationChanged", "superseded", "cessationOfOperation".

    Raises: CredentialNotFoundError, AuthorityError (nothing is changed then, and the act can be repeated).
    """
    authority = ports.outside().authority
    if authority is None:
        raise AuthorityError(retryable=False, code="signing.no_authority")
    with transaction.atomic():
        row = queries.get_row(credential_id)
        Credential.objects.filter(pk=row.pk, state=CredentialState.ACTIVE).update(
            state=CredentialState.REVOKED, revoked_at=at
        )
        record_act(
            act="signing.revoke",
            actor=actor,
            object_type="credential",
            object_id=row.pk,
            at=at,
            facts={"serial": row.serial, "reason": reason},
        )
        authority.revoke(int(row.serial, 16), reason=reason)


@transaction.atomic
def trust_root(*, name: str, block: bytes, actor: ActorRef, at: datetime) -> list[str]:
    """Believe the root certificates in `block` (PEM or DER); return their SHA-256 fingerprints. Raises: TrustRootError."""
    found = []
    for certificate in certificates(block):
        digest = certificate.sha256.hex()
        text = pem.armor("CERTIFICATE", certificate.dump()).decode()
        root, is_new = TrustRoot.objects.get_or_create(
            sha256=digest, defaults={"name": name, "pem": text, "added_at": at}
        )
        if is_new:
            record_act(
                act="signing.trust_root",
                actor=actor,
                object_type="trust_root",
                object_id=root.pk,
                at=at,
                facts={"name": name, "sha256": digest},
            )
        found.append(digest)
    return found
