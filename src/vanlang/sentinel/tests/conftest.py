from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest

from vanlang.sentinel import ports
from vanlang.sentinel.models import SyncRun
from vanlang.sentinel.services.asking import ask_run
from vanlang.sentinel.services.comparing import carry_out
from vanlang.sentinel.tests.copies import SYSTEM, Sides, a_record
from vanlang.sentinel.types import Way

AUGUST = (dt.date(2026, 8, 1), dt.date(2026, 8, 31))
Compare = Callable[..., SyncRun]


@pytest.fixture
def sides(db: None) -> Iterator[Sides]:
    """Forty records of two agencies on ten days, the same on both sides."""
    records = [
        a_record(number, day=1 + number % 10, agency=("H44.801", "H44.802")[number % 2])
        for number in range(40)
    ]
    made = Sides(list(records), list(records))
    ports.register_comparison(made)
    yield made
    ports.forget(SYSTEM)


@pytest.fixture
def compare(sides: Sides, at: dt.datetime) -> Compare:
    """Compare the two sides; return the run."""

    def run(
        way: Way | None = None, days: tuple[dt.date, dt.date] = AUGUST, later: int = 0, **more: object
    ) -> SyncRun:
        when = at + dt.timedelta(days=later)
        key = ask_run(
            system=SYSTEM, first_on=days[0], last_on=days[1], way=way, at=when, defer=False, **more  # type: ignore[arg-type]
        )  # fmt: skip
        carry_out(run_id=key, clock=lambda: when)
        return SyncRun.objects.get(pk=key)

    return run
