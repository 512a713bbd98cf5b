"""A real province for the journeys: `./vanlang run` on a database of its own, or one that runs already."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from launcher.settings import Ports

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Province:
    """Where the running province answers, and its secrets."""

    url: str
    state: Path
    environment: dict[str, str]

    @property
    def password(self) -> str:
        """Of the cast's officers."""
        return str(json.loads((self.state / "secrets.json").read_text())["VANLANG_DEMO_PASSWORD"])

    def totp(self, username: str, *, step: int = 0) -> str:
        """Return the code that the member of the cast would read from the authenticator now, or a period off."""
        answer = self.manage("totp", username, f"--step={step}")
        return answer.strip().splitlines()[-1]

    def manage(self, *arguments: str) -> str:
        """Run one of the product's commands against this province; return what it printed."""
        return subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *arguments], env=self.environment, cwd=ROOT, check=True,
            capture_output=True, text=True,
        ).stdout  # fmt: skip


def running_province(url: str) -> Province:
    """Return the province that `./vanlang run` serves at `url` from VANLANG_RUNNING_STATE, for whoever writes a journey."""
    state = Path(os.environ.get("VANLANG_RUNNING_STATE", ROOT / ".state"))
    port = int(url.rsplit(":", 1)[1])
    environment = _clean_environment() | {
        "VANLANG_STATE": str(state),
        "VANLANG_DATABASE_URL": os.environ["VANLANG_DATABASE_URL"],
    }
    return Province(url, state, _told(environment, port))


@contextlib.contextmanager
def new_province(state: Path) -> Iterator[Province]:
    """Start a province from nothing, and take everything away again."""
    port = _free_port()
    maintenance = os.environ["VANLANG_DATABASE_URL"]
    database = f"vanlang_journeys_{port}"
    _sql(maintenance, f"CREATE DATABASE {database}")
    environment = _clean_environment() | {
        "VANLANG_STATE": str(state),
        "VANLANG_DATABASE_URL": f"{maintenance.rsplit('/', 1)[0]}/{database}",
    }
    with (state / "run.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "launcher", "run", "--port", str(port)],
            env=environment, cwd=ROOT, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            _wait(process, state / "run.log")
            yield Province(f"http://127.0.0.1:{port}", state, _told(environment, port))
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)
            _sql(maintenance, f"DROP DATABASE {database} WITH (FORCE)")


def _clean_environment() -> dict[str, str]:
    """Return our environment without what belongs to the suite that runs us."""
    own = ("VANLANG_", "DJANGO_", "PYTEST_")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(own)}
    return kept | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}


def _told(environment: dict[str, str], port: int) -> dict[str, str]:
    """Return what the processes of the province are told, so that a command finds the same secrets and stand-ins."""
    code = (
        "import json; from launcher.settings import Ports, environment; import os;"
        f"print(json.dumps(environment(Ports.at({port}), database_url=os.environ['VANLANG_DATABASE_URL'])))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=ROOT, check=True, capture_output=True, text=True
    )
    told: dict[str, str] = json.loads(answer.stdout)
    return told


def _wait(process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until everything is up: the launcher says so last."""
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline and process.poll() is None:
        if "Văn Lang đang chạy" in log.read_text():
            return
        time.sleep(0.2)  # a process to come up, not a test that sleeps
    raise AssertionError(log.read_text())


def _sql(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())


def _free_port() -> int:
    """Return a port that is free, with those of the stand-ins beside it."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        if port < 60000 and all(_is_free(one) for one in Ports.at(port).all()):
            return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
