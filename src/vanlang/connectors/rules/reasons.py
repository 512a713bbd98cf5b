"""
Why a message lies still, in eighty characters: a code, and the facts that its sentence names.

    nationalportal.too_long?field=NguoiXuLy&limit=50&length=63

Codes and numbers, never words of a message.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, quote

LONGEST = 80


def reason_of(code: str, facts: Mapping[str, object] | None = None) -> str:
    """Return a code with its facts, as many as there is room for."""
    told, mark = code[:LONGEST], "?"
    for name, value in (facts or {}).items():
        if isinstance(value, str | int):
            more = f"{mark}{name}={quote(str(value), safe='.-:')}"
            if len(told) + len(more) <= LONGEST:
                told, mark = told + more, "&"
    return told


def read_reason(told: str) -> tuple[str, dict[str, str]]:
    """Return the code and the facts of a reason."""
    code, _, facts = told.partition("?")
    return code, dict(parse_qsl(facts))
