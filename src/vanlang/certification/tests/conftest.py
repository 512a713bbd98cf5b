from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from vanlang.certification.tests.factories import Counter, make_counter
from vanlang.kernel import clock


@pytest.fixture
def counter(db: None, at: dt.datetime) -> Counter:
    return make_counter(at)


@pytest.fixture
def monday(at: dt.datetime) -> Iterator[dt.datetime]:
    """The house's clock stands at 09:00 on Monday 23/11/2026."""
    with clock.frozen(at):
        yield at
