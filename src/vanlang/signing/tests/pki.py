"""A small world of certificates, made in memory: who is trusted, who pretends to be, whose time is over."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509 import ocsp
from cryptography.x509.oid import NameOID

from vanlang.kernel.clock import VIETNAM
from vanlang.signing.adapters.software_keys import EllipticKey, RsaKey
from vanlang.signing.pdf.sign import Signer
from vanlang.signing.pdf.trust import AskStatus, Trust
from vanlang.signing.ports import StatusEvidence
from vanlang.signing.types import SignerKind

AT = dt.datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
YEAR = dt.timedelta(days=365)
AGENCY = "Ủy ban nhân dân phường Việt Trì"

SAYS_WHERE_TO_ASK = x509.AuthorityInformationAccess(
    [
        x509.AccessDescription(
            x509.oid.AuthorityInformationAccessOID.OCSP,
            x509.UniformResourceIdentifier("http://ocsp.example/"),
        )
    ]
)

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@lru_cache(maxsize=8)
def rsa_key(number: int = 0) -> rsa.RSAPrivateKey:
    """A key of the session; `number` tells one from another."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)


def name(common: str, **more: str) -> x509.Name:
    known = {
        "organization": NameOID.ORGANIZATION_NAME,
        "title": NameOID.TITLE,
        "identifier": NameOID.ORGANIZATION_IDENTIFIER,
    }
    attributes = [x509.NameAttribute(NameOID.COMMON_NAME, common)]
    return x509.Name(attributes + [x509.NameAttribute(known[key], value) for key, value in more.items()])


@dataclass(frozen=True)
class Party:
    certificate: x509.Certificate
    key: Key

    def issue(
        self,
        subject: x509.Name,
        key: Key,
        *,
        valid_from: dt.datetime = AT - YEAR,
        valid_to: dt.datetime = AT + YEAR,
        is_authority: bool = False,
    ) -> Party:
        certificate = certified(
            subject, key, self.certificate.subject, self.key, valid_from, valid_to, is_authority=is_authority
        )
        return Party(certificate, key)


def certified(
    subject: x509.Name,
    key: Key,
    issuer: x509.Name,
    issuer_key: Key,
    valid_from: dt.datetime,
    valid_to: dt.datetime,
    *,
    is_authority: bool,
) -> x509.Certificate:
    usage = x509.KeyUsage(
        not is_authority, not is_authority, False, False, False, is_authority, is_authority, False, False
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(valid_from)
        .not_valid_after(valid_to)
        .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
        .add_extension(SAYS_WHERE_TO_ASK, critical=False)
        .sign(issuer_key, hashes.SHA256())
    )


def root(common: str, number: int) -> Party:
    key, subject = rsa_key(number), name(common)
    certificate = certified(subject, key, subject, key, AT - 10 * YEAR, AT + 10 * YEAR, is_authority=True)
    return Party(certificate, key)


@dataclass(frozen=True)
class World:
    """One trusted root with an issuing authority, and a stranger's root."""

    root: Party
    issuing: Party
    stranger: Party

    @property
    def trust(self) -> Trust:
        return Trust.of([der(self.root.certificate)])

    def officer(
        self,
        *,
        valid_from: dt.datetime = AT - YEAR,
        valid_to: dt.datetime = AT + YEAR,
        key: Key | None = None,
        issuer: Party | None = None,
    ) -> tuple[Signer, Party]:
        """Ông Phúc, chairman of the ward."""
        subject = name("Nguyễn Văn Phúc", organization=AGENCY, title="Chủ tịch")
        party = (issuer or self.issuing).issue(
            subject, key or rsa_key(3), valid_from=valid_from, valid_to=valid_to
        )
        return self.signer(party, SignerKind.PERSON), party

    def seal(self) -> Signer:
        """The ward's seal."""
        subject = name(AGENCY, organization=AGENCY, identifier="H44.100")
        return self.signer(self.issuing.issue(subject, rsa_key(4)), SignerKind.SEAL)

    def authorities(self, revoked: dict[bytes, dt.datetime] | None = None) -> AskStatus:
        """Authorities that answer every question, from a list of what is revoked since when."""
        issuers = {der(one.certificate): one for one in (self.root, self.issuing)}

        def ask(certificate: bytes, issuer: bytes) -> StatusEvidence:
            since = (revoked or {}).get(certificate)
            return self.told(x509.load_der_x509_certificate(certificate), issuers[issuer], since)

        return ask

    def signer(self, party: Party, kind: SignerKind) -> Signer:
        key = RsaKey(party.key) if isinstance(party.key, rsa.RSAPrivateKey) else EllipticKey(party.key)
        chain = (der(party.certificate), der(self.issuing.certificate))
        title = "Chủ tịch" if kind is SignerKind.PERSON else ""
        return Signer.of(key, chain, kind=kind, name="Nguyễn Văn Phúc", title=title, agency=AGENCY)

    def told(self, below: x509.Certificate, issuer: Party, revoked_at: dt.datetime | None) -> StatusEvidence:
        """An issuer's signed word on a certificate: good, or revoked since an instant."""
        builder = ocsp.OCSPResponseBuilder().add_response(
            below,
            issuer.certificate,
            hashes.SHA1(),  # noqa: S303 - names the issuer in OCSP, protects nothing
            ocsp.OCSPCertStatus.REVOKED if revoked_at else ocsp.OCSPCertStatus.GOOD,
            AT - dt.timedelta(minutes=1),
            AT + dt.timedelta(hours=6),
            revoked_at,
            x509.ReasonFlags.key_compromise if revoked_at else None,
        )
        signed = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, issuer.certificate).sign(
            issuer.key, hashes.SHA256()
        )
        return StatusEvidence(ocsp=signed.public_bytes(serialization.Encoding.DER))


@lru_cache(maxsize=1)
def world() -> World:
    trusted = root("Chứng thực gốc", 0)
    issuing = trusted.issue(
        name("Chứng thực công vụ"),
        rsa_key(1),
        is_authority=True,
        valid_from=AT - 9 * YEAR,
        valid_to=AT + 9 * YEAR,
    )
    return World(trusted, issuing, root("Kẻ lạ", 2))
