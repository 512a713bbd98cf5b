"""A province of the run's own: `./vanlang run` in a state folder that was empty, and its processes by their numbers."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from launcher.settings import ROOT, Ports

READY = "Văn Lang đang chạy"
START_SECONDS = 420
STORE_MEGABYTES = 64


class ProvinceError(RuntimeError):
    """The province did not come up."""


@dataclass(frozen=True, slots=True)
class Province:
    """Where it answers, and what its processes are told."""

    url: str
    ports: Ports
    state: Path
    told: Mapping[str, str]
    supervisor: subprocess.Popen[bytes]
    store_is_bounded: bool
    """Whether its file store is a small disk of its own that can be filled."""

    @property
    def files(self) -> Path:
        return Path(self.told["VANLANG_FILES_DIR"])

    @property
    def database_url(self) -> str:
        """The address of its database: of the one that it was given, or of its own, whatever port that has now."""
        if given := self.told["VANLANG_DATABASE_URL"]:
            return given
        home = self.state / "postgres"
        password, port = ((home / name).read_text().strip() for name in ("password", "port"))
        return f"postgresql://vanlang:{password}@127.0.0.1:{port}/vanlang"

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of the product's commands against this province."""
        return subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *arguments],
            env={**self.told, "VANLANG_DATABASE_URL": self.database_url}, cwd=ROOT, capture_output=True, text=True,
            check=False,
        )  # fmt: skip

    # --- its processes --------------------------------------------------------------------------------

    def postmaster(self) -> int | None:
        with contextlib.suppress(OSError, ValueError, IndexError):
            return int((self.state / "postgres" / "data" / "postmaster.pid").read_text().splitlines()[0])
        return None

    def web(self) -> int | None:
        """The parent of the web workers."""
        return next((pid for pid, words in children(self.supervisor.pid) if "granian" in words), None)

    def web_workers(self) -> list[int]:
        parent = self.web()
        found = children(parent) if parent else []
        return [pid for pid, words in found if "resource_tracker" not in words]

    def job_worker(self) -> int | None:
        return next((pid for pid, words in children(self.supervisor.pid) if "procrastinate" in words), None)


@contextlib.contextmanager
def new_province(state: Path, *, database_url: str = "") -> Iterator[Province]:
    """
    Start one from nothing and stop it again, with a database of its own unless an empty one is given.

    Raises: ProvinceError with the end of its log.
    """
    clear(state)
    files = state / "files"
    bounded = _mount(files)
    port = _free_port()
    told = _clean_environment() | {"VANLANG_STATE": str(state), "VANLANG_FILES_DIR": str(files)}
    told |= {"VANLANG_DATABASE_URL": database_url} if database_url else {}
    log = state / "run.log"
    with log.open("wb") as out:
        supervisor = subprocess.Popen(
            [sys.executable, "-m", "launcher", "run", "--port", str(port)],
            env=told, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True,
        )  # fmt: skip
    try:
        _wait(supervisor, log)
        yield Province(
            f"http://127.0.0.1:{port}", Ports.at(port), state, _told(told, port), supervisor, bounded
        )
    finally:
        supervisor.send_signal(signal.SIGINT)
        try:
            supervisor.wait(timeout=60)
        except subprocess.TimeoutExpired:
            os.killpg(supervisor.pid, signal.SIGKILL)
        if bounded:
            subprocess.run(["umount", str(files)], check=False)


def clear(state: Path) -> None:
    """Take away what an earlier run left."""
    if os.path.ismount(state / "files"):
        subprocess.run(["umount", str(state / "files")], check=False)
    shutil.rmtree(state, ignore_errors=True)
    state.mkdir(parents=True)


def _mount(files: Path) -> bool:
    """Put a small disk under the file store, where we may; say whether it is there."""
    files.mkdir(parents=True)
    if os.geteuid() != 0 or not shutil.which("mount"):
        return False
    command = ["mount", "-t", "tmpfs", "-o", f"size={STORE_MEGABYTES}m,mode=0700", "tmpfs", str(files)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _clean_environment() -> dict[str, str]:
    own = ("VANLANG_", "DJANGO_", "PYTEST_")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(own)}
    return kept | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}


def _told(environment: Mapping[str, str], port: int) -> dict[str, str]:
    """Return what the province's processes are told: asked of the launcher itself, in the province's environment."""
    code = (
        "import json, os; from launcher.settings import Ports, environment;"
        f"print(json.dumps(environment(Ports.at({port}), database_url=os.environ.get('VANLANG_DATABASE_URL', ''))))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], env=dict(environment), cwd=ROOT, check=True, capture_output=True, text=True
    )  # fmt: skip
    told: dict[str, str] = json.loads(answer.stdout)
    return told


def _wait(supervisor: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and supervisor.poll() is None:
        if READY in log.read_text(errors="replace"):
            return
        time.sleep(0.2)
    tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
    raise ProvinceError(f"The province did not come up. Its log ends:\n{tail}")


def children(parent: int) -> list[tuple[int, str]]:
    """Return the children of a process with their command lines."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            state, of = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            if int(of) == parent and state != "Z":
                words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                found.append((int(folder.name), words))
    return found


def _free_port() -> int:
    """Return a port that is free with those of the stand-ins beside it."""
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
