"""Whom we believe: root certificates, and the questions asked of the authorities below them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from asn1crypto import pem, x509
from pyhanko_certvalidator.context import ValidationContext

from vanlang.signing.errors import TrustRootError
from vanlang.signing.ports import StatusEvidence

AskStatus = Callable[[bytes, bytes], StatusEvidence]
"""Given a certificate and its issuer (DER), the authority's words on revocation."""


@dataclass(frozen=True, slots=True)
class Trust:
    """The roots that end a chain."""

    roots: tuple[x509.Certificate, ...]

    @classmethod
    def of(cls, blocks: Iterable[bytes]) -> Trust:
        """Return the trust in every certificate of `blocks` (PEM, several to a block, or DER)."""
        found = {certificate.sha256: certificate for block in blocks for certificate in certificates(block)}
        return cls(tuple(found.values()))

    def context(self, moment: datetime, evidence: Evidence) -> ValidationContext:
        """
        Return the terms on which chains are judged at `moment`: no fetching, revocation by `evidence` only.

        What an authority says today about a past revocation counts for the past moment too.
        """
        return ValidationContext(
            trust_roots=list(self.roots),
            other_certs=evidence.certificates,
            moment=moment,
            ocsps=evidence.ocsps,
            crls=evidence.crls,
            revocation_mode="soft-fail",
            retroactive_revinfo=True,
        )


@dataclass(slots=True)
class Evidence:
    """Proof material at hand: from the file's own store and from the authorities."""

    certificates: list[x509.Certificate] = field(default_factory=list)
    ocsps: list[bytes] = field(default_factory=list)
    crls: list[bytes] = field(default_factory=list)

    def add(self, told: StatusEvidence) -> bool:
        """Add an authority's words; say whether there were any."""
        self.ocsps += [told.ocsp] if told.ocsp else []
        self.crls += [told.crl] if told.crl else []
        return bool(told.ocsp or told.crl)


def certificates(block: bytes) -> list[x509.Certificate]:
    """Return the certificates in `block`: PEM, several if need be, or one in DER. Raises: TrustRootError."""
    try:
        raws = [raw for _, _, raw in pem.unarmor(block, multiple=True)] if pem.detect(block) else [block]
        found = [x509.Certificate.load(raw, strict=True) for raw in raws]
        for one in found:
            _ = one.subject.native, one.public_key.algorithm, one.not_valid_after
    except (ValueError, TypeError, KeyError) as unreadable:
        raise TrustRootError from unreadable
    return found
