"""What the requests of a while say: rates, percentiles by kind, errors. From every single request, nothing rounded."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bench.support.load.mix import DOSSIERS_PER_ERRAND, POLLED, PROVINCE_PER_SECOND

LIMIT_MS = 300.0
FEWEST = 20
"""So few requests have no 95th percentile."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request to the house, as its client saw it."""

    at: float
    """When the answer was there, in seconds since 1970."""
    kind: str
    milliseconds: float
    wrong: str = ""
    """What was wrong with the answer; empty when it was right."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that the clients came to: ready, taken in, filed."""

    at: float
    what: str
    told: str = ""


def read(lines: Iterable[str]) -> tuple[list[Request], list[Mark]]:
    """Return what the clients wrote down. A last line that is still being written is left for the next time."""
    requests, marks = [], []
    for line in lines:
        if not line.endswith("\n"):
            break
        told = json.loads(line)
        if "what" in told:
            marks.append(Mark(**told))
        else:
            requests.append(Request(**told))
    return requests, marks


def percentile(values: Sequence[float], part: float) -> float:
    """Return the smallest value that at least this part of all does not exceed (nearest rank). Raises: ValueError for none."""
    if not values:
        msg = "no values"
        raise ValueError(msg)
    ordered = sorted(values)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]


@dataclass(frozen=True, slots=True)
class Window:
    """What happened in a while."""

    seconds: float
    requests: tuple[Request, ...]
    """Those that people made; what screens ask by the clock is in `polls`."""
    polls: tuple[Request, ...]
    errands: int = 0
    """Errands of the whole mix that were done."""
    troubles: tuple[str, ...] = ()
    """Errands that a page did not let go on."""

    @property
    def rate(self) -> float:
        return len(self.requests) / self.seconds

    @property
    def p95(self) -> float:
        """Infinite when there is too little to say: a house that answers next to nothing does not hold."""
        if len(self.requests) < FEWEST:
            return math.inf
        return percentile([one.milliseconds for one in self.requests], 0.95)

    @property
    def errors(self) -> list[str]:
        wrong = [f"{one.kind}: {one.wrong}" for one in (*self.requests, *self.polls) if one.wrong]
        return [*wrong, *self.troubles]

    @property
    def holds(self) -> bool:
        return self.p95 < LIMIT_MS and not self.errors

    def figures(self) -> dict[str, Any]:
        """Return what a report tells of it."""
        times = [one.milliseconds for one in self.requests]
        dossiers = self.errands * DOSSIERS_PER_ERRAND / self.seconds
        return {
            "requests_per_second": round(self.rate, 1),
            "polls_per_second": round(len(self.polls) / self.seconds, 1),
            "dossiers_per_second": round(dossiers, 2),
            "times_the_province": round(dossiers / PROVINCE_PER_SECOND, 1),
            "p50_ms": round(percentile(times, 0.5), 1) if times else None,
            "p95_ms": round(self.p95, 1) if math.isfinite(self.p95) else None,
            "errors": len(self.errors),
        }

    def kinds(self) -> list[dict[str, Any]]:
        """Return p50 and p95 of each kind of request, the most frequent first."""
        times = defaultdict(list)
        for one in (*self.requests, *self.polls):
            times[one.kind].append(one.milliseconds)
        return [
            {
                "kind": kind, "requests": len(found), "polled": kind in POLLED,
                "p50_ms": round(percentile(found, 0.5), 1), "p95_ms": round(percentile(found, 0.95), 1),
            }
            for kind, found in sorted(times.items(), key=lambda item: (-len(item[1]), item[0]))
        ]  # fmt: skip


def window(requests: Iterable[Request], marks: Iterable[Mark], *, begin: float, end: float) -> Window:
    """Return what was answered in [begin, end)."""
    inside = [one for one in requests if begin <= one.at < end]
    marked = [one for one in marks if begin <= one.at < end]
    return Window(
        seconds=end - begin,
        requests=tuple(one for one in inside if one.kind not in POLLED),
        polls=tuple(one for one in inside if one.kind in POLLED),
        errands=sum(one.what == "errand" for one in marked),
        troubles=tuple(one.told for one in marked if one.what == "trouble"),
    )
