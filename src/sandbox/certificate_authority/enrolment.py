"""
From a certificate request to a certificate.

The key is proven by the request's own signature; the name is not taken from the request but from what the enrolling
platform vouches for, as the registration authority of an official-duty authority does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from sandbox.certificate_authority.chain import Addresses, Party, access_points, crl_points, key_usage
from sandbox.wire import now

DEFAULT_LIFE = timedelta(days=730)
DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")
"""id-kp-documentSigning (RFC 9336)."""

_OFFICER = (
    (NameOID.ORGANIZATION_NAME, "agency"),
    (NameOID.ORGANIZATIONAL_UNIT_NAME, "unit"),
    (NameOID.TITLE, "title"),
    (NameOID.COMMON_NAME, "name"),
    (NameOID.SERIAL_NUMBER, "identifier"),
)
_AGENCY = (
    (NameOID.ORGANIZATION_NAME, "agency"),
    (NameOID.ORGANIZATION_IDENTIFIER, "identifier"),
    (NameOID.LOCALITY_NAME, "locality"),
    (NameOID.COMMON_NAME, "name"),
)
KINDS = {"officer": _OFFICER, "agency": _AGENCY}


class EnrolmentError(Exception):
    """The order cannot be filled; the argument is the code that the client sees."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be certified."""

    request: x509.CertificateSigningRequest
    subject: x509.Name
    valid_from: datetime
    valid_to: datetime


def read_order(body: Mapping[str, object]) -> Order:
    """Return the order in `body`. Raises: EnrolmentError."""
    kind, told = body.get("kind"), body.get("subject")
    if kind not in KINDS or not isinstance(told, dict):
        raise EnrolmentError("kind_or_subject_missing")
    request = _request(body.get("csr"))
    attributes = [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN")]
    for oid, key in KINDS[str(kind)]:
        value = told.get(key)
        if value is not None and not (isinstance(value, str) and 0 < len(value) <= 200):
            raise EnrolmentError(f"subject_{key}_unreadable")
        if value is not None:
            attributes.append(
                x509.NameAttribute(oid, value, _validate=False)
            )  # names longer than 64 letters exist
    if not {"name", "agency"} <= told.keys():
        raise EnrolmentError("subject_needs_name_and_agency")
    valid_from = _instant(body.get("valid_from")) or now() - timedelta(minutes=5)
    valid_to = _instant(body.get("valid_to")) or now() + DEFAULT_LIFE
    if valid_from >= valid_to:
        raise EnrolmentError("period_is_empty")
    return Order(request, x509.Name(attributes), valid_from, valid_to)


def _request(told: object) -> x509.CertificateSigningRequest:
    try:
        request = x509.load_pem_x509_csr(str(told).encode())
        proven = request.is_signature_valid
    except ValueError as unreadable:
        raise EnrolmentError("csr_unreadable") from unreadable
    if not proven:
        raise EnrolmentError("csr_signature_wrong")
    key = request.public_key()
    strong_rsa = isinstance(key, rsa.RSAPublicKey) and key.key_size >= 2048
    strong_ec = isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in {"secp256r1", "secp384r1"}
    if not (strong_rsa or strong_ec):
        raise EnrolmentError("key_too_weak")
    return request


def _instant(told: object) -> datetime | None:
    if told is None:
        return None
    try:
        instant = datetime.fromisoformat(str(told))
    except ValueError as unreadable:
        raise EnrolmentError("period_unreadable") from unreadable
    if instant.tzinfo is None:
        raise EnrolmentError("period_without_zone")
    return instant


def certify(order: Order, issuing: Party, addresses: Addresses) -> x509.Certificate:
    """Return the certificate that `order` asks for."""
    key = order.request.public_key()
    usage = x509.ExtendedKeyUsage([DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION])
    return (
        x509.CertificateBuilder()
        .subject_name(order.subject)
        .issuer_name(issuing.certificate.subject)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(order.valid_from)
        .not_valid_after(order.valid_to)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuing.key.public_key()), critical=False
        )
        .add_extension(key_usage(signs_documents=True), critical=True)
        .add_extension(usage, critical=False)
        .add_extension(crl_points(addresses.crl), critical=False)
        .add_extension(access_points(addresses), critical=False)
        .sign(issuing.key, hashes.SHA256())
    )
