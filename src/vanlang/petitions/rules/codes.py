"""The code of a petition, and the secret that goes with it."""

from __future__ import annotations

import datetime as dt
import re

_CODE = re.compile(r"^PA-(\d{6})-(\d{4,6})$")
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Signs that are read aloud and typed without doubt: no I, O, 0, 1."""
SECRET_SIGNS = 10
"""50 bits: with five tries in a quarter of an hour nobody guesses one."""


def code_of(on: dt.date, number: int) -> str:
    """Return the code of the petition `number` of a day: `PA-261123-0007`."""
    return f"PA-{on:%y%m%d}-{number:04d}"


def parse(text: str) -> str | None:
    """Return a code as it is kept, however it was typed, or None."""
    bare = re.sub(r"[\s_–—]+", "", text.upper())
    if re.fullmatch(r"PA\d{10,12}", bare):
        bare = f"PA-{bare[2:8]}-{bare[8:]}"
    return bare if _CODE.match(bare) else None


def secret_of(signs: str) -> str:
    """Return a secret as it is printed: `ABCDE-FGHJK`."""
    return f"{signs[:5]}-{signs[5:]}"


def signs_of(digest: str) -> str:
    """Return the signs of a secret that a keyed hash stands for: 5 of its bits each. `digest`: hexadecimal."""
    number = int(digest, 16)
    return "".join(LETTERS[number >> 5 * place & 31] for place in range(SECRET_SIGNS))


def typed_secret(text: str) -> str:
    """Return a secret as it was typed, without what people add."""
    return re.sub(r"[^A-Z0-9]", "", text.upper())
