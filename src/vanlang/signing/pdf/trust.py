"""Whom we believe: root certificates, and the questions asked of the authorities below them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from asn1crypto import crl, ocsp, pem, x509
from pyhanko_certvalidator import CertificateValidator
from pyhanko_certvalidator.context import ValidationContext
from pyhanko_certvalidator.errors import PathError, RevokedError, ValidationError
from pyhanko_certvalidator.policy_decl import (
    NO_REVOCATION,
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)

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

    def context(self, moment: datetime, certificates: Iterable[x509.Certificate] = ()) -> ValidationContext:
        """Return the terms on which chains are built and judged at `moment`; revocation is `standing`'s question."""
        return self._context(moment, certificates, NO_REVOCATION, Evidence())

    def _context(
        self,
        moment: datetime,
        certificates: Iterable[x509.Certificate],
        policy: RevocationCheckingPolicy,
        evidence: Evidence,
    ) -> ValidationContext:
        return ValidationContext(
            trust_roots=list(self.roots),
            other_certs=[*certificates, *evidence.certificates],
            moment=moment,
            ocsps=evidence.ocsps,
            crls=evidence.crls,
            # What an authority says today about a past revocation counts for the past moment too.
            revinfo_policy=CertRevTrustPolicy(policy, retroactive_revinfo=True),
        )

    async def standing(
        self,
        leaf: x509.Certificate,
        others: Sequence[x509.Certificate],
        evidence: Evidence,
        moment: datetime,
    ) -> Standing:
        """
        Return whether a certificate, and each authority between it and the root, still stands by the signed words in `evidence`.

        Asked twice, because a silence about an authority must not hide what is said about the leaf.
        """
        known = False
        for policy in (_LEAF, _WHOLE_CHAIN):
            context = self._context(moment, others, policy, evidence)
            try:
                await CertificateValidator(leaf, others, validation_context=context).async_validate_path()
            except RevokedError as revoked:
                return Standing(is_known=True, revoked_at=revoked.revocation_dt)
            except (PathError, ValidationError):
                known = False
            else:
                known = True
        return Standing(is_known=known, revoked_at=None)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the authorities say about a chain."""

    is_known: bool
    """There was a signed, timely word on every certificate of the chain that can be asked about."""
    revoked_at: datetime | None


_ASKED, _LEFT = RevocationCheckingRule.CHECK_IF_DECLARED, RevocationCheckingRule.NO_CHECK
_LEAF = RevocationCheckingPolicy(ee_certificate_rule=_ASKED, intermediate_ca_cert_rule=_LEFT)
_WHOLE_CHAIN = RevocationCheckingPolicy(ee_certificate_rule=_ASKED, intermediate_ca_cert_rule=_ASKED)


@dataclass(slots=True)
class Evidence:
    """Proof material at hand: from the file's own store and from the authorities."""

    certificates: list[x509.Certificate] = field(default_factory=list)
    ocsps: list[bytes] = field(default_factory=list)
    crls: list[bytes] = field(default_factory=list)

    def add(self, told: StatusEvidence) -> None:
        """Add an authority's words; what cannot be read was not said."""
        if told.ocsp is not None and _is_readable_ocsp(told.ocsp):
            self.ocsps.append(told.ocsp)
        if told.crl is not None and _is_readable_crl(told.crl):
            self.crls.append(told.crl)


def _is_readable_ocsp(answer: bytes) -> bool:
    try:
        read = ocsp.OCSPResponse.load(answer, strict=True)
        return bool(read["response_status"].native == "successful" and read.response_data.native)
    except (ValueError, TypeError, KeyError):
        return False


def _is_readable_crl(answer: bytes) -> bool:
    try:
        return bool(crl.CertificateList.load(answer, strict=True).native)
    except (ValueError, TypeError, KeyError):
        return False


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
