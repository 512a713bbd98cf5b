"""What must be paid before what: a table, read as a warning. Nothing in the house is blocked by it. Law: unverified"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Moment(StrEnum):
    """At which step of a dossier money is asked after."""

    PROCESSING = "processing"
    """Before the specialist begins: what pays for the examination."""
    DELIVERY = "delivery"
    """Before the outcome is handed out."""


BEFORE: dict[bool, Moment] = {False: Moment.PROCESSING, True: Moment.DELIVERY}
"""Whether a line is a charge (lệ phí) → by when it is to be paid. A fee (phí) pays for the examination itself."""
_ORDER = tuple(Moment)


def owed_before(lines: Iterable[tuple[bool, int]], moment: Moment) -> int:
    """Return how much of the lines (whether a charge, đồng) should be paid by a moment. Units: đồng."""
    return sum(vnd for is_charge, vnd in lines if _ORDER.index(BEFORE[is_charge]) <= _ORDER.index(moment))
