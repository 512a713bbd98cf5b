"""
Who signed a file, and whether that can be trusted.

Four questions are kept apart: are the bytes those that were signed; was anything added since; does a chain of certificates
end at a root of ours; did the certificate stand at the moment of signing. pyHanko answers the cryptographic part of each; the
verdict itself is `rules/judgement.py`. Nothing in the file decides where we look: authorities are asked about revocation only
after the chain to a root of ours stood, at the addresses which that chain names.

A file from outside can break a parser in any way: whatever is raised while reading it means UNREADABLE.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.validation import async_validate_pdf_signature, async_validate_pdf_timestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureStatus
from pyhanko_certvalidator.errors import PathError, ValidationError
from pyhanko_certvalidator.path import ValidationPath

from vanlang.signing.pdf import integrity
from vanlang.signing.pdf.trust import AskStatus, Evidence, Standing, Trust
from vanlang.signing.ports import StatusEvidence
from vanlang.signing.rules.judgement import Facts, inside, validity_of, worst_of
from vanlang.signing.types import SignatureVerdict, SignerKind, Validity, Verdict

LARGEST = 100 * 1024 * 1024
"""A larger file is not read at all."""


@dataclass(frozen=True, slots=True)
class Question:
    """The terms of an examination."""

    at: dt.datetime
    trust: Trust
    ask: AskStatus | None = None
    """How authorities are asked about revocation; None asks nobody."""
    known_since: dt.datetime | None = None
    """When this very file is known to have existed, from our own records."""


def examine(pdf: bytes, question: Question) -> Verdict:
    """Return what `pdf` is worth. Never raises for what is in the file."""
    digest = hashlib.sha256(pdf).hexdigest()
    try:
        signatures = _signatures(pdf, question) if len(pdf) <= LARGEST else None
    except Exception:
        signatures = None
    if signatures is None:
        return Verdict(Validity.UNREADABLE, digest, len(pdf), question.at)
    worth = worst_of([one.validity for one in signatures if one.kind is not SignerKind.TIMESTAMP])
    if any(one.kind is SignerKind.TIMESTAMP and one.validity is Validity.MODIFIED for one in signatures):
        worth = Validity.MODIFIED if worth is not Validity.NOT_SIGNED else worth
    return Verdict(worth, digest, len(pdf), question.at, tuple(signatures))


def _signatures(pdf: bytes, question: Question) -> list[SignatureVerdict] | None:
    reader = PdfFileReader(io.BytesIO(pdf), strict=False)
    if reader.encrypted:
        return None
    _ = reader.root["/Pages"]
    embedded = integrity.signatures_in(reader)
    found = integrity.findings(reader, embedded)
    evidence = _stored_evidence(reader)
    return asyncio.run(_judge(embedded, found, evidence, question))


def _stored_evidence(reader: PdfFileReader) -> Evidence:
    """Return the proof material that the file carries (PAdES document security store)."""
    if "/DSS" not in reader.root:
        return Evidence()
    store = DocumentSecurityStore.read_dss(reader)
    evidence = Evidence(certificates=list(store.load_certs()))
    for reference in store.ocsps:
        evidence.add(StatusEvidence(ocsp=reference.get_object().data))
    for reference in store.crls:
        evidence.add(StatusEvidence(crl=reference.get_object().data))
    return evidence


async def _judge(
    embedded: Sequence[EmbeddedPdfSignature],
    found: Sequence[integrity.Finding],
    evidence: Evidence,
    question: Question,
) -> list[SignatureVerdict]:
    """Judge from the last signature back, because a time stamp over the whole file proves the age of those below it."""
    verdicts: list[SignatureVerdict] = []
    proven = question.known_since
    for signature, finding in reversed(list(zip(embedded, found, strict=True))):
        examination = _Examination(signature, finding, evidence, question, proven)
        if signature.sig_object_type == "/DocTimeStamp":
            verdict = await examination.of_time_stamp()
            if verdict.validity is Validity.VALID:
                proven = _earlier(proven, verdict.signed_at)
        else:
            verdict = await examination.of_signature()
        verdicts.append(verdict)
    return verdicts[::-1]


def _earlier(one: dt.datetime | None, other: dt.datetime | None) -> dt.datetime | None:
    known = [moment for moment in (one, other) if moment is not None]
    return min(known, default=None)


@dataclass(slots=True)
class _Examination:
    """The examination of one signature."""

    signature: EmbeddedPdfSignature
    finding: integrity.Finding
    evidence: Evidence
    question: Question
    proven: dt.datetime | None

    async def of_signature(self) -> SignatureVerdict:
        """Judge a person's or an agency's signature."""
        certificate, at = self.signature.signer_cert, self.question.at
        period = certificate.not_valid_before, certificate.not_valid_after
        status = await self._status(inside(self.proven or at, *period))
        stamped = getattr(status, "timestamp_validity", None)
        if stamped is not None and stamped.valid and stamped.intact and stamped.trusted:
            self.proven = _earlier(self.proven, stamped.timestamp)
            status = await self._status(inside(self.proven or at, *period))
        standing = Standing(is_known=False, revoked_at=None)
        if status is not None and status.trusted and status.validation_path is not None:
            standing = await self._standing(status.validation_path, inside(at, *period))
        return self._verdict(status, certificate, standing)

    async def of_time_stamp(self) -> SignatureVerdict:
        """Judge a time stamp over the whole file. Its authority is not asked about revocation."""
        context = self.question.trust.context(self.question.at, self.evidence.certificates)
        status = await async_validate_pdf_timestamp(
            self.signature, validation_context=context, diff_policy=integrity.POLICY
        )
        self.proven = status.timestamp
        standing = Standing(is_known=False, revoked_at=None)
        return self._verdict(status, self.signature.signer_cert, standing, kind=SignerKind.TIMESTAMP)

    async def _status(self, moment: dt.datetime) -> SignatureStatus | None:
        """Return pyHanko's findings at `moment`; None when the signature is of no kind that it knows."""
        trust, known = self.question.trust, self.evidence.certificates
        try:
            return await async_validate_pdf_signature(
                self.signature,
                signer_validation_context=trust.context(moment, known),
                ts_validation_context=trust.context(self.question.at, known),
                diff_policy=integrity.POLICY,
            )
        except (SignatureValidationError, ValidationError, PathError):
            return None

    async def _standing(self, path: ValidationPath, moment: dt.datetime) -> Standing:
        """Ask each issuer in a chain that stands about the certificate below it, and weigh what they say."""
        chain = [one for one in path.iter_certs(include_root=True) if isinstance(one, x509.Certificate)]
        if (ask := self.question.ask) is not None:
            for issuer, below in pairwise(chain):
                self.evidence.add(ask(below.dump(), issuer.dump()))
        return await self.question.trust.standing(chain[-1], chain[1:-1], self.evidence, moment)

    def _verdict(
        self,
        status: SignatureStatus | None,
        certificate: x509.Certificate,
        standing: Standing,
        *,
        kind: SignerKind | None = None,
    ) -> SignatureVerdict:
        at, names = self.question.at, certificate.subject.native
        claimed = self.signature.self_reported_timestamp if kind is None else None
        signed_at = self.proven or claimed
        facts = Facts(
            intact=self.finding.digest_matches and (status is None or (status.intact and status.valid)),
            changed_after=self.finding.changed_after,
            trusted=status is not None and status.trusted,
            weak=_is_weak(status),
            valid_from=certificate.not_valid_before,
            valid_to=certificate.not_valid_after,
            revoked_at=standing.revoked_at,
            existed_at=self.proven or at,
        )
        valid_now = facts.valid_from <= at < facts.valid_to and facts.revoked_at is None
        return SignatureVerdict(
            validity=validity_of(facts),
            field=self.signature.field_name,
            kind=kind or (SignerKind.SEAL if "organization_identifier" in names else SignerKind.PERSON),
            signer=_text(names.get("common_name")),
            agency=_text(names.get("organization_name")),
            title=_text(names.get("title")),
            serial=f"{certificate.serial_number:x}",
            issuer=_text(certificate.issuer.native.get("common_name")),
            signed_at=signed_at,
            time_is_proven=self.proven is not None,
            intact=facts.intact,
            covers_whole_file=self.finding.covers_whole_file,
            changed_after_signing=facts.changed_after,
            trusted=facts.trusted,
            valid_when_signed=signed_at is not None and facts.valid_from <= signed_at < facts.valid_to,
            valid_now=valid_now,
            revoked_at=facts.revoked_at,
            status_known=standing.is_known,
            signed_bytes=_signed_bytes(self.signature),
            weaknesses=_weaknesses(facts, status_known=standing.is_known, proven=self.proven is not None),
        )


def _is_weak(status: SignatureStatus | None) -> bool:
    problem = status.trust_problem_indic if status is not None else None
    return problem in {
        AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE,
        AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE,
    }


def _weaknesses(facts: Facts, *, status_known: bool, proven: bool) -> tuple[str, ...]:
    found = {
        "digest_differs": not facts.intact,
        "changed_after": facts.changed_after,
        "no_chain": not facts.trusted,
        "weak_algorithm": facts.weak,
        "revoked": facts.revoked_at is not None,
        "period_over": facts.existed_at >= facts.valid_to,
        "status_unknown": not status_known,
        "time_claimed_only": not proven,
    }
    return tuple(code for code, is_so in found.items() if is_so)


def _text(value: object) -> str:
    """Return a name from a certificate; one that has several of a kind shows them all."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _signed_bytes(signature: EmbeddedPdfSignature) -> int:
    numbers = [int(number) for number in signature.byte_range]
    return numbers[-2] + numbers[-1] if len(numbers) == 4 else 0
