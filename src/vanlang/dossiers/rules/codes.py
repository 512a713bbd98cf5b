"""
The code on the receipt: `H44.100-261122-0001`, agency, day of receipt, number within that day.

Four digits as the province portals print them; the ten-thousandth dossier of a day simply has five.
Law: unverified
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from typing_extensions import override

_SHAPE = re.compile(r"(?P<agency>[A-Z]\d{2}(?:\.\d{1,4})*)-(?P<day>\d{6})-(?P<number>\d{4,9})", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class DossierCode:
    """A dossier code taken apart."""

    agency_code: str
    received_on: date
    number: int
    """From 1, without gap or repeat within agency and day."""

    @override
    def __str__(self) -> str:
        return f"{self.agency_code}-{self.received_on:%y%m%d}-{self.number:04d}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Return the code that `text` spells (white space and small letters forgiven), or None."""
        match = _SHAPE.fullmatch("".join(text.split()).upper())
        if match is None:
            return None
        try:
            day = datetime.strptime(match["day"], "%y%m%d").date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            return None
        code = cls(match["agency"], day, int(match["number"]))
        return code if code.number > 0 and str(code) == match.group(0) else None
