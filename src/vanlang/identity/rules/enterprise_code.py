"""
The number of a legal entity, and the check digit of an enterprise code.

An enterprise code is the tax code: ten digits, of which the tenth checks the nine before it; a branch bears its
enterprise's ten and three of its own. A wrong check digit is a warning and no refusal: the table of weights is
published by the tax administration and repeated by libraries, but the register alone knows which code was given.
Source: docs/reference/enterprise-code.md. Law: unverified
"""

from __future__ import annotations

from vanlang.identity.types import EntityKind
from vanlang.kernel.errors import Refusal
from vanlang.kernel.vietnamese import normalise

WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_DIGITS, _BRANCH = 10, 13


def clean_number(kind: EntityKind, text: str) -> str:
    """Return a number as it is kept: an enterprise code without hyphen, spaces and dots; others as they are written."""
    if kind is EntityKind.ENTERPRISE:
        return "".join(character for character in text if character not in " .-–\u00a0")
    return normalise(text)


def check_number(kind: EntityKind, number: str) -> Refusal | None:
    """Return why a cleaned `number` cannot be one of its kind, or None."""
    if kind is EntityKind.OTHER:
        return None if number else Refusal("identity.entity_number_missing")
    if len(number) not in {_DIGITS, _BRANCH} or not (number.isascii() and number.isdigit()):
        return Refusal("identity.enterprise_code_malformed")
    if number[_DIGITS:] == "000":
        return Refusal("identity.enterprise_code_malformed")
    return None


def check_digit_of(nine: str) -> int | None:
    """Return the tenth digit of nine; None where no digit checks them (such codes are not given)."""
    digit = 10 - sum(weight * int(figure) for weight, figure in zip(WEIGHTS, nine, strict=True)) % 11
    return digit if digit < 10 else None


def is_check_digit_right(number: str) -> bool:
    """Tell whether the tenth digit of a well-formed enterprise code checks the nine before it."""
    return check_digit_of(number[:9]) == int(number[9])
