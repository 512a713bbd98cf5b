"""A database of one's own on the server of `VANLANG_DATABASE_URL`: made, migrated, worked in, dropped."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg


@contextmanager
def scratch_database(name: str) -> Iterator[dict[str, str]]:
    """
    Set Django up on a fresh, migrated database and step down to the application role, as the web process does.

    Yields the server's settings that decide what a commit costs.
    """
    base = os.environ.get("VANLANG_DATABASE_URL", "postgresql:///vanlang")
    own = f"bench_{name}_{os.getpid()}"
    with psycopg.connect(_to(base, "postgres"), autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{own}"')
        shown = {
            key: admin.execute(f"SHOW {key}").fetchone()[0]  # type: ignore[index] # SHOW answers one row
            for key in ("server_version", "fsync", "synchronous_commit", "shared_buffers")
        }
    os.environ["VANLANG_DATABASE_URL"] = _to(base, own)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    try:
        _set_up()
        yield shown
    finally:
        _close()
        with psycopg.connect(_to(base, "postgres"), autocommit=True) as admin:
            admin.execute(f'DROP DATABASE IF EXISTS "{own}" WITH (FORCE)')
        os.environ["VANLANG_DATABASE_URL"] = base


def _to(url: str, database: str) -> str:
    return f"{url.rpartition('/')[0]}/{database}"


def _set_up() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    connection.settings_dict["STEP_DOWN"] = connection.step_down = False  # type: ignore[attr-defined] # our backend
    call_command("migrate", verbosity=0, interactive=False)
    connection.settings_dict["STEP_DOWN"] = connection.step_down = True  # type: ignore[attr-defined] # our backend
    connection.close()


def _close() -> None:
    from django.db import connections

    connections.close_all()
