"""
Whether an outside system is well enough to be given anything.

    CLOSED ──── no connection, or 15 % of at least 5 tries failed in 5 minutes ──────▶ OPEN
      ▲                                                                                │ its wait is over
      └──────────────── 3 probes went well in a row ──────────── PROBING ◀─────────────┘
                                                                    │ a probe failed: OPEN again, the wait doubled

Only its own faults count: whoever refuses what was asked, or pleads to go slower, is well. Pure: no clock, no database.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum

WINDOW = dt.timedelta(minutes=5)
FAILING_PERCENT = 15
LEAST_TRIES = 5
FIRST_WAIT, LONGEST_WAIT = dt.timedelta(minutes=1), dt.timedelta(minutes=15)
PROBES = 3


class CircuitState(StrEnum):
    CLOSED = "closed"
    """Well: everything flows."""
    OPEN = "open"
    """Ill: nothing is sent until the probe."""
    PROBING = "probing"
    """One try at a time, until it is well again."""


class Sign(StrEnum):
    """What one try says of the other side's health."""

    WELL = "well"
    FAULT = "fault"
    """It answered badly, or broke off."""
    CUT = "cut"
    """There was no connection at all."""


@dataclass(frozen=True, slots=True)
class Circuit:
    """How an outside system is."""

    state: CircuitState
    since_at: dt.datetime
    probe_at: dt.datetime | None = None
    waits: int = 0
    proven: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the tries of the last five minutes, since it was last found well."""

    well: int = 0
    failed: int = 0


def window_of(circuit: Circuit, at: dt.datetime) -> dt.datetime:
    """Return from when on tries count: what was before its recovery does not count against it."""
    return max(at - WINDOW, circuit.since_at)


def room_for(circuit: Circuit, at: dt.datetime, *, batch: int) -> int:
    """Return how much it may be given now: a whole batch, one as a probe, or nothing."""
    match circuit.state:
        case CircuitState.CLOSED:
            return batch
        case CircuitState.PROBING:
            return 1
        case CircuitState.OPEN:
            return 1 if circuit.probe_at is not None and at >= circuit.probe_at else 0


def after(circuit: Circuit, sign: Sign, tally: Tally, at: dt.datetime) -> Circuit:
    """Return how it is after `sign`; `tally` counts it already."""
    if circuit.state is CircuitState.CLOSED:
        return opened(circuit, at) if _is_ill(sign, tally) else circuit
    if sign is not Sign.WELL:
        return opened(circuit, at)
    proven = circuit.proven + 1
    if proven >= PROBES:
        return Circuit(CircuitState.CLOSED, at)
    since = circuit.since_at if circuit.state is CircuitState.PROBING else at
    return replace(circuit, state=CircuitState.PROBING, since_at=since, probe_at=None, proven=proven)


def opened(circuit: Circuit, at: dt.datetime) -> Circuit:
    """Return the circuit opened: nothing flows until the probe, later with every time."""
    waits = circuit.waits + 1
    wait = min(FIRST_WAIT * 2 ** min(waits - 1, 10), LONGEST_WAIT)
    return Circuit(CircuitState.OPEN, at, probe_at=at + wait, waits=waits)


def _is_ill(sign: Sign, tally: Tally) -> bool:
    if sign is Sign.CUT:
        return True
    total = tally.well + tally.failed
    return total >= LEAST_TRIES and tally.failed * 100 >= FAILING_PERCENT * total
