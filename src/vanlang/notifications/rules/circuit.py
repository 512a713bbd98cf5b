"""
Whether a provider is well enough to be given parcels.

    CLOSED ──── no connection, or 15 % of at least 5 parcels failed in 5 minutes ────▶ OPEN
      ▲                                                                                │ its wait is over
      └──────────────── 3 probes went well in a row ──────────── PROBING ◀─────────────┘
                                                                    │ a probe failed: OPEN again, the wait doubled

Only a provider's own faults count: an address without anybody behind it, or a plea to go slower, says that it is well.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from vanlang.notifications.types import CircuitState, ProviderVerdict

WINDOW = dt.timedelta(minutes=5)
FAILING_PERCENT = 15
LEAST_PARCELS = 5
FIRST_WAIT, LONGEST_WAIT = dt.timedelta(minutes=1), dt.timedelta(minutes=15)
PROBES = 3

FAULTS = frozenset({ProviderVerdict.TEMPORARY, ProviderVerdict.UNREACHABLE, ProviderVerdict.UNCLEAR})
"""Verdicts that are the provider's own fault."""


@dataclass(frozen=True, slots=True)
class Circuit:
    """How a provider is."""

    state: CircuitState
    since_at: dt.datetime
    probe_at: dt.datetime | None = None
    waits: int = 0
    proven: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the parcels of the last five minutes, since the provider was last found well."""

    well: int = 0
    failed: int = 0


def window_of(circuit: Circuit, at: dt.datetime) -> dt.datetime:
    """Return from when on parcels count: what was before the provider's recovery does not count against it."""
    return max(at - WINDOW, circuit.since_at)


def room_for(circuit: Circuit, at: dt.datetime, *, batch: int) -> int:
    """Return how many parcels the provider may be given now: a whole batch, one as a probe, or none."""
    match circuit.state:
        case CircuitState.CLOSED:
            return batch
        case CircuitState.PROBING:
            return 1
        case CircuitState.OPEN:
            return 1 if circuit.probe_at is not None and at >= circuit.probe_at else 0


def after(circuit: Circuit, verdict: ProviderVerdict, tally: Tally, at: dt.datetime) -> Circuit:
    """Return how the provider is after `verdict`; `tally` counts it already."""
    if circuit.state is CircuitState.CLOSED:
        return opened(circuit, at) if _is_ill(verdict, tally) else circuit
    if verdict in FAULTS:
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


def _is_ill(verdict: ProviderVerdict, tally: Tally) -> bool:
    if verdict is ProviderVerdict.UNREACHABLE:
        return True
    total = tally.well + tally.failed
    return total >= LEAST_PARCELS and tally.failed * 100 >= FAILING_PERCENT * total
