"""Root, issuing authority, time-stamp and OCSP certificates: made once, kept below the state directory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from sandbox.state import rsa_key, write_private
from sandbox.wire import now

ORGANISATION = "Cơ quan chứng thực thử nghiệm"
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Party:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey


@dataclass(frozen=True, slots=True)
class Chain:
    """Everyone who signs for the authority."""

    root: Party
    issuing: Party
    timestamp: Party
    ocsp: Party

    @property
    def bundle(self) -> bytes:
        """The certificates between a leaf and the root, without the root."""
        return pem(self.issuing.certificate)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where certificates say that their status can be asked. Fixed at issue: keep the port between starts."""

    base: str

    @property
    def ocsp(self) -> str:
        """OCSP responder of the issuing authority."""
        return f"{self.base}/ocsp"

    @property
    def crl(self) -> str:
        """Revocation list of the issuing authority."""
        return f"{self.base}/crl"

    @property
    def root_crl(self) -> str:
        """Revocation list of the root."""
        return f"{self.base}/root.crl"

    @property
    def issuer(self) -> str:
        """Certificate of the issuing authority."""
        return f"{self.base}/issuing.crt"


def pem(certificate: x509.Certificate) -> bytes:
    """Return `certificate` as PEM."""
    return certificate.public_bytes(serialization.Encoding.PEM)


def name(common_name: str) -> x509.Name:
    """Return a subject below the authority's organisation."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANISATION),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def key_usage(*, signs_documents: bool = False, signs_certificates: bool = False) -> x509.KeyUsage:
    """Return the key usage of a document signer, a certificate signer or (neither) a service."""
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=signs_documents,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def open_chain(state: Path, addresses: Addresses) -> Chain:
    """Return the authority's chain, made on the first start."""
    root = _party(state, "root", None, addresses)
    issuing = _party(state, "issuing", root, addresses)
    return Chain(
        root=root,
        issuing=issuing,
        timestamp=_party(state, "timestamp", issuing, addresses),
        ocsp=_party(state, "ocsp", issuing, addresses),
    )


def _party(state: Path, role: str, issuer: Party | None, addresses: Addresses) -> Party:
    key = rsa_key(state / f"{role}.key.pem")
    path = state / f"{role}.pem"
    if path.exists():
        return Party(x509.load_pem_x509_certificate(path.read_bytes()), key)
    certificate = _certificate(role, key, issuer, addresses)
    write_private(path, pem(certificate))
    return Party(certificate, key)


_NAMES = {
    "root": "Chứng thực gốc thử nghiệm",
    "issuing": "Chứng thực công vụ thử nghiệm",
    "timestamp": "Dịch vụ cấp dấu thời gian thử nghiệm",
    "ocsp": "Dịch vụ kiểm tra trạng thái thử nghiệm",
}
_YEARS = {"root": 20, "issuing": 10, "timestamp": 5, "ocsp": 5}


def _certificate(
    role: str, key: rsa.RSAPrivateKey, issuer: Party | None, addresses: Addresses
) -> x509.Certificate:
    subject = name(_NAMES[role])
    issued_by = issuer.certificate.subject if issuer else subject
    signer = issuer.key if issuer else key
    is_authority = role in {"root", "issuing"}
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issued_by)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now() - YEAR * 2)  # tests replay signatures of the past
        .not_valid_after(now() + YEAR * _YEARS[role])
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
        .add_extension(_basic(role), critical=True)
        .add_extension(key_usage(signs_certificates=is_authority), critical=True)
    )
    if role == "issuing":
        builder = builder.add_extension(crl_points(addresses.root_crl), critical=False)
    if role == "timestamp":
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usage, critical=True)
        builder = builder.add_extension(crl_points(addresses.crl), critical=False)
        builder = builder.add_extension(access_points(addresses), critical=False)
    if role == "ocsp":
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING])
        builder = builder.add_extension(usage, critical=False).add_extension(
            x509.OCSPNoCheck(), critical=False
        )
    return builder.sign(signer, hashes.SHA256())


def _basic(role: str) -> x509.BasicConstraints:
    match role:
        case "root":
            return x509.BasicConstraints(ca=True, path_length=1)
        case "issuing":
            return x509.BasicConstraints(ca=True, path_length=0)
        case _:
            return x509.BasicConstraints(ca=False, path_length=None)


def crl_points(address: str) -> x509.CRLDistributionPoints:
    """Say where the revocation list is."""
    point = x509.DistributionPoint([x509.UniformResourceIdentifier(address)], None, None, None)
    return x509.CRLDistributionPoints([point])


def access_points(addresses: Addresses) -> x509.AuthorityInformationAccess:
    """Say where OCSP and the issuer's certificate are."""
    oid = x509.oid.AuthorityInformationAccessOID
    return x509.AuthorityInformationAccess(
        [
            x509.AccessDescription(oid.OCSP, x509.UniformResourceIdentifier(addresses.ocsp)),
            x509.AccessDescription(oid.CA_ISSUERS, x509.UniformResourceIdentifier(addresses.issuer)),
        ]
    )
