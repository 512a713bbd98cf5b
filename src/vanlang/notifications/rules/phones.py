"""Vietnamese mobile numbers: ten digits from 03, 05, 07, 08, 09 since 2018; outside they begin with 84."""

from __future__ import annotations

import re

_MOBILE = re.compile(r"^84[35789]\d{8}$")
_OTHER_THAN_DIGITS = re.compile(r"[\s.\-()]")


def mobile(number: str) -> str:
    """Return `number` as `84` and nine digits, or empty when it is no Vietnamese mobile number. Idempotent."""
    digits = _OTHER_THAN_DIGITS.sub("", number).removeprefix("+")
    digits = digits.removeprefix("00") if digits.startswith("0084") else digits
    if digits.startswith("840"):
        digits = "84" + digits[3:]
    elif digits.startswith("0"):
        digits = "84" + digits[1:]
    return digits if digits.isascii() and _MOBILE.match(digits) else ""


def shown(number: str) -> str:
    """Return a normalised number as people write it: 0912 345 678."""
    local = "0" + number.removeprefix("84")
    return f"{local[:4]} {local[4:7]} {local[7:]}"
