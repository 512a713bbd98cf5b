"""
A province at work: how much at once does the house hold, and what memory does it take?

    ./vanlang bench load                        # a small province, a minute or two
    ./vanlang bench load --scale month          # 184,513 dossiers
    ./vanlang bench load --scale month --strict # and the budgets
    ./vanlang bench load --seconds 40           # longer steps

The house is served as a pilot runs it (`support/load/house.py`): web server and job worker with the numbers of deploy/,
PostgreSQL with the settings of deploy/, every commit on the disk, all of it on its own cores. Locust has another core,
with the stand-ins for the outside world. Citizens and officers of a dozen communes do what they come to do, in the shares
of `support/load/mix.py`: every form with its CSRF token, every redirect followed, every answer read; one that does not show
what it should is an error. More and more people are at work, until the 95th percentile of all requests reaches 300 ms or
anything is wrong; the answer is the most that held.

**Right**, the exit code: nothing was answered wrongly while it was fast enough, and afterwards every act that was
acknowledged is in the database exactly once, with its line of the log, its code and its files (the judge of `./vanlang
chaos`, and the product's own proofs). **Fast** (`--strict`): at least as many dossiers a second as the whole province takes
in on average in its working hours; **small**: the house within 8 GB at its peak, in proportional set size.

Beside it, in the same run over the same rows and the same cores: a list, a search and a dossier of what a Django developer
would first write (`support/plain`: no masks, no row-level security, no log of reads, no counts), climbed in the same way,
and the same three of ours.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bench.support.load.showing import shown, tables

if TYPE_CHECKING:
    from bench.support.load.climbing import Climb, Tried
    from bench.support.load.house import Cores, House
    from bench.support.load.memory import Sample
    from bench.support.load.world import World

LIMIT_GB = 8.0
SECONDS = {"tiny": 8.0, "month": 30.0, "year": 30.0}
FIRST = {"tiny": 8, "month": 16, "year": 16}
"""People of the first step."""
SETTLE_SECONDS = 420
READS_FIRST = 16


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, and return 0 when everything was right and within its budgets."""
    parser = argparse.ArgumentParser(prog="bench load", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    parser.add_argument("--scale", choices=sorted(SECONDS), default="tiny")
    parser.add_argument("--seconds", type=float, help="length of a step")
    parser.add_argument("--strict", action="store_true", help="the month, unless another scale is named")
    parser.add_argument("--alone", action="store_true", help="without the plain application beside it")
    told = parser.parse_args(argv)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # whoever ends it early: what it started ends too
    state = _own_state()
    from bench.support.verdict import (
        verdict,
    )  # it brings launcher.settings, which asks where the state is once

    report = _measure(told.scale, told.seconds or SECONDS[told.scale], alone=told.alone)
    print(json.dumps(report, indent=2, ensure_ascii=False) if told.json else tables(report))
    print(f"Every request and every line of the diary: {state}", file=sys.stderr)
    return verdict(right=report["is_right"], in_budget=report["in_budget"])


def _own_state() -> str:
    """Have a state folder of this bench's own, and forget what another installation told its processes."""
    state = os.path.join(os.environ.get("VANLANG_STATE", ".state"), "load")
    for name in [name for name in os.environ if name.startswith(("VANLANG_", "DJANGO_", "PROMETHEUS_"))]:
        del os.environ[name]
    os.environ["VANLANG_STATE"] = os.path.abspath(state)
    return os.environ["VANLANG_STATE"]


def _measure(scale: str, seconds: float, *, alone: bool) -> dict[str, Any]:
    from bench.support.load import house as houses
    from bench.support.load.world import prepare

    load, began = os.getloadavg()[0], time.monotonic()
    ports, own, cores = houses.ports(), houses.server(), houses.Cores.share()
    own.start()
    try:
        world = prepare(own, ports, scale)
        prepared = time.monotonic() - began
        with houses.running(world, ports, own, cores) as house:
            whole, found = _work(house, world, cores, seconds, FIRST[scale])
            settings = house.settings()
            reads = [] if alone else [_read(house, world, cores, "reads", seconds)]
        if not alone:
            with houses.plainly(world, ports, own, cores) as plain:
                reads.append(_read(plain, world, cores, "plain", seconds))
    finally:
        own.stop()
    conditions = {
        "scale": scale, "seconds": seconds, "cores": os.cpu_count(), "house_cores": len(cores.house),
        "load": [round(load, 2), round(os.getloadavg()[0], 2)], "python": platform.python_version(), "server": settings,
        "web": f"{house.told.get('VANLANG_WEB_PROCESSES', '2')} processes of {house.told.get('VANLANG_WEB_THREADS', '2')} threads",
        "world": world.kept.as_facts(), "prepared_seconds": round(prepared, 1), "offices": len(world.cast["offices"]),
    }  # fmt: skip
    report = conditions | _report(whole, found, reads)
    return report | {"shown": shown(report)}


def _work(
    house: House, world: World, cores: Cores, seconds: float, first: int
) -> tuple[Climb, dict[str, Any]]:
    """Let everybody work, then hold what was acknowledged against what is there."""
    from bench.support.load.climbing import Climb
    from bench.support.load.judging import jobs_due, judge_all
    from launcher.chaos import evidence

    since = evidence.now(world.url)
    plan = {"cast": world.cast, "password": house.told["VANLANG_DEMO_PASSWORD"]}
    climb = Climb("whole", house, cores, plan, seconds, first, lambda: jobs_due(world.url))
    climb.run()
    return climb, judge_all(house, climb.folder, since, patience=SETTLE_SECONDS)


def _read(house: House, world: World, cores: Cores, play: str, seconds: float) -> Climb:
    from bench.support.load.climbing import Climb

    counters = [
        one for office in world.cast["offices"] for one in office["officers"] if one["role"] == "counter"
    ]
    signed_in = house.sessions([one["username"] for one in counters])
    plan = {"cast": world.cast, "password": "", **signed_in}
    climb = Climb(play, house, cores, plan, max(6.0, seconds / 2), READS_FIRST, lambda: 0)
    climb.run()
    return climb


# --- what is told -----------------------------------------------------------------------------------------


def _report(whole: Climb, found: dict[str, Any], reads: Sequence[Climb]) -> dict[str, Any]:
    best = whole.best
    wrong = [*whole.wrong, *found["wrong"], *(error for climb in reads for error in climb.wrong)]
    peak = _gigabytes(whole.peak)
    times = best.window.figures()["times_the_province"] if best else 0.0
    return {
        "steps": [one.figures() | {"held": one.window.holds} for one in whole.tried],
        "highest": best.figures() if best else None,
        "kinds": best.window.kinds() if best else [],
        "memory": {
            "at_the_highest": _gigabytes(best.memory) if best else {},
            "peak": peak,
            "limit_gb": LIMIT_GB,
        },
        "side_by_side": [_side(climb) for climb in reads],
        "correct": found,
        "wrong": wrong,
        "is_right": not wrong and best is not None,
        "in_budget": peak["together"] <= LIMIT_GB and times >= 1.0,
    }


def _gigabytes(taken: Sample) -> dict[str, float]:
    found = {name: round(one.total / 2**30, 3) for name, one in taken.items()}
    shared = sum(one.shared + one.huge for one in taken.values())
    return found | {
        "together": round(sum(one.total for one in taken.values()) / 2**30, 3),
        "of it shared on purpose": round(shared / 2**30, 3),
    }


SIDES = {
    "reads": "list, search, dossier: ours (row-level security, masks, counts, a log of reads)",
    "plain": "the same of a plain Django application (none of these)",
}


def _side(climb: Climb) -> dict[str, Any]:
    best = climb.best
    return {
        "who": SIDES[climb.play],
        "steps": [one.figures() | {"held": one.window.holds} for one in climb.tried],
        "highest": best.figures() if best else None,
        "kinds": best.window.kinds() if best else _slowest(climb.tried),
    }


def _slowest(tried: Sequence[Tried]) -> list[dict[str, Any]]:
    """Return the kinds of the gentlest step, where even that was too much."""
    return min(tried, key=lambda one: one.slots).window.kinds() if tried else []


if __name__ == "__main__":
    sys.exit(main())
