"""The jobs of petitions: counting again after a change of the calendar, counting what is common, and saying each morning what is late."""

from __future__ import annotations

import structlog
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from vanlang.kernel import clock
from vanlang.kernel.scope import Scope, acting
from vanlang.petitions.services.counting import count_common_marks
from vanlang.petitions.services.digest import tell_what_is_late
from vanlang.petitions.services.recounting import recount

log = structlog.get_logger(__name__)


@app.task(
    name="petitions.recount", queue="petitions", retry=RetryStrategy(max_attempts=8, exponential_wait=3)
)
def recount_petitions() -> None:
    """Count every open petition again, batch after batch; run twice, it finds the same."""
    with acting(Scope.system()):
        last = recount()
        while last is not None:
            last = recount(after=last)


@app.periodic(cron="10 19 * * *")
@app.task(
    name="petitions.count_common_marks", queue="petitions", queueing_lock="petitions.count_common_marks"
)
def count_common(timestamp: int) -> None:
    """Count each night which marks are common, so that repetitions are looked for by the rare ones."""
    with acting(Scope.system()):
        log.info("petitions_common_marks", marks=count_common_marks())


@app.periodic(cron="20 7 * * *")
@app.task(name="petitions.late", queue="petitions", queueing_lock="petitions.late")
def tell_late(timestamp: int) -> None:
    """Tell the officers of each agency what is late or due today, on working days; once a day."""
    told = tell_what_is_late(at=clock.now())
    log.info("petitions_late_told", officers=told)
