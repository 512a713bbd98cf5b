"""What was acknowledged against what is there: the judge of `./vanlang chaos`, and the product's own proofs."""

from __future__ import annotations

import time
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg

from bench.support.load.house import House
from launcher.chaos import diary, evidence
from launcher.chaos.judging import Verdict, judge


def jobs_due(url: str) -> int:
    """Return how many jobs could be done now and are not."""
    found = evidence.waiting(url)
    if found is None:
        raise psycopg.OperationalError("the database does not answer")
    return found.jobs


def judge_all(house: House, folder: Path, since: datetime, *, patience: float) -> dict[str, Any]:
    """Wait for the jobs that are due, then compare. Returns `checks` (what, and what was seen) and `wrong`."""
    url = house.told["VANLANG_DATABASE_URL"]
    waited = _settle(url, patience)
    with (folder / "diary.jsonl").open(encoding="utf-8") as lines:
        told = diary.read(lines)
    found = evidence.read(url, Path(house.told["VANLANG_FILES_DIR"]), since)
    wrong = _wrong(judge(told, found))
    if waited is None:
        wrong.append(f"{jobs_due(url)} jobs are still due after {patience:.0f} s")
    checks: dict[str, Any] = {
        "acknowledged acts": dict(
            Counter(line.kind.value for line in told if line.outcome is diary.Outcome.ACKNOWLEDGED)
        ),
        "not acknowledged": sum(line.outcome is not diary.Outcome.ACKNOWLEDGED for line in told),
        "jobs done after seconds": None if waited is None else round(waited, 1),
        "jobs": dict(found.jobs),
        "outbox": dict(found.outbox),
    }
    for what, words in {
        "dossiers check": ("dossiers", "check"),
        "payments check": ("payments", "check"),
    }.items():
        answer = house.manage(*words)
        said = (answer.stdout.strip() or answer.stderr.strip() or "–").splitlines()
        checks[what] = said[0]
        wrong += [] if answer.returncode == 0 else [f"{what}: {said[0]}"]
    return {"checks": checks, "wrong": wrong}


def _wrong(verdict: Verdict) -> list[str]:
    """Return everything that is not as it was acknowledged."""
    found = verdict.found
    stuck = {name: count for name, count in found.outbox.items() if name in {"left behind", "dead"}}
    failed = {
        name: count for name, count in found.jobs.items() if name in {"failed", "aborted", "left behind"}
    }
    return [
        *(f"lost: {what} {key}" for (_, what), tally in verdict.tallies.items() for key in tally.lost),
        *(f"doubled: {what} {key}" for (_, what), tally in verdict.tallies.items() for key in tally.doubled),
        *(
            f"not as promised: {what} {key}"
            for (_, what), tally in verdict.tallies.items()
            for key in tally.broken
        ),
        *(f"nobody asked for: {one}" for one in verdict.unpromised),
        *(f"a code twice: {one}" for one in verdict.repeated_codes),
        *(f"no line of the log, or two: {one}" for one in found.unrecorded),
        *(f"a line of the log about nothing: {one}" for one in found.invented),
        *(f"a damaged file: {one}" for one in found.damaged),
        *(f"outbox: {count} {name}" for name, count in stuck.items()),
        *(f"jobs: {count} {name}" for name, count in failed.items()),
    ]


def _settle(url: str, patience: float) -> float | None:
    """Return after how many seconds no job was due any more; None when patience ended first."""
    began = time.monotonic()
    while jobs_due(url):
        if time.monotonic() - began > patience:
            return None
        time.sleep(1)
    return time.monotonic() - began
