"""What a bench found and where it was found: one JSON file for each, as `launcher.performance` describes."""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from launcher.settings import ROOT

RESULTS = ROOT / "bench" / "results"
SERVER_SETTINGS = (
    "server_version", "fsync", "synchronous_commit", "full_page_writes", "shared_buffers", "work_mem", "jit",
)  # fmt: skip
"""What decides how long the database takes."""
VIETNAM = timezone(timedelta(hours=7))
OVER_BUDGET = 3
"""The exit code of a bench that was right and slower than it may be; `--strict` takes it for a failure."""

Report = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """One run of one bench."""

    bench: str
    command: str
    measured_at: str
    """ISO 8601, to the second."""
    seconds: float
    """How long the whole bench took, laying out included."""
    exit: int
    machine: dict[str, Any]
    load: list[float]
    """Before and after: one minute's average of processes that wanted to run."""
    server: dict[str, str]
    report: Report

    @property
    def is_right(self) -> bool:
        return self.exit in {0, OVER_BUDGET}

    @property
    def is_in_budget(self) -> bool:
        return self.exit == 0


def machine() -> dict[str, Any]:
    """Return on what it was measured: no name of a host, no path."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "cores": os.cpu_count(),
        "memory_gb": round(pages / 2**30, 1),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
    }


def server_settings(url: str) -> dict[str, str]:
    """Return the settings of a server that decide what a figure is worth."""
    import psycopg

    with psycopg.connect(f"{url.rpartition('/')[0]}/postgres", autocommit=True) as connection:
        found = connection.execute(
            "SELECT name, current_setting(name) FROM pg_settings WHERE name = ANY (%s)",
            [list(SERVER_SETTINGS)],
        ).fetchall()
    return dict(sorted(found))


def report_in(printed: str) -> Report | None:
    """Return the JSON object that a bench printed, or None: what it says before and after is for whoever watches."""
    for place, line in enumerate(lines := printed.splitlines()):
        if line.startswith("{"):
            try:
                found, _ = json.JSONDecoder().raw_decode("\n".join(lines[place:]))
            except json.JSONDecodeError:
                continue
            return found if isinstance(found, dict) else None
    return None


def keep(one: Kept, folder: Path = RESULTS) -> Path:
    """Write what a bench found where the page is drawn from."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{one.bench}.json"
    path.write_text(json.dumps(asdict(one), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def all_kept(folder: Path = RESULTS) -> list[Kept]:
    """Return what is kept, in the order of names."""
    return [Kept(**json.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.json"))]


def now() -> str:
    """Return the instant in Vietnam's time, to the second."""
    return datetime.fromtimestamp(time.time(), VIETNAM).isoformat(timespec="seconds")


def command_of(bench: str, options: Sequence[str]) -> str:
    """Return what was typed, as it would be typed again."""
    return " ".join(["./vanlang bench", bench, *(option for option in options if option != "--json")])
