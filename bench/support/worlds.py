"""
A synthetic province to measure in: generated once, kept on the server, and worked in only as a copy.

A world is what seed, size, reference, migrations and the generating code make it; a fingerprint of these is written on its
database (`COMMENT ON DATABASE`) when it is finished. A world whose fingerprint is the one that is wanted is used again, any
other is made anew, and one that was interrupted has none. A bench leaves traces (reads in the log, sessions, dossiers), so
it works in a copy, which the server makes file by file and which goes when the bench does.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
SEED = 44
SIZES = {"tiny": 1_500, "month": 184_513, "year": 2_200_000}
MADE_OF = (
    "reference/**/*",
    "src/vanlang/**/migrations/*.py",
    "src/vanlang/province/**/*.py",
    "src/vanlang/dossiers/services/generating/*.py",
    "src/vanlang/dossiers/rules/lives/*.py",
)


@dataclass(frozen=True, slots=True)
class World:
    """One province on the server, and how it came there."""

    database: str
    dossiers: int
    was_kept: bool
    made_seconds: float
    """How long it took to make, now or when it was made."""
    megabytes: int

    def as_facts(self) -> dict[str, object]:
        """Return what a report says of it."""
        return {
            "dossiers": self.dossiers, "seed": SEED, "was_kept": self.was_kept, "made_seconds": self.made_seconds,
            "megabytes": self.megabytes,
        }  # fmt: skip


def world(size: str | int, *, seed: int = SEED) -> World:
    """
    Return the world of a scale, or the month's agencies and people with so many dossiers: kept, or made now.

    How long that takes, and whether it was kept, is said beside the output.
    """
    name, dossiers = (size, SIZES[size]) if isinstance(size, str) else ("month", size)
    database = f"bench_world_{name if dossiers == SIZES[name] else dossiers}"
    wanted = fingerprint(name, dossiers, seed)
    base = os.environ["VANLANG_DATABASE_URL"]
    with psycopg.connect(_to(base, "postgres"), autocommit=True) as admin:
        known = _comment(admin, database)
        if known.get("fingerprint") == wanted:
            _say(f"The world of {dossiers:,} dossiers is kept and used again (made in {known['seconds']} s).")
            return World(database, dossiers, True, float(known["seconds"]), _megabytes(admin, database))
        _say(f"The world of {dossiers:,} dossiers is made …")
        _drop(admin, database)
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
        began = time.monotonic()
        _generate(_to(base, database), name, dossiers, seed)
        seconds = round(time.monotonic() - began, 1)
        _mark(admin, database, wanted, seconds)
        _say(f"… in {seconds} s.")
        return World(database, dossiers, False, seconds, _megabytes(admin, database))


def fingerprint(name: str, dossiers: int, seed: int) -> str:
    """Return what a world is made of, in sixteen figures."""
    digest = hashlib.sha256(f"{name} {dossiers} {seed}".encode())
    for pattern in MADE_OF:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file() and "tests" not in path.parts:
                digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def copy_of(kept: World) -> Iterator[dict[str, str]]:
    """
    Set Django up on a copy of a world, as the application role, and drop the copy afterwards. One after another in a process.

    Yields the server's settings that decide how long things take.
    """
    base = os.environ["VANLANG_DATABASE_URL"]
    own = f"bench_{os.getpid()}_{kept.dossiers}"
    with psycopg.connect(_to(base, "postgres"), autocommit=True) as admin:
        admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(own), sql.Identifier(kept.database)
            )
        )
        shown = {
            name: _show(admin, name)
            for name in ("server_version", "fsync", "synchronous_commit", "shared_buffers")
        }
    os.environ["VANLANG_DATABASE_URL"] = _to(base, own)
    try:
        _point_django_at(own)
        yield shown
    finally:
        _close()
        os.environ["VANLANG_DATABASE_URL"] = base
        with psycopg.connect(_to(base, "postgres"), autocommit=True) as admin:
            _drop(admin, own)


def _point_django_at(database: str) -> None:
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()
    from django.core.cache import cache
    from django.db import connections

    connections.close_all()
    connections["default"].settings_dict["NAME"] = database
    cache.clear()


def _close() -> None:
    from django.db import connections

    connections.close_all()


def _generate(url: str, name: str, dossiers: int, seed: int) -> None:
    told = os.environ | {"VANLANG_DATABASE_URL": url}
    for command in (
        ["migrate", "--verbosity", "0"],
        ["createcachetable", "--verbosity", "0"],
        ["load_reference"],
        ["province", name, "--seed", str(seed), "--dossiers", str(dossiers)],
    ):
        subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *command],
            env=told,
            cwd=ROOT,
            check=True,
            stdout=sys.stderr,
        )
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE")


def _mark(admin: psycopg.Connection, database: str, wanted: str, seconds: float) -> None:
    statement = sql.SQL("COMMENT ON DATABASE {} IS {}")
    admin.execute(
        statement.format(sql.Identifier(database), sql.Literal(f"fingerprint={wanted} seconds={seconds}"))
    )


def _comment(admin: psycopg.Connection, database: str) -> dict[str, str]:
    row = admin.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [database]
    ).fetchone()
    return dict(part.split("=", 1) for part in (row[0] if row and row[0] else "").split())


def _megabytes(admin: psycopg.Connection, database: str) -> int:
    row = admin.execute("SELECT pg_database_size(%s) / 1000000", [database]).fetchone()
    return int(row[0]) if row else 0


def _show(admin: psycopg.Connection, name: str) -> str:
    row = admin.execute("SELECT current_setting(%s)", [name]).fetchone()
    return str(row[0]) if row else ""


def _drop(admin: psycopg.Connection, database: str) -> None:
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))


def _to(url: str, database: str) -> str:
    return f"{url.rpartition('/')[0]}/{database}"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
