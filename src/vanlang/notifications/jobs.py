"""The jobs of `notifications`: empty the outbox, hear receipts, forget old words."""

from __future__ import annotations

import structlog
from procrastinate.contrib.django import app

from vanlang.kernel import clock
from vanlang.kernel.scope import Scope, acting
from vanlang.notifications import ports
from vanlang.notifications.services.forgetting import forget
from vanlang.notifications.services.sending import Round, rest, send_round
from vanlang.notifications.services.settling import confirm
from vanlang.notifications.services.waking import SEND
from vanlang.notifications.types import NoticeChannel

log = structlog.get_logger(__name__)
ROUNDS = 200
"""Batches of one channel in one run: other jobs have their turn between."""
MORE_SOON = 5
"""Seconds until the next run when a provider asked to go slower."""


@app.periodic(cron="* * * * *")
@app.task(name="notifications.sweep", queue="notifications", queueing_lock="notifications.sweep")
def sweep(timestamp: int) -> None:
    """Every minute: send what was held or failed, hear receipts. Also finds what nobody was woken for."""
    run()
    hear()


@app.task(name=SEND, queue="notifications")
def send() -> None:
    """Send what is due."""
    run()


@app.periodic(cron="40 2 * * *")
@app.task(name="notifications.forget", queue="notifications", queueing_lock="notifications.forget")
def forget_old(timestamp: int) -> None:
    """Once a night: forget words and addresses that nobody needs any more."""
    with acting(Scope.system()):
        log.info("messages_forgotten", count=forget(at=clock.now()))


def run() -> None:
    """Send batch after batch of every channel."""
    slowed = False
    with acting(Scope.system()):
        for channel in NoticeChannel:
            done = run_channel(channel)
            slowed = slowed or done.is_slowed
    if slowed:
        app.configure_task(SEND, queue="notifications", schedule_in={"seconds": MORE_SOON}).defer()


def run_channel(channel: NoticeChannel) -> Round:
    """Send batch after batch of one channel until nothing is due, nobody takes it, or others should have a turn."""
    tried, done, carriers = 0, Round(), ports.carriers(channel)
    for _ in range(ROUNDS):
        done = send_round(channel=channel, carriers=carriers, at=clock.now())
        tried += done.tried
        if not done.goes_on:
            break
    rest(carriers, at=clock.now())
    if tried or done.is_stuck:
        log.info("messages_sent", channel=channel, tried=tried, stuck=done.is_stuck, slowed=done.is_slowed)
    return done


def hear() -> None:
    """Ask every provider what it has to say of what it accepted."""
    with acting(Scope.system()):
        for carrier in ports.carriers():
            said = carrier.confirmations()
            changed = confirm(carrier.name, said, at=clock.now()) if said else 0
            if said:
                log.info("receipts_heard", provider=carrier.name, heard=len(said), changed=changed)
