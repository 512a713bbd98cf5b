"""What the drill needs on this machine: etcd and pgbouncer of Debian, PostgreSQL's programs, Patroni of its own environment."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from launcher.postgres import PostgresError, find_binaries
from launcher.settings import ROOT, STATE

LOCK = ROOT / "deploy" / "ha" / "requirements.txt"
TOOLS = ROOT / "deploy" / "ha" / "requirements-build.txt"
"""Two of Patroni's packages come as source only: what they are built with is pinned as well."""
DEBIAN = {"etcd": "etcd-server", "pgbouncer": "pgbouncer"}
POSTGRESQL = (
    "initdb",
    "pg_basebackup",
    "pg_controldata",
    "pg_ctl",
    "pg_isready",
    "pg_rewind",
    "postgres",
    "psql",
)


class LackingError(RuntimeError):
    """Something is not installed; says what to do."""


@dataclass(frozen=True, slots=True)
class Programs:
    """Where they are."""

    etcd: str
    pgbouncer: str
    postgresql: Path
    patroni: Path


def found() -> Programs:
    """Return the programs; Patroni's environment is made at the first time. Raises: LackingError."""
    places = {name: which(name) for name in DEBIAN}
    missing = [DEBIAN[name] for name, place in places.items() if not place]
    if missing:
        raise LackingError(f"Cần các gói Debian: apt install --no-install-recommends {' '.join(missing)}")
    try:
        postgresql = find_binaries()
    except PostgresError as error:
        raise LackingError(str(error)) from error
    absent = [name for name in POSTGRESQL if not (postgresql / name).exists()]
    if absent:
        raise LackingError(f"{postgresql} thiếu {', '.join(absent)}: cài gói postgresql của Debian.")
    return Programs(str(places["etcd"]), str(places["pgbouncer"]), postgresql, _patroni(STATE / "ha-venv"))


def which(program: str) -> str | None:
    return shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")


def _patroni(venv: Path) -> Path:
    """Return Patroni of an environment that holds exactly what the lock names."""
    stamp, wanted = venv / "complete", hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        print("Cài Patroni vào môi trường riêng (một lần) …", flush=True)
        shutil.rmtree(venv, ignore_errors=True)
        install = [
            str(venv / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps",
            "--no-build-isolation", "--require-hashes", "-r",
        ]  # fmt: skip
        for command in (
            [sys.executable, "-m", "venv", str(venv)],
            [*install, str(TOOLS)],
            [*install, str(LOCK)],
        ):
            if subprocess.run(command, check=False).returncode != 0:
                raise LackingError("Không cài được Patroni: cần nối được tới kho gói Python, xem dòng trên.")
        stamp.write_text(wanted)
    return venv / "bin" / "patroni"
