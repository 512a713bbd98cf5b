"""
What becomes of a message after a try.

    TAKEN ─────────────────▶ sent
    REFUSED, UNFIT ────────▶ dead: as it is nobody will ever take it
    TEMPORARY, UNCLEAR ────▶ waits: 1, 2, 4 … 60 minutes, with a spread; dead after ten tries
    UNREACHABLE ───────────▶ waits, and uses up no try: the other side's outage is nobody's fault here
    HELD ──────────────────▶ waits for what is before it, and uses up nothing
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from vanlang.connectors.types import OutgoingState, SystemVerdict
from vanlang.kernel.circuit import Sign

MOST_TRIES = 10
FIRST_WAIT, LONGEST_WAIT = dt.timedelta(minutes=1), dt.timedelta(hours=1)
SPREAD = 0.25
"""Of a wait: rows that failed together do not come back together."""

SIGNS = {
    SystemVerdict.TAKEN: Sign.WELL,
    SystemVerdict.REFUSED: Sign.WELL,
    SystemVerdict.UNFIT: Sign.WELL,
    SystemVerdict.HELD: Sign.WELL,
    SystemVerdict.TEMPORARY: Sign.FAULT,
    SystemVerdict.UNCLEAR: Sign.FAULT,
    SystemVerdict.UNREACHABLE: Sign.CUT,
}
"""What a verdict says of the other side's health."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a row."""

    state: OutgoingState
    next_at: dt.datetime | None
    tries: int


def fate_of(verdict: SystemVerdict, *, tries: int, row_id: int, at: dt.datetime) -> Fate:
    """Return what becomes of a row that was tried `tries` times before."""
    match verdict:
        case SystemVerdict.TAKEN:
            return Fate(OutgoingState.SENT, None, tries + 1)
        case SystemVerdict.REFUSED | SystemVerdict.UNFIT:
            return Fate(OutgoingState.DEAD, None, tries + 1)
        case SystemVerdict.HELD:
            return Fate(OutgoingState.WAITING, at, tries)
        case SystemVerdict.UNREACHABLE:
            return Fate(OutgoingState.WAITING, at + wait(tries, row_id), tries)
        case SystemVerdict.TEMPORARY | SystemVerdict.UNCLEAR:
            if tries + 1 >= MOST_TRIES:
                return Fate(OutgoingState.DEAD, None, tries + 1)
            return Fate(OutgoingState.WAITING, at + wait(tries, row_id), tries + 1)


def wait(tries: int, row_id: int) -> dt.timedelta:
    """Return how long to wait after `tries` failures: doubled each time, spread by the row's number, at most an hour."""
    plain: dt.timedelta = min(FIRST_WAIT * 2 ** min(tries, 10), LONGEST_WAIT)
    return plain * (1 - SPREAD * (row_id % 97) / 96)
