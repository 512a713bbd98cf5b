from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Size(StrEnum):
    TINY = "tiny"
    """Every agency and every state, for tests and journeys."""
    MONTH = "month"
    """As much as Phú Thọ received in August 2026."""
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Plan:
    """How much of everything."""

    dossiers: int
    people: int
    entities: int
    officers: int
    petitions: int
    days: int
    """Calendar days before the last instant over which the dossiers were filed."""


SIZES = {
    Size.TINY: Plan(dossiers=1_500, people=1_200, entities=60, officers=1_000, petitions=60, days=30),
    Size.MONTH: Plan(
        dossiers=184_513, people=120_000, entities=6_000, officers=28_226, petitions=1_200, days=31
    ),
    Size.YEAR: Plan(
        dossiers=2_200_000, people=900_000, entities=20_000, officers=28_226, petitions=14_000, days=365
    ),
}
"""Dossiers of a month and officers as published for August 2026; people, enterprises and petitions are assumed."""

Workload = dict[str, tuple[int, int]]
"""Agency code → dossiers received, and how many of them came late."""

UNTIL = dt.datetime(2026, 11, 23, 15, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))
"""The last instant that has happened, unless another is named: a Monday afternoon."""
