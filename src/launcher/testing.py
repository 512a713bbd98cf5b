"""`./vanlang test`: everything CI asks, with its set-up; `check` and `fix`: the quick parts."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence

from launcher import postgres
from launcher.settings import ROOT, STATE, Ports, environment

DEBIAN = {
    "chromium": "chromium", "pdfsig": "poppler-utils", "qpdf": "qpdf", "openssl": "openssl", "xmlsec1": "xmlsec1",
    "nginx": "nginx-light", "pgbouncer": "pgbouncer",
}  # fmt: skip
"""Programs that browser and cross-check tests need, and the Debian package of each."""

PARALLEL = ("-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadscope", "--no-loadscope-reorder")
"""The whole suite takes every core: an app's tests stay together, and so do the journeys."""

OUTSIDE = (
    "VANLANG_SIGNING_AUTHORITY_URL", "VANLANG_SIGNING_TIMESTAMP_URL", "VANLANG_PORTAL_URL", "VANLANG_PAYMENT_URL",
    "VANLANG_SENTINEL_JUST_BEFORE_SECONDS", "PROMETHEUS_MULTIPROC_DIR",
)  # fmt: skip
"""A test that meets another system starts it, and says so; journeys start a whole province."""

QUICK: tuple[tuple[str, list[str]], ...] = (
    ("ruff format", ["ruff", "format", "--check", "--quiet", "."]),
    ("ruff", ["ruff", "check", "--quiet", "."]),
    ("import-linter", ["lint-imports", "--no-cache"]),
    ("mypy", ["mypy", "--no-error-summary"]),
)


def check(rest: Sequence[str]) -> int:
    """Format, lint, floors and types: seconds, no database."""
    failed = [name for name, command in QUICK if not _ask(name, command)]
    print(f"{len(QUICK) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


def fix(rest: Sequence[str]) -> int:
    """Apply every automatic correction."""
    _ask("ruff", ["ruff", "check", "--fix", "--quiet", "."])
    _ask("ruff format", ["ruff", "format", "--quiet", "."])
    return 0


def test(rest: list[str]) -> int:
    """Run the quick checks, then the suite on the real database; with paths, only those tests."""
    if not rest and check([]) != 0:
        return 1
    missing = _install_programs()
    if missing:
        print(f"Not installed, tests that need them are skipped: {', '.join(missing)}", flush=True)
    return _pytest(rest or [*PARALLEL], {})


def renew(variable: str, rest: list[str]) -> int:
    """Run tests that write golden files or screenshots instead of comparing them."""
    _install_programs()
    return _pytest(rest or ["-m", "golden or not golden"], {variable: "1"})


def _pytest(arguments: list[str], extra: dict[str, str]) -> int:
    given = os.environ.get("VANLANG_DATABASE_URL", "")
    if given:
        return _suite(arguments, given, extra)
    with postgres.running(STATE / "test-postgres", durable=False) as server:
        print(f"PostgreSQL {server.version()}", flush=True)
        return _suite(arguments, server.url("postgres"), extra)


def _suite(arguments: list[str], url: str, extra: dict[str, str]) -> int:
    told = environment(Ports(), database_url=url) | {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        **extra,
    }
    for name in OUTSIDE:
        told.pop(name, None)
    started = time.monotonic()
    command = [sys.executable, "-m", "pytest", "--create-db", *arguments]
    code = subprocess.run(command, env=told, cwd=ROOT, check=False).returncode
    print(f"{time.monotonic() - started:.0f} s", flush=True)
    return code


def _ask(name: str, command: list[str]) -> bool:
    told = environment(
        Ports(), database_url=os.environ.get("VANLANG_DATABASE_URL", "postgresql://127.0.0.1/vanlang")
    )
    answer = subprocess.run(command, env=told, cwd=ROOT, capture_output=True, text=True, check=False)
    good = answer.returncode == 0
    print(f"{'ok  ' if good else 'FAIL'} {name}", flush=True)
    if not good:
        print(answer.stdout + answer.stderr, flush=True)
    return good


def _install_programs() -> list[str]:
    """Install what is missing where that is allowed (root on Debian, or VANLANG_INSTALL=1 with sudo); return what still is."""
    missing = [program for program in DEBIAN if not shutil.which(program)]
    if not missing or not shutil.which("apt-get"):
        return missing
    if os.geteuid() == 0:
        as_root: list[str] = []
    elif os.environ.get("VANLANG_INSTALL") == "1" and shutil.which("sudo"):
        as_root = ["sudo", "-n"]
    else:
        return missing
    print(f"Installing {', '.join(DEBIAN[program] for program in missing)} …", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        [
            "apt-get",
            "install",
            "-y",
            "-qq",
            "--no-install-recommends",
            *{DEBIAN[program] for program in missing},
        ],
    ):
        answer = subprocess.run([*as_root, *command], env=quiet, capture_output=True, text=True, check=False)
        if answer.returncode != 0:
            print(answer.stderr.strip().splitlines()[-1:] or "apt-get failed", flush=True)
            break
    return [program for program in DEBIAN if not shutil.which(program)]
