"""What a file is worth, in words a citizen understands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from vanlang.kernel.labels import Sentence
from vanlang.kernel.scope import Scope, acting
from vanlang.organizations.api import get_agencies
from vanlang.signing.api import (
    SIGNER_KINDS,
    VALIDITIES,
    VALIDITY_NAMES,
    WEAKNESSES,
    SignatureVerdict,
    Validity,
    about,
    list_signatures,
    verify_pdf,
)
from vanlang.ui.types import Tone

_TONES: dict[Validity, Tone] = {
    Validity.VALID: "success",
    Validity.MODIFIED: "danger",
    Validity.REVOKED: "danger",
    Validity.UNTRUSTED: "warning",
    Validity.EXPIRED: "warning",
    Validity.NOT_SIGNED: "warning",
    Validity.UNREADABLE: "warning",
}


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One signature."""

    kind: str
    about: str
    result: str
    tone: Tone
    issuer: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VerdictPage:
    """What a file is worth."""

    name: str
    sentence: Sentence
    result: str
    tone: Tone
    issued_by: str
    """The agency that signed exactly this file, byte for byte, on this platform; empty when none did."""
    issued_at: dt.datetime | None
    sha256: str
    signatures: tuple[SignatureLine, ...]


def verdict_page(content: bytes, *, name: str, at: dt.datetime) -> VerdictPage:
    """Return what a file is worth. Never raises for what is in the file."""
    verdict = verify_pdf(content, at=at)
    issued_by, issued_at = _issued(verdict.sha256)
    return VerdictPage(
        name=name,
        sentence=VALIDITIES[verdict.validity],
        result=VALIDITY_NAMES[verdict.validity],
        tone=_TONES[verdict.validity],
        issued_by=issued_by,
        issued_at=issued_at,
        sha256=verdict.sha256,
        signatures=tuple(_line(one) for one in verdict.signatures),
    )


def _issued(sha256: str) -> tuple[str, dt.datetime | None]:
    """Return which agency signed this very file here, and when; whoever holds the file may ask."""
    with acting(Scope.system()):
        records = list_signatures(sha256)
    if not records:
        return "", None
    last = records[-1]
    return get_agencies([last.agency_id], last.signed_at.date())[last.agency_id].name, last.signed_at


def _line(one: SignatureVerdict) -> SignatureLine:
    return SignatureLine(
        kind=SIGNER_KINDS[one.kind],
        about=about(one),
        result=VALIDITY_NAMES[one.validity],
        tone=_TONES[one.validity],
        issuer=one.issuer,
        details=tuple(WEAKNESSES[code] for code in one.weaknesses if code in WEAKNESSES),
    )
