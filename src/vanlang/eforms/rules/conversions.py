"""
What a person types, turned into what is stored: one function a widget, each giving the value or the problem.

All of them forgive what costs nothing to forgive (spaces, dots in a phone number, a missing zero in a day) and
none guesses: "1.5" is neither 15 nor 1,5, so it is asked again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping

from vanlang.eforms.types import FieldDefinition, JsonValue, Problem
from vanlang.kernel.vietnamese import normalise

_DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})", re.ASCII)
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_PLAIN_NUMBER = re.compile(r"-?\d+(?:,\d+)?", re.ASCII)
_GROUPED_NUMBER = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_EMAIL = re.compile(
    r"[^\s@,;<>\"']+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"
)
_BETWEEN_DIGITS = str.maketrans("", "", " .-()\u00a0\u2009")


def read_text(text: str, field: FieldDefinition) -> JsonValue | Problem:
    """Return one line in the house's spelling."""
    return normalise(text)


def read_lines(text: str, field: FieldDefinition) -> JsonValue | Problem:
    """Return several lines, each in the house's spelling, without empty ones at the ends."""
    return "\n".join(normalise(line) for line in text.splitlines()).strip("\n")


def read_day(text: str, field: FieldDefinition) -> JsonValue | Problem:
    """Return the ISO day that dd/mm/yyyy names."""
    typed, iso = _DAY.fullmatch(text.strip()), _ISO_DAY.fullmatch(text.strip())
    if typed:
        day, month, year = (int(part) for part in typed.groups())
    elif iso:
        year, month, day = (int(part) for part in iso.groups())
    else:
        return Problem("eforms.day_unreadable")
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return Problem("eforms.day_not_in_calendar", {"text": text.strip()})


def read_number(text: str, field: FieldDefinition) -> JsonValue | Problem:
    """Return the number that "2.153" or "2.153,5" names: dots group thousands, the comma parts decimals."""
    bare = text.translate(str.maketrans("", "", " \u00a0"))
    if not (_PLAIN_NUMBER.fullmatch(bare) or _GROUPED_NUMBER.fullmatch(bare)):
        return Problem("eforms.number_unreadable")
    whole, comma, decimals = bare.replace(".", "").partition(",")
    if field.integer:
        return Problem("eforms.number_not_whole") if comma and decimals.strip("0") else int(whole)
    return float(f"{whole}.{decimals}") if comma else int(whole)


def read_personal_id(text: str, field: FieldDefinition) -> JsonValue | Problem:
    """
    Return the twelve digits of a personal identification number.

    Shape: 3 digits of the place of registration (000 is none), 1 of century and sex, 2 of the year, 6 more. Law: unverified
    """
    digits = text.translate(_BETWEEN_DIGITS)
    if not (len(digits) == 12 and digits.isascii() and digits.isdigit()) or digits.startswith("000"):
        return Problem("eforms.personal_id_malformed")
    return digits


def read_phone(text: str, field: FieldDefinition) -> JsonValue | Problem:
    """Return a Vietnamese number as dialled at home: +84 912 345 678 becomes 0912345678."""
    digits = text.translate(_BETWEEN_DIGITS)
    if digits.startswith("+84"):
        digits = "0" + digits[3:].removeprefix("0")
    if not (digits.isascii() and digits.isdigit() and digits.startswith("0") and len(digits) in (10, 11)):
        return Problem("eforms.phone_malformed")
    return digits


def read_email(text: str, field: FieldDefinition) -> JsonValue | Problem:
    """Return an address for electronic mail, its domain in lower case."""
    bare = text.strip()
    if not _EMAIL.fullmatch(bare):
        return Problem("eforms.email_malformed")
    name, _, domain = bare.rpartition("@")
    return f"{name}@{domain.lower()}"


def read_code(text: str, field: FieldDefinition) -> JsonValue | Problem:
    """Return the code of what was chosen; whether it may be chosen is asked later."""
    return text.strip()


READERS: Mapping[str, Callable[[str, FieldDefinition], JsonValue | Problem]] = {
    "text": read_text,
    "textarea": read_lines,
    "date": read_day,
    "number": read_number,
    "choice": read_code,
    "commune": read_code,
    "personal_id": read_personal_id,
    "phone": read_phone,
    "email": read_email,
}
"""One reader per widget of a single answer; choices and checkbox are read where several answers are."""
