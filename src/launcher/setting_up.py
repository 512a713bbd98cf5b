"""Bring a database to where the code is: migrations, reference data, static files. Each step is skipped when nothing changed."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import urlsplit

from launcher.settings import ROOT, STATE


class SetUpError(RuntimeError):
    """A step of the set-up failed; its output stands above."""


def set_up(environment: dict[str, str], *, demo: bool, before: Callable[[], None] = lambda: None) -> None:
    """
    Migrate, load reference data (and the demo's world), collect static files: only what changed since the last time.

    `before` is called before reference data is loaded: the demo's certificates come from the authority.
    """
    database = _name_of(environment["VANLANG_DATABASE_URL"])
    migrations = ROOT.glob("src/vanlang/**/migrations/*.py")
    _step(f"migrate-{database}", [*migrations, ROOT / "requirements.txt"], "Chuẩn bị cơ sở dữ liệu", [
        ["migrate", "--verbosity", "0"],
        ["createcachetable", "--verbosity", "0"],
    ], environment)  # fmt: skip
    flags = ["--demo"] if demo else []
    _step(f"reference-{database}-{demo}", reference_inputs(), "Nạp dữ liệu tham chiếu", [
        ["load_reference", *flags],
    ], environment, before)  # fmt: skip
    static = [path for path in ROOT.glob("src/vanlang/*/static/**/*") if path.is_file()]
    where = hashlib.sha256(environment.get("VANLANG_STATIC_DIR", "").encode()).hexdigest()[:8]
    _step(
        f"static-{where}",
        static,
        "Gom tệp tĩnh",
        [["collectstatic", "--noinput", "--verbosity", "0"]],
        environment,
    )


def reference_inputs() -> list[Path]:
    """Return what reference data is made of: its files, and the code that loads them."""
    return [
        *(path for path in ROOT.glob("reference/**/*") if path.is_file()),
        *ROOT.glob("src/vanlang/*/apps.py"),
        *ROOT.glob("src/vanlang/*/demo*.py"),
        *ROOT.glob("src/vanlang/*/demo/*.py"),
    ]


def manage(arguments: list[str], environment: dict[str, str]) -> int:
    """Run one of Django's commands; return its exit code."""
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments], env=environment, cwd=ROOT, check=False
    ).returncode


def _step(
    name: str,
    inputs: Iterable[Path],
    title: str,
    commands: list[list[str]],
    environment: dict[str, str],
    before: Callable[[], None] = lambda: None,
) -> None:
    stamp = STATE / "stamps" / name
    wanted = fingerprint(inputs)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"{title} …", flush=True)
    before()
    for command in commands:
        if manage(command, environment) != 0:
            msg = f"manage.py {' '.join(command)}"
            raise SetUpError(msg)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted)


def _name_of(url: str) -> str:
    """Return a name for the stamps of a database. The port of our own server may change from start to start."""
    parts = urlsplit(url)
    own = parts.username == "vanlang" and parts.hostname == "127.0.0.1"
    place = f"own{parts.path}" if own else f"{parts.hostname}:{parts.port}{parts.path}"
    return hashlib.sha256(place.encode()).hexdigest()[:12]


def fingerprint(inputs: Iterable[Path]) -> str:
    """Return a digest of files with their names: another when one changes."""
    digest = hashlib.sha256()
    for path in sorted(inputs):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
