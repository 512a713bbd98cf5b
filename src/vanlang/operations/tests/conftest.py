"""A moment, and outcomes of backups and drills around it."""

from __future__ import annotations

import datetime as dt

import pytest

from vanlang.operations.types import UpkeepCard, UpkeepKind


def upkeep(kind: UpkeepKind, began_at: dt.datetime, *, good: bool = True, **facts: object) -> UpkeepCard:
    return UpkeepCard(kind, began_at, began_at + dt.timedelta(minutes=10), good, facts)


@pytest.fixture
def yesterday(at: dt.datetime) -> dt.datetime:
    return at - dt.timedelta(hours=7)
