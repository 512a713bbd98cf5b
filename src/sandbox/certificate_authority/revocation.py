"""Whether a certificate is still good: OCSP answers (RFC 6960) and revocation lists (RFC 5280)."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509 import ocsp

from sandbox.certificate_authority.chain import Chain, Party
from sandbox.certificate_authority.ledger import Ledger, Revocation

OCSP_LIFE = timedelta(minutes=10)
CRL_LIFE = timedelta(hours=1)

REASONS = {reason.value: reason for reason in x509.ReasonFlags}
"""`keyCompromise`, `cessationOfOperation` … as RFC 5280 writes them."""


def refusal(status: ocsp.OCSPResponseStatus) -> bytes:
    """Return an OCSP answer without a status in it."""
    return _der(ocsp.OCSPResponseBuilder.build_unsuccessful(status))


def answer(query: bytes, chain: Chain, ledger: Ledger, at: datetime) -> bytes:
    """Return the signed OCSP answer to `query`."""
    try:
        asked = ocsp.load_der_ocsp_request(query)
    except ValueError:
        return refusal(ocsp.OCSPResponseStatus.MALFORMED_REQUEST)
    if not _is_about(asked, chain.issuing.certificate):
        return refusal(ocsp.OCSPResponseStatus.UNAUTHORIZED)
    serial = asked.serial_number
    revoked = ledger.revoked.get(serial)
    known = serial in ledger.issued or serial == chain.timestamp.certificate.serial_number
    if revoked:
        status = ocsp.OCSPCertStatus.REVOKED
    else:
        status = ocsp.OCSPCertStatus.GOOD if known else ocsp.OCSPCertStatus.UNKNOWN
    builder = (
        ocsp.OCSPResponseBuilder()
        .add_response_by_hash(
            issuer_name_hash=asked.issuer_name_hash,
            issuer_key_hash=asked.issuer_key_hash,
            serial_number=serial,
            algorithm=asked.hash_algorithm,
            cert_status=status,
            this_update=at,
            next_update=at + OCSP_LIFE,
            revocation_time=revoked.revoked_at if revoked else None,
            revocation_reason=REASONS[revoked.reason] if revoked else None,
        )
        .responder_id(ocsp.OCSPResponderEncoding.HASH, chain.ocsp.certificate)
        .certificates([chain.ocsp.certificate])
    )
    for extension in asked.extensions:
        if isinstance(extension.value, x509.OCSPNonce):
            builder = builder.add_extension(extension.value, critical=False)
    return _der(builder.sign(chain.ocsp.key, hashes.SHA256()))


def revocation_list(issuer: Party, revoked: list[Revocation], number: int, at: datetime) -> bytes:
    """Return the revocation list of `issuer`, as DER."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(at)
        .next_update(at + CRL_LIFE)
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False
        )
    )
    for one in revoked:
        builder = builder.add_revoked_certificate(
            x509.RevokedCertificateBuilder()
            .serial_number(one.serial)
            .revocation_date(one.revoked_at)
            .add_extension(x509.CRLReason(REASONS[one.reason]), critical=False)
            .build()
        )
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def _is_about(asked: ocsp.OCSPRequest, issuer: x509.Certificate) -> bool:
    """Check that the question is about a certificate of `issuer`: hashes of its name and of its bare key."""
    name_hash = hashlib.new(asked.hash_algorithm.name, issuer.subject.public_bytes(), usedforsecurity=False)
    key = issuer.public_key()
    if not isinstance(key, rsa.RSAPublicKey):
        return False
    bare = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.PKCS1)
    key_hash = hashlib.new(asked.hash_algorithm.name, bare, usedforsecurity=False)
    return hmac.compare_digest(name_hash.digest(), asked.issuer_name_hash) and hmac.compare_digest(
        key_hash.digest(), asked.issuer_key_hash
    )


def _der(response: ocsp.OCSPResponse) -> bytes:
    return response.public_bytes(serialization.Encoding.DER)
