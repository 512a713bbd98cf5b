"""
Agency codes.

Law: docs/reference/law.md#agency-codes
"""

from __future__ import annotations

import re

from vanlang.kernel.errors import Refusal

_SHAPE = re.compile(r"[A-Z]\d{2}(\.\d{1,4})*")


def check_code(code: str) -> Refusal | None:
    """Return why `code` is no agency code (levels joined by dots, at most 35 characters), or None."""
    if len(code) <= 35 and _SHAPE.fullmatch(code):
        return None
    return Refusal(
        "organizations.code_malformed", {"agency": code[:40]}, law="docs/reference/law.md#agency-codes"
    )


def from_old_form(code: str) -> str:
    """
    Return the present form of a code in the older, mirrored form.

    Shapes: "000.00.00.H44" → "H44", "002.00.20.H13" → "H13.20.2" read from the right, zero levels dropped.
    A code in the present form is returned as it is.
    """
    parts = code.split(".")
    if _SHAPE.fullmatch(code) or not re.fullmatch(r"[A-Z]\d{2}", parts[-1]):
        return code
    levels = [part.lstrip("0") for part in reversed(parts[:-1])]
    return ".".join([parts[-1], *(level.zfill(2) for level in levels if level)])
