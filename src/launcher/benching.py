"""`./vanlang bench [NAME] [--json]`: figures, each beside what a user would pick instead, in one run."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

from launcher import postgres
from launcher.running import create_database
from launcher.setting_up import manage
from launcher.settings import ROOT, STATE, Ports, environment


def names() -> list[str]:
    """Return the benches there are."""
    return sorted(path.stem for path in (ROOT / "bench").glob("[a-z]*.py"))


def main(argv: Sequence[str]) -> int:
    """Run one bench, or all; the exit code says whether every answer was right, not whether it was fast."""
    wanted = [name for name in argv if not name.startswith("-")][:1]
    options = [argument for argument in argv if argument not in wanted]
    unknown = set(wanted) - set(names())
    if unknown:
        print(f"Không có phép đo {', '.join(unknown)}. Có: {', '.join(names())}", file=sys.stderr)
        return 2
    given = os.environ.get("VANLANG_DATABASE_URL", "")
    if given:
        return _all(wanted or names(), options, given)
    with postgres.running(STATE / "bench-postgres") as server:
        url = server.url("vanlang_bench")
        create_database(url)
        return _all(wanted or names(), options, url)


def _all(wanted: list[str], options: list[str], url: str) -> int:
    told = environment(Ports(), database_url=url)
    told["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    if manage(["migrate", "--verbosity", "0"], told) or manage(
        ["createcachetable", "--verbosity", "0"], told
    ):
        return 1
    failed = 0
    for name in wanted:
        print(f"\n=== {name} ===", flush=True)
        code = f"import sys; from bench.{name} import main; sys.exit(main(sys.argv[1:]))"
        failed += (
            subprocess.run([sys.executable, "-c", code, *options], env=told, cwd=ROOT, check=False).returncode
            != 0
        )
    print(f"\n{len(wanted) - failed} passed, {failed} failed")
    return 1 if failed else 0
