from __future__ import annotations

import datetime as dt

from vanlang.kernel.errors import Refusal
from vanlang.signing import api as signing
from vanlang.ui.types import Tone

_TONES: dict[signing.Validity, Tone] = {
    signing.Validity.VALID: "success",
    signing.Validity.UNTRUSTED: "warning",
    signing.Validity.EXPIRED: "warning",
}


def check_signature(pdf: bytes, *, at: dt.datetime) -> Refusal | None:
    """Return why a signed outcome may not be put in force, or None. Asks the authorities about revocation."""
    verdict = signing.verify_pdf(pdf, at=at)
    if verdict.is_valid:
        return None
    says = signing.VALIDITIES[verdict.validity].says
    return Refusal("desk.signature_not_valid", {"outcome": says[0].lower() + says[1:].rstrip(".")})


def verdict_of(pdf: bytes, *, at: dt.datetime) -> tuple[str, Tone, tuple[str, ...]]:
    """Return what a signature is worth in a word, its tone, and who signed. Asks nobody: a page may not wait."""
    verdict = signing.verify_pdf(pdf, at=at, ask_authorities=False)
    signers = tuple(signing.about(signature) for signature in verdict.signatures)
    return signing.VALIDITY_NAMES[verdict.validity], _TONES.get(verdict.validity, "danger"), signers
