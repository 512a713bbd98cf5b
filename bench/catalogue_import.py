"""
Import of the national catalogue: how long, and what a second run changes.

    python -m bench.catalogue_import [--json]

Reads `../shared/data/procedures` (or the folder that VANLANG_SHARED names); skipped with the reason where it is absent.
Works in a database of its own, made and dropped by the run.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.support.scratch import scratch_database
from bench.support.verdict import verdict

if TYPE_CHECKING:
    from vanlang.catalogue.api import ImportReport

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("VANLANG_SHARED", ROOT.parent / "shared"))
FILE = SHARED / "data" / "procedures" / "dichvucong_2026-07.jsonl.gz"
GATE_SECONDS = 20.0


def main(argv: list[str]) -> int:
    """Return 0 when the gates hold or the data is absent, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="bench.catalogue_import", description=__doc__)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(argv)
    if not FILE.exists():
        return _skip(options.json)
    with own_database():
        figures = measure()
    right, in_budget = figures["second_run_changes"] == 0, figures["import_seconds"] < GATE_SECONDS
    ok = right and in_budget
    if options.json:
        print(json.dumps(figures | {"ok": ok}, ensure_ascii=False))
    else:
        print(
            f"Import {figures['rows']} procedures: {figures['import_seconds']:.1f} s, own processor "
            f"{figures['import_cpu_seconds']:.1f} s (gate {GATE_SECONDS:.0f} s); "
            f"again: {figures['second_seconds']:.1f} s, {figures['second_run_changes']} changes; "
            f"ready {figures['ready']}, of province and commune {figures['local_ready']} of {figures['local']}; "
            f"{figures['questions']} questions. {figures['cores']} cores, PostgreSQL {figures['postgresql']}."
        )
    return verdict(right=right, in_budget=in_budget)


def measure() -> dict[str, Any]:
    """Return the figures of two imports of the same file."""
    from django.db import connection

    from vanlang.catalogue.models import ToDo

    first, seconds, cpu = timed_import()
    second, again, _ = timed_import()
    from vanlang.catalogue import api
    from vanlang.kernel import clock

    report = api.readiness_report(clock.today())
    return {
        "rows": first.rows,
        "import_seconds": round(seconds, 2),
        "import_cpu_seconds": round(cpu, 2),
        "second_seconds": round(again, 2),
        "second_run_changes": second.changes,
        "ready": report.ready,
        "local": report.local_total,
        "local_ready": report.local_ready,
        "questions": ToDo.objects.count(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "postgresql": connection.pg_version // 10000,
    }


def timed_import() -> tuple[ImportReport, float, float]:
    """Import the file; return the report, and wall and own processor seconds, reading the file included."""
    from vanlang.catalogue import api
    from vanlang.identity.api import SYSTEM
    from vanlang.kernel import clock

    now = clock.now()
    start, cpu = time.perf_counter(), time.process_time()
    report = api.import_rows(
        rows=api.read_source_file(FILE),
        file_name=FILE.name,
        cited_as="Danh mục thủ tục hành chính quốc gia, 7/2026",
        valid_from=now.date(),
        actor=SYSTEM,
        at=now,
    )
    return report, time.perf_counter() - start, time.process_time() - cpu


@contextmanager
def own_database() -> Iterator[None]:
    """Work as the system in a fresh, migrated database; drop it afterwards."""
    with scratch_database("catalogue"):
        from vanlang.kernel.scope import Scope, acting

        with acting(Scope.system()):
            yield


def _skip(as_json: bool) -> int:
    reason = "needs ../shared/data/procedures (set VANLANG_SHARED)"
    print(json.dumps({"skipped": reason}) if as_json else f"Skipped: {reason}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
