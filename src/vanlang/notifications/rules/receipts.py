"""
What a text message centre says later (SMPP 3.4, appendix B): `id:… stat:DELIVRD err:000 …`.

Centres disagree on how they write an id: the answer to a submission may be hexadecimal and the receipt decimal. So a
receipt names every way in which its id may have been written before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_STATUS = re.compile(r"\bstat:\s*([A-Z]{5,7})", re.IGNORECASE)
_ID = re.compile(r"\bid:\s*([0-9A-Za-z\-_.]{1,64})", re.IGNORECASE)
_ERROR = re.compile(r"\berr:\s*([0-9A-Za-z]{1,8})", re.IGNORECASE)

ARRIVED = {"DELIVRD"}
LOST = {"EXPIRED", "DELETED", "UNDELIV", "REJECTD"}
"""Everything else (ENROUTE, ACCEPTD, UNKNOWN) is not final and says nothing."""


@dataclass(frozen=True, slots=True)
class SmsReceipt:
    """A final word on one text message."""

    ids: tuple[str, ...]
    """The id as it was written, then as it may have been written before."""
    arrived: bool
    code: str


def read_receipt(text: str, *, message_id: str = "") -> SmsReceipt | None:
    """Return the final word that a receipt holds, or None when it holds none. `message_id` is the one given beside the text."""
    status, found, error = _STATUS.search(text), _ID.search(text), _ERROR.search(text)
    said = message_id.strip("\x00 ") or (found.group(1) if found else "")
    state = status.group(1).upper() if status else ""
    if not said or state not in ARRIVED | LOST:
        return None
    code = "" if state in ARRIVED else f"{state}/{error.group(1)}" if error else state
    return SmsReceipt(ids_of(said), state in ARRIVED, code)


def ids_of(said: str) -> tuple[str, ...]:
    """Return every way in which an id may have been written."""
    ways = [said]
    if re.fullmatch(r"[0-9]{1,30}", said):
        ways += [f"{int(said):x}", f"{int(said):X}", f"{int(said):08x}", f"{int(said):08X}"]
    elif re.fullmatch(r"[0-9A-Fa-f]{1,25}", said):
        ways += [str(int(said, 16))]
    return tuple(dict.fromkeys(ways))
