"""
The personal identification number: twelve digits.

Shape: 3 digits of the province or country of birth registration, 1 of century and sex (0 and 1 for the 20th,
2 and 3 for the 21st, …; even is male), 2 of the year of birth, 6 random. Law: unverified
"""

from __future__ import annotations

import datetime as dt

from vanlang.kernel.errors import Refusal


def check_personal_id(number: str, *, born_on: dt.date | None = None) -> Refusal | None:
    """Return why `number` cannot be a personal id (of somebody born on a day), or None."""
    if len(number) != 12 or not (number.isascii() and number.isdigit()):
        return Refusal("identity.personal_id_malformed")
    if born_on is not None and (
        number[4:6] != f"{born_on:%y}" or int(number[3]) // 2 != born_on.year // 100 - 19
    ):
        return Refusal("identity.personal_id_malformed")
    return None


def clean_personal_id(text: str) -> str:
    """Return the digits of what a person typed, without spaces and dots."""
    return "".join(character for character in text if character not in " .-\u00a0")
