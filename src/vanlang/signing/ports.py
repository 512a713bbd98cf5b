"""
What signing needs from outside, and nothing about how it is reached.

`KeyStore` is the one that matters: a key is made, opened and used behind it and never crosses it, so a
PKCS#11 token or a remote signing service takes the software store's place without a line changed above.
The adapters are chosen once, when Django starts, by the setting `SIGNING_ADAPTERS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class SignatureAlgorithm(StrEnum):
    """How a raw signature is made; the values are the names that asn1crypto uses."""

    RSA_SHA256 = "sha256_rsa"
    ECDSA_SHA256 = "sha256_ecdsa"


class SigningKey(Protocol):
    """A private key, wherever it lives."""

    @property
    def algorithm(self) -> SignatureAlgorithm: ...

    @property
    def public_key(self) -> bytes:
        """SubjectPublicKeyInfo, DER."""
        ...

    @property
    def signature_size(self) -> int:
        """The longest signature that it makes, in bytes."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Return the raw signature over `message`, which is hashed with SHA-256 first."""
        ...


class KeyStore(Protocol):
    """Makes keys and opens them again."""

    def generate(self, *, owner: str) -> bytes:
        """Make a key for `owner`; return a handle that only `open` with the same owner understands."""
        ...

    def open(self, handle: bytes, *, owner: str) -> SigningKey:
        """Return the key behind `handle`. Raises: KeyStoreError."""
        ...


@dataclass(frozen=True, slots=True)
class CertificateSubject:
    """What the platform vouches for when it asks for a certificate."""

    kind: str
    """"officer" or "agency"."""
    name: str
    agency: str
    identifier: str
    unit: str = ""
    title: str = ""
    locality: str = ""


class CertificateAuthority(Protocol):
    """Certifies keys and takes certificates back."""

    def enrol(self, request: bytes, subject: CertificateSubject) -> tuple[bytes, ...]:
        """Return the chain (DER, leaf first, without the root) for a PKCS#10 request (DER). Raises: AuthorityError."""
        ...

    def revoke(self, serial: int, *, reason: str) -> None:
        """Take a certificate back. Raises: AuthorityError."""
        ...

    def root(self) -> bytes:
        """Return what it says its root is (PEM): to be believed unseen on a developer's machine only. Raises: AuthorityError."""
        ...


class TimeStamps(Protocol):
    """A time-stamp authority (RFC 3161)."""

    def stamp(self, digest: bytes, *, at: datetime) -> bytes | None:
        """Return a token (DER) over a SHA-256 digest, or None when there is none to be had now: never raises."""
        ...


class StatusSource(Protocol):
    """Asks authorities whether their certificates still stand."""

    def ask(self, certificate: bytes, issuer: bytes, *, at: datetime) -> StatusEvidence:
        """Return what the issuer's own addresses say. Never raises: silence is an empty answer."""
        ...


@dataclass(frozen=True, slots=True)
class StatusEvidence:
    """Signed words on revocation, to be checked by whoever uses them."""

    ocsp: bytes | None = None
    """OCSP response, DER."""
    crl: bytes | None = None
    """Revocation list, DER."""


@dataclass(frozen=True, slots=True)
class Outside:
    """Everything outside that signing may use now; None is not configured."""

    keys: KeyStore
    authority: CertificateAuthority | None
    timestamps: TimeStamps | None
    status: StatusSource | None


_provider: list[Callable[[], Outside]] = []


def provide(provider: Callable[[], Outside]) -> None:
    """Choose the adapters, once, when Django starts."""
    _provider[:] = [provider]


def outside() -> Outside:
    """Return the adapters as the settings are now."""
    return _provider[0]()
