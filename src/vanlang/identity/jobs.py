"""The job of `identity`: once a night, forget what is over."""

from __future__ import annotations

import structlog
from django.contrib.sessions.models import Session
from procrastinate.contrib.django import app

from vanlang.identity.services import forget_full_allowances
from vanlang.kernel import clock
from vanlang.kernel.scope import Scope, acting

log = structlog.get_logger(__name__)


@app.periodic(cron="37 2 * * *")
@app.task(name="identity.forget", queue="identity", queueing_lock="identity.forget")
def forget_what_is_over(timestamp: int) -> None:
    """Delete sessions that ended and allowances that are full again."""
    at = clock.now()
    with acting(Scope.system()):
        sessions = Session.objects.filter(expire_date__lt=at).delete()[0]
        allowances = forget_full_allowances(at)
    log.info("identity_forgot", sessions=sessions, allowances=allowances)
