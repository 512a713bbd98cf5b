"""
What a text message centre says later (SMPP 3.4, appendix B): `id:… stat:DELIVRD err:000 …`.

Centres disagree on how they write an id: the answer to a submission may be hexadecimal and the receipt decimal. Which it is
is said by the installation (`IdNotation`): guessing would take one message's receipt for another's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_STATUS = re.compile(r"\bstat:\s*([A-Z]{5,7})", re.IGNORECASE)
_ID = re.compile(r"\bid:\s*([0-9A-Za-z\-_.]{1,64})", re.IGNORECASE)
_ERROR = re.compile(r"\berr:\s*([0-9A-Za-z]{1,8})", re.IGNORECASE)


class IdNotation(StrEnum):
    """How a centre writes in a receipt the id that it gave at submission."""

    SAME = "same"
    DECIMAL = "decimal"
    """Given in hexadecimal, said again in decimal."""
    HEXADECIMAL = "hexadecimal"
    """Given in decimal, said again in hexadecimal."""


ARRIVED = {"DELIVRD"}
LOST = {"EXPIRED", "DELETED", "UNDELIV", "REJECTD"}
"""Everything else (ENROUTE, ACCEPTD, UNKNOWN) is not final and says nothing."""


@dataclass(frozen=True, slots=True)
class SmsReceipt:
    """A final word on one text message."""

    ids: tuple[str, ...]
    """The id as it was given at submission, in every spelling of it."""
    arrived: bool
    code: str


def read_receipt(
    text: str, *, message_id: str = "", notation: IdNotation = IdNotation.SAME
) -> SmsReceipt | None:
    """Return the final word that a receipt holds, or None when it holds none. `message_id` is the one given beside the text."""
    status, found, error = _STATUS.search(text), _ID.search(text), _ERROR.search(text)
    said = message_id.strip("\x00 ") or (found.group(1) if found else "")
    state = status.group(1).upper() if status else ""
    if not said or state not in ARRIVED | LOST:
        return None
    code = "" if state in ARRIVED else f"{state}/{error.group(1)}" if error else state
    return SmsReceipt(ids_of(said, notation), state in ARRIVED, code)


def ids_of(said: str, notation: IdNotation) -> tuple[str, ...]:
    """Return the id that a receipt says as it was given at submission, in every spelling of it."""
    match notation:
        case IdNotation.DECIMAL if re.fullmatch(r"[0-9]{1,30}", said):
            number = int(said)
            return tuple(dict.fromkeys(f"{number:{form}}" for form in ("x", "X", "08x", "08X")))
        case IdNotation.HEXADECIMAL if re.fullmatch(r"[0-9A-Fa-f]{1,25}", said):
            return (str(int(said, 16)),)
        case _:
            return (said,)
