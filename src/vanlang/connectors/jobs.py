"""The jobs of `connectors`: empty the outbox, apply arrivals, forget."""

from __future__ import annotations

import structlog
from procrastinate.contrib.django import app

from vanlang.connectors import ports
from vanlang.connectors.services import errands
from vanlang.connectors.services.receiving import apply_round
from vanlang.connectors.services.sending import send_round
from vanlang.connectors.services.waking import APPLY, SEND
from vanlang.kernel import clock
from vanlang.kernel.scope import Scope, acting

log = structlog.get_logger(__name__)
ROUNDS = 100
"""Rounds in one run: other jobs have their turn between."""


@app.periodic(cron="* * * * *")
@app.task(name="connectors.sweep", queue="connectors", queueing_lock="connectors.sweep")
def sweep(timestamp: int) -> None:
    """Every minute: send and apply what waited or failed. Also finds what nobody was woken for."""
    for system in ports.systems():
        run_system(system.code)
    run_arrivals()


@app.task(name=SEND, queue="connectors")
def send(*, system: str) -> None:
    """Send what is due to one system."""
    run_system(system)


@app.task(name=APPLY, queue="connectors")
def apply() -> None:
    """Apply what arrived."""
    run_arrivals()


@app.periodic(cron="50 2 * * *")
@app.task(name="connectors.forget", queue="connectors", queueing_lock="connectors.forget")
def forget_old(timestamp: int) -> None:
    """Once a night: forget what nobody needs any more."""
    with acting(Scope.system()):
        log.info("arrivals_forgotten", count=errands.forget(at=clock.now()))


def run_system(system: str) -> int:
    """Send round after round until nothing is due, the system is ill, or others should have a turn; return how many were taken."""
    sent = 0
    with acting(Scope.system()):
        for _ in range(ROUNDS):
            done = send_round(system=system, at=clock.now())
            sent += done.sent
            if not done.goes_on:
                break
    if sent:
        log.info("messages_told", system=system, sent=sent)
    return sent


def run_arrivals() -> int:
    """Apply round after round until nothing is due or others should have a turn."""
    applied = 0
    with acting(Scope.system()):
        for _ in range(ROUNDS):
            done = apply_round(at=clock.now())
            applied += done
            if not done:
                break
    return applied
