"""
`./vanlang serve web|worker`: one process of a province's own server, for systemd to watch (deploy/systemd).

`./vanlang run` is the other way: everything on one machine for a trial, stand-ins included.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import psycopg

from launcher.settings import ROOT, Ports, environment

KINDS = ("web", "worker")
PROBES = 5
"""How often two connections are compared: a busy pool might hand them different ones once."""


def main(argv: Sequence[str]) -> int:
    """Become the process that is asked for; return only when it cannot be."""
    if len(argv) != 1 or argv[0] not in KINDS:
        print(f"Dùng: ./vanlang serve {'|'.join(KINDS)}", file=sys.stderr)
        return 2
    url = os.environ.get("VANLANG_DATABASE_URL", "")
    if not url:
        print(
            "Cần VANLANG_DATABASE_URL: ghi trong /etc/vanlang/vanlang.env, xem docs/reference/settings.md.",
            file=sys.stderr,
        )
        return 2
    if shares_connections(url):
        print(
            "Bộ gộp kết nối trước cơ sở dữ liệu đang ở chế độ giao dịch: hồ sơ của người này sẽ hiện cho người khác. "
            "Sửa pgbouncer.ini thành pool_mode = session rồi khởi động lại (docs/adr/0028).",
            file=sys.stderr,
        )
        return 3
    told = environment(Ports(), database_url=url)
    told["DJANGO_SETTINGS_MODULE"] = os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings.production")
    command = web(told) if argv[0] == "web" else worker(told)
    forget_the_dead(Path(told["PROMETHEUS_MULTIPROC_DIR"]))
    sys.stdout.flush()
    return os.execve(command[0], command, told)


def shares_connections(url: str) -> bool:
    """
    Say whether two clients may be given one connection of the server: what a pool by transaction does.

    Who asks is written into the connection (docs/adr/0002), so the other one would see what the first may see. A database
    that does not answer shares nothing yet: whoever asks it later waits or is told so.
    """
    try:
        with (
            psycopg.connect(url, autocommit=True, connect_timeout=5) as one,
            psycopg.connect(url, autocommit=True, connect_timeout=5) as other,
        ):
            for _ in range(PROBES):
                first, second = _served_by(one), _served_by(other)
                with one.transaction():  # the other's turn comes while this one holds its connection
                    held, beside = _served_by(one), _served_by(other)
                if len({first, held}) > 1 or len({second, beside}) > 1 or first == second:
                    return True
    except psycopg.Error:
        return False
    return False


def _served_by(connection: psycopg.Connection[tuple[object, ...]]) -> object:
    row = connection.execute("SELECT pg_backend_pid()").fetchone()
    return row and row[0]


def forget_the_dead(folder: Path) -> None:
    """Take away what processes counted that are gone: each start would leave files more that every scrape reads."""
    for file in folder.glob("*.db"):
        with contextlib.suppress(ValueError, PermissionError):
            try:
                os.kill(int(file.stem.rpartition("_")[2]), 0)
            except ProcessLookupError:
                file.unlink(missing_ok=True)


def web(told: dict[str, str]) -> list[str]:
    """Return the web server: pages on loopback, nginx in front."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", told.get("VANLANG_WEB_HOST", "127.0.0.1"),
        "--port", told.get("VANLANG_WEB_PORT", "8000"), "--workers", told.get("VANLANG_WEB_PROCESSES", "2"),
        "--blocking-threads", told.get("VANLANG_WEB_THREADS", "2"), "--no-ws",
        *(["--respawn-failed-workers"] if told.get("VANLANG_WEB_RESPAWN", "on") == "on" else []),
        "--workers-kill-timeout", "30", "--log-level", "warning", "config.wsgi:application",
    ]  # fmt: skip


def worker(told: dict[str, str]) -> list[str]:
    """Return the worker: it ends the job it is at before it stops."""
    return [
        sys.executable, str(ROOT / "manage.py"), "procrastinate", "worker",
        "--concurrency", told.get("VANLANG_JOBS_AT_ONCE", "1"), "--shutdown-graceful-timeout", "90",
    ]  # fmt: skip


def set_up(argv: Sequence[str]) -> int:
    """Bring the database and the static files to where this release is: the first time, and after an upgrade by hand."""
    from launcher import setting_up

    url = os.environ.get("VANLANG_DATABASE_URL", "")
    if argv or not url:
        print("Dùng: ./vanlang setup, với VANLANG_DATABASE_URL", file=sys.stderr)
        return 2
    setting_up.set_up(environment(Ports(), database_url=url), demo=False)
    print("Cơ sở dữ liệu, dữ liệu tham chiếu và tệp tĩnh đã sẵn sàng.")
    return 0
