"""The province that load is put on: a copy of a kept world (`bench.support.worlds`), staffed, with files of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from bench.support import worlds
from launcher.postgres import Server
from launcher.processes import stop_all, wait_for
from launcher.running import health_of, outside
from launcher.setting_up import SetUpError, manage
from launcher.settings import ROOT, STATE, Ports, environment

OFFICES = {"tiny": 3, "month": 12, "year": 12}
"""Communes that take part, those with the most to do; the dossiers of all the others lie around them."""


@dataclass(frozen=True, slots=True)
class World:
    """A copy that a run may change as it likes."""

    kept: worlds.World
    url: str
    cast: dict[str, Any]
    """Who takes part, and what they look for: what `staffing` wrote."""
    people: Path
    """The citizens, for the stand-in that they sign in at."""
    files: Path


def told_to(ports: Ports, url: str, files: Path) -> dict[str, str]:
    """Return what the processes of a run are told through their environment."""
    return environment(ports, database_url=url) | {
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "VANLANG_FILES_DIR": str(files),
        # The clients stand in for nginx, which tells where a request came from
        "VANLANG_TRUSTED_PROXIES": "1",
    }


def prepare(server: Server, ports: Ports, size: str) -> World:
    """Return a province of a size that is ready to work, on a server that runs. Raises: SetUpError."""
    kept = _kept(server, ports, size)
    files, home, url = STATE / "files", STATE / "cast", server.url("load")
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    _copy(server, kept.database, "load")
    told = told_to(ports, url, files)
    if manage(["collectstatic", "--noinput", "--verbosity", "0"], told) != 0:
        raise SetUpError("manage.py collectstatic")
    _staff(ports, told, home, OFFICES[size])
    cast = json.loads((home / "cast.json").read_text(encoding="utf-8"))
    return World(kept, url, cast, home / "people.json", files)


def _kept(server: Server, ports: Ports, size: str) -> worlds.World:
    """Return the world, made where none is kept; its officers have the password of this installation, its files lie in ours."""
    before = dict(os.environ)
    os.environ.update(told_to(ports, server.url("postgres"), STATE / "files"))
    try:
        return worlds.world(size)
    finally:
        os.environ.clear()
        os.environ.update(before)


def _staff(ports: Ports, told: dict[str, str], home: Path, offices: int) -> None:
    authority = outside(ports, told)
    authority.start()
    try:
        wait_for(health_of(ports), authority)
        command = [sys.executable, "-m", "bench.support.load.staffing", str(home), str(offices)]
        if subprocess.run(command, env=told, cwd=ROOT, check=False, stdout=sys.stderr).returncode != 0:
            raise SetUpError("bench.support.load.staffing")
    finally:
        stop_all([authority])


def _copy(server: Server, kept: str, name: str) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        own = sql.Identifier(name)
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(own))
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        admin.execute(statement.format(own, sql.Identifier(kept)))
        admin.execute("CHECKPOINT")
