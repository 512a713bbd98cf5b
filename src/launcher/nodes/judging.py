"""
Three nodes held to their word, as a function of values: what was acknowledged is on every one of them, once, and they are equal.

The acts of people are weighed as `./vanlang chaos` weighs them (`launcher.chaos.judging`), on each node by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from launcher.chaos.diary import Line
from launcher.chaos.judging import Found, judge
from launcher.nodes.pulse import Beat


@dataclass(frozen=True, slots=True)
class Digest:
    """A table as one number: how many rows, and a sum over a hash of each, whatever their order."""

    rows: int
    sum: str


@dataclass(frozen=True, slots=True)
class Copy:
    """What one node holds."""

    name: str
    found: Found
    beats: Counter[int]
    tables: Mapping[str, Digest]


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is wrong; all empty when acknowledged is stored."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)
    """There although nobody asked for it, or otherwise than it was promised."""
    unequal: list[str] = field(default_factory=list)
    in_the_dark: list[str] = field(default_factory=list)
    """Acknowledged although only one node of three lived."""


@dataclass(frozen=True, slots=True)
class Dark:
    """A time in which only one node lived. Units: seconds of the same clock as the beats."""

    since: float
    until: float


def rule(
    lines: Sequence[Line], beats: Sequence[Beat], copies: Sequence[Copy], darks: Sequence[Dark] = ()
) -> Ruling:
    """Return what the nodes hold against what was acknowledged."""
    ruling = Ruling(unequal=_unequal(copies), in_the_dark=_in_the_dark(beats, darks))
    for copy in copies:
        _weigh_acts(ruling, copy, lines)
        _weigh_beats(ruling, copy, beats)
    return ruling


def _weigh_acts(ruling: Ruling, copy: Copy, lines: Sequence[Line]) -> None:
    verdict = judge(lines, copy.found)
    for (kind, _), tally in verdict.tallies.items():
        ruling.lost.extend(f"{copy.name}: {kind} {key}" for key in tally.lost)
        ruling.doubled.extend(f"{copy.name}: {kind} {key}" for key in tally.doubled)
        ruling.unasked.extend(f"{copy.name}: {kind} {key}" for key in tally.broken)
    ruling.unasked.extend(f"{copy.name}: {one}" for one in verdict.unpromised)
    ruling.doubled.extend(f"{copy.name}: {code}" for code in verdict.repeated_codes)


def _weigh_beats(ruling: Ruling, copy: Copy, beats: Iterable[Beat]) -> None:
    sent = {beat.number: beat for beat in beats}
    promised = (number for number, beat in sent.items() if beat.acknowledged is not None)
    ruling.lost.extend(f"{copy.name}: nhịp {number}" for number in promised if not copy.beats[number])
    ruling.doubled.extend(f"{copy.name}: nhịp {number}" for number, count in copy.beats.items() if count > 1)
    ruling.unasked.extend(f"{copy.name}: nhịp {number}" for number in copy.beats if number not in sent)


def _unequal(copies: Sequence[Copy]) -> list[str]:
    names = sorted({name for copy in copies for name in copy.tables})
    return [name for name in names if len({copy.tables.get(name) for copy in copies}) != 1]


def _in_the_dark(beats: Iterable[Beat], darks: Sequence[Dark]) -> list[str]:
    return [
        f"nhịp {beat.number}"
        for beat in beats
        for dark in darks
        if beat.acknowledged is not None and dark.since <= beat.sent and beat.acknowledged <= dark.until
    ]
