"""How the providers are: remembered in the database, so that every worker and every restart knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import Count, Q

from vanlang.kernel import circuit
from vanlang.kernel.circuit import Circuit, CircuitState, Tally
from vanlang.notifications.models import Attempt, ProviderHealth
from vanlang.notifications.ports import Carried, Carrier
from vanlang.notifications.rules.signs import FAULTS, sign_of


def circuit_of(name: str, at: dt.datetime) -> Circuit:
    """Return how a provider is; one never used is well."""
    row = ProviderHealth.objects.filter(pk=name).first()
    return _circuit(row) if row else Circuit(CircuitState.CLOSED, at - circuit.WINDOW)


def first_well(carriers: Sequence[Carrier], at: dt.datetime, *, batch: int) -> tuple[Carrier, int] | None:
    """Return the first provider that may be given parcels, and how many; None when all are ill."""
    for carrier in carriers:
        if room := circuit.room_for(circuit_of(carrier.name, at), at, batch=batch):
            return carrier, room
    return None


def note(carrier: Carrier, results: Sequence[Carried], at: dt.datetime) -> Circuit:
    """Judge a provider by what it made of `results`, whose attempts are written. Call it in their transaction."""
    row, _ = ProviderHealth.objects.select_for_update().get_or_create(
        pk=carrier.name, defaults={"state": CircuitState.CLOSED, "since_at": at - circuit.WINDOW}
    )
    judged = _circuit(row)
    tally = _tally(carrier.name, judged, at)
    for result in results:
        if judged.state is CircuitState.OPEN and judged.since_at == at:
            break  # what was on the way when it fell ill says nothing new
        judged = circuit.after(judged, sign_of(result.verdict), tally, at)
        if result.verdict in FAULTS:
            row.last_code = result.code
    row.state, row.since_at, row.probe_at = judged.state, judged.since_at, judged.probe_at
    row.waits, row.proven = judged.waits, judged.proven
    row.save()
    return judged


def _tally(name: str, judged: Circuit, at: dt.datetime) -> Tally:
    if judged.state is not CircuitState.CLOSED:
        return Tally()
    counted = Attempt.objects.filter(provider=name, at__gte=circuit.window_of(judged, at)).aggregate(
        total=Count("id"), failed=Count("id", filter=Q(verdict__in=FAULTS))
    )
    return Tally(well=counted["total"] - counted["failed"], failed=counted["failed"])


def _circuit(row: ProviderHealth) -> Circuit:
    return Circuit(CircuitState(row.state), row.since_at, row.probe_at, row.waits, row.proven)
