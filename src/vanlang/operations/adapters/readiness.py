"""
Whether this process lives, and whether it should be given work: what a proxy, systemd or a person with curl asks.

Cheap, and without a word about anybody. *Ready* means that work which is taken now is kept: the database answers, its
tables are those that the code knows, and there is room for files.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

FRESH_SECONDS = 2.0
"""How long an answer is given again: a hundred probes a second ask the database twice a second at most."""
OK = "ok"


class Readiness:
    """The answer, kept for a moment."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked_at = float("-inf")
        self._said: dict[str, str] = {}
        self._migrations: frozenset[tuple[str, str]] | None = None

    def ask(self) -> dict[str, str]:
        """Return what was found, by what was looked at: "ok", or one word of what is wrong."""
        with self._lock:
            if time.monotonic() - self._asked_at > FRESH_SECONDS:
                self._said = {name: probe() for name, probe in self._probes().items()}
                self._asked_at = time.monotonic()
            return dict(self._said)

    def _probes(self) -> dict[str, Callable[[], str]]:
        return {"database": database, "migrations": self._migrated, "disk": disk}

    def _migrated(self) -> str:
        """Compare what the code brings with what the database has; the code's side is read once."""
        if self._migrations is None:
            loader = MigrationLoader(None, load=False)
            loader.load_disk()
            self._migrations = frozenset(loader.disk_migrations)
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT app, name FROM django_migrations")
                applied = {(str(app), str(name)) for app, name in cursor.fetchall()}
        except DatabaseError:
            return "unknown"
        return OK if self._migrations <= applied else "missing"


def database() -> str:
    """Ask the database for nothing."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        connection.close()
        return "unreachable"
    return OK


def disk() -> str:
    """Look whether files still have room: less than the floor, and nothing that must be kept should be taken."""
    place = Path(settings.VANLANG_FILES_DIR)
    while not place.exists():
        place = place.parent
    try:
        free = shutil.disk_usage(place).free
    except OSError:
        return "unreadable"
    return OK if free >= settings.VANLANG_DISK_FLOOR_MB * 1024 * 1024 else "full"
