"""How the systems are: remembered in the database, so that every worker and every restart knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from vanlang.connectors.models import Call, SystemHealth
from vanlang.connectors.rules.fates import SIGNS
from vanlang.connectors.types import Answered
from vanlang.kernel import circuit
from vanlang.kernel.circuit import Circuit, CircuitState, Sign, Tally

_WORST = (Sign.WELL, Sign.FAULT, Sign.CUT)


def room(system: str, at: dt.datetime, *, batch: int) -> int:
    """Return how many rows a system may be given now."""
    row = SystemHealth.objects.filter(pk=system).first()
    return circuit.room_for(_circuit(row), at, batch=batch) if row else batch


def note(system: str, kind: str, answers: Sequence[Answered], at: dt.datetime) -> Circuit:
    """Judge a system by one call. Call it in the transaction that settles its rows."""
    row, _ = SystemHealth.objects.select_for_update().get_or_create(
        pk=system, defaults={"state": CircuitState.CLOSED, "since_at": at - circuit.WINDOW}
    )
    sign = max((SIGNS[one.verdict] for one in answers), key=_WORST.index, default=Sign.WELL)
    Call.objects.create(system=system, kind=kind, at=at, rows=len(answers), sign=sign)
    judged = circuit.after(_circuit(row), sign, _tally(system, _circuit(row), at), at)
    row.state, row.since_at, row.probe_at = judged.state, judged.since_at, judged.probe_at
    row.waits, row.proven = judged.waits, judged.proven
    if sign is Sign.WELL:
        row.last_well_at = at
    else:
        row.last_code = next((one.code for one in answers if SIGNS[one.verdict] is sign), "")[:80]
    row.save()
    return judged


def _tally(system: str, judged: Circuit, at: dt.datetime) -> Tally:
    """Count calls, not rows: a call that failed for a hundred rows failed once."""
    if judged.state is not CircuitState.CLOSED:
        return Tally()
    calls = Call.objects.filter(system=system, at__gte=circuit.window_of(judged, at))
    failed = calls.exclude(sign=Sign.WELL).count()
    return Tally(well=calls.filter(sign=Sign.WELL).count(), failed=failed)


def _circuit(row: SystemHealth) -> Circuit:
    return Circuit(CircuitState(row.state), row.since_at, row.probe_at, row.waits, row.proven)
