"""
The diary against the database, as a function of values: what was lost, what was doubled, what nobody asked for.

Acknowledged means exactly once. Unknown means at most once. Refused means not at all. Of most kinds the key is the thing
itself, and two windows of one person may both be told of the one thing; of acts on a dossier every line is one more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from launcher.chaos.diary import MANY, Kind, Line, Outcome


@dataclass(frozen=True, slots=True)
class Trace:
    """What one key left in the database."""

    count: int
    told: frozenset[str] = frozenset()
    """What may have been promised of it: the codes of the dossiers."""


@dataclass(slots=True)
class Found:
    """What the database holds of everything that the run touched."""

    traces: dict[Kind, dict[str, Trace]] = field(default_factory=dict)
    codes: Counter[str] = field(default_factory=Counter)
    """Every dossier's code."""
    unrecorded: list[str] = field(default_factory=list)
    """Acts without their line in the audit, or with two."""
    invented: list[str] = field(default_factory=list)
    """Lines of the audit about acts that are not there."""
    damaged: list[str] = field(default_factory=list)
    """Files whose content is not what was stored."""
    outbox: Counter[str] = field(default_factory=Counter)
    """Messages to other systems, by state."""
    letters: list[str] = field(default_factory=list)
    """Messages from other systems that were taken and not acted upon."""
    jobs: Counter[str] = field(default_factory=Counter)
    """Jobs by state."""

    def trace(self, kind: Kind, key: str) -> Trace:
        return self.traces.get(kind, {}).get(key, Trace(0))


@dataclass(slots=True)
class Tally:
    """One sort of act, counted."""

    asked: int = 0
    acknowledged: int = 0
    unknown: int = 0
    refused: int = 0
    lost_answers: int = 0
    repeated: int = 0
    found: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    """It is there, but not as it was promised; or it is there although it was refused."""

    @property
    def holds(self) -> bool:
        return not (self.lost or self.doubled or self.broken)


@dataclass(slots=True)
class Verdict:
    """What the checker says."""

    tallies: dict[tuple[Kind, str], Tally]
    """By kind and what was done."""
    unpromised: list[str]
    """What is there and nobody asked for."""
    repeated_codes: list[str]
    found: Found

    @property
    def lost(self) -> list[str]:
        return [key for one in self.tallies.values() for key in one.lost]

    @property
    def doubled(self) -> list[str]:
        return [key for one in self.tallies.values() for key in one.doubled]

    def of(self, kind: Kind) -> list[Tally]:
        return [tally for (about, _), tally in self.tallies.items() if about is kind]


def judge(lines: Sequence[Line], found: Found) -> Verdict:
    """Return what the database holds against what was promised."""
    tallies: defaultdict[tuple[Kind, str], Tally] = defaultdict(Tally)
    for (kind, key), about in _by_key(lines).items():
        _weigh(tallies[kind, about[0].what], key, about, found.trace(kind, key))
    order = list(Kind)
    return Verdict(
        tallies=dict(sorted(tallies.items(), key=lambda one: order.index(one[0][0]))),
        unpromised=_unpromised(lines, found.traces),
        repeated_codes=[code for code, count in found.codes.items() if count > 1],
        found=found,
    )


def _by_key(lines: Iterable[Line]) -> dict[tuple[Kind, str], list[Line]]:
    """Gather lines that are about one thing: an act that was asked for twice may be there twice."""
    gathered: defaultdict[tuple[Kind, str], list[Line]] = defaultdict(list)
    for line in lines:
        gathered[line.kind, line.key].append(line)
    return dict(gathered)


def _weigh(tally: Tally, key: str, about: Sequence[Line], trace: Trace) -> None:
    outcomes = Counter(line.outcome for line in about)
    least = outcomes[Outcome.ACKNOWLEDGED]
    most = least + outcomes[Outcome.UNKNOWN]
    if about[0].kind not in MANY:
        least, most = min(least, 1), min(most, 1)
    tally.asked += len(about)
    tally.acknowledged += outcomes[Outcome.ACKNOWLEDGED]
    tally.unknown += outcomes[Outcome.UNKNOWN]
    tally.refused += outcomes[Outcome.REFUSED]
    tally.lost_answers += sum(line.lost for line in about)
    tally.repeated += sum(line.presses - 1 for line in about)
    tally.found += trace.count
    promised = {line.promised for line in about if line.promised}
    if trace.count < least:
        tally.lost.append(key)
    elif trace.count > most:
        (tally.doubled if most else tally.broken).append(key)
    elif not promised <= trace.told:
        tally.broken.append(f"{key}: {', '.join(sorted(promised - trace.told))}")


def _unpromised(lines: Sequence[Line], traces: Mapping[Kind, Mapping[str, Trace]]) -> list[str]:
    asked = {(line.kind, line.key) for line in lines}
    return [
        f"{kind} {key}"
        for kind, keys in traces.items()
        for key, trace in keys.items()
        if trace.count and (kind, key) not in asked
    ]
