"""Ratings as a picture: bars that the server draws, beside the table that says the same."""

from __future__ import annotations

from dataclasses import dataclass

from vanlang.dossiers.api import RATING_QUESTIONS, RatingSummary

WIDTH = 220
"""Units of the drawing that stand for all marks."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One mark of one question."""

    mark: int
    count: int
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class BarRow:
    """One question: its marks side by side, from 1 to 5."""

    label: str
    count: int
    mean: str
    satisfied: str
    bars: tuple[Bar, ...]


def rating_bars(summary: RatingSummary) -> tuple[BarRow, ...]:
    """Return the rows of the picture; none for a question with too few marks."""
    rows = []
    for tally in summary.tallies:
        if tally.counts is None or tally.mean is None or tally.satisfied is None:
            continue
        x, bars = 0, []
        for mark, count in enumerate(tally.counts, start=1):
            width = round(WIDTH * count / tally.count)
            bars.append(Bar(mark, count, x, width))
            x += width
        rows.append(
            BarRow(
                label=RATING_QUESTIONS[tally.question],
                count=tally.count,
                mean=f"{tally.mean:.1f}".replace(".", ","),
                satisfied=f"{100 * tally.satisfied:.0f} %",
                bars=tuple(bars),
            )
        )
    return tuple(rows)
