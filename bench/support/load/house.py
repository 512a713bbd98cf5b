"""
The house as a pilot runs it: the web server and the job worker of `./vanlang serve`, PostgreSQL with the settings of deploy/.

All of it has its own cores; the clients and the stand-ins for the outside world have another. nginx is not there: the
clients tell the address that it would tell. What differs from a province's server is TLS and the cookies' names.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.support.load import memory
from bench.support.load.world import World, told_to
from bench.support.processor import cpu_of
from launcher import serving
from launcher.postgres import Server, find_binaries
from launcher.processes import Process, stop_all, wait_for
from launcher.running import health_of, outside
from launcher.settings import ROOT, STATE, Ports

TUNING = ROOT / "deploy" / "postgresql" / "vanlang.conf"
SHOWN = (
    "server_version",
    "shared_buffers",
    "max_connections",
    "work_mem",
    "fsync",
    "synchronous_commit",
    "full_page_writes",
)


@dataclass(frozen=True, slots=True)
class Cores:
    """Which cores the house has, and which the clients."""

    house: frozenset[int]
    clients: frozenset[int]

    @classmethod
    def share(cls) -> Cores:
        """Give the last core to the clients and the others to the house; a machine of one core has no choice."""
        *house, last = sorted(os.sched_getaffinity(0))
        return cls(frozenset(house or [last]), frozenset([last]))


@contextmanager
def on(cores: frozenset[int]) -> Iterator[None]:
    """Start what is started inside on these cores."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def server() -> Server:
    """Return PostgreSQL as deploy/ sets it (not started)."""
    return Server(home=STATE / "postgres", binaries=find_binaries(), tuning=TUNING)


def ports() -> Ports:
    """Return the ports of this installation, kept: the certificates of its officers name them."""
    kept = STATE / "port"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(str(next(port for port in range(8600, 60000, 100) if _are_free(Ports.at(port)))))
    found = Ports.at(int(kept.read_text()))
    if not _are_free(found):
        msg = f"a port of {found.web} to {found.web + 87} is busy"
        raise RuntimeError(msg)
    return found


def _are_free(wanted: Ports) -> bool:
    for port in wanted.all():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                return False
    return True


@dataclass(frozen=True, slots=True)
class House:
    """What runs, and how to look at it."""

    url: str
    told: Mapping[str, str]
    processes: Mapping[str, Process]
    server: Server

    def postgres(self) -> list[int]:
        with contextlib.suppress(OSError, ValueError, IndexError):
            return memory.tree(int((self.server.data / "postmaster.pid").read_text().splitlines()[0]))
        return []

    def _of(self, name: str) -> list[int]:
        process = self.processes.get(name)
        return memory.tree(process.running.pid) if process and process.running else []

    def groups(self) -> Mapping[str, Callable[[], Sequence[int]]]:
        """Return every process of ours by itself, and PostgreSQL's together."""
        workers = int(self.told.get("VANLANG_WEB_PROCESSES", "2"))
        web = {
            f"web worker {number}": (lambda number=number: self._web_workers()[number - 1 : number])
            for number in range(1, workers + 1)
        }
        return {
            "web server": lambda: [pid for pid in self._of("web") if pid not in self._web_workers()],
            **web,
            "job worker": lambda: self._of("worker"),
            "PostgreSQL": self.postgres,
        }

    def _web_workers(self) -> list[int]:
        return sorted(pid for pid in self._of("web")[1:] if b"resource_tracker" not in _words(pid))

    def cpu(self) -> float:
        """Return the processor seconds of the whole house. Of a process that ended meanwhile nothing is known."""
        pids = [*self._of("web"), *self._of("worker"), *self.postgres()]
        spent = 0.0
        for pid in pids:
            with contextlib.suppress(OSError):
                spent += cpu_of(pid)
        return spent

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of the product's commands against it."""
        return subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *arguments], env=dict(self.told), cwd=ROOT, capture_output=True,
            text=True, check=False,
        )  # fmt: skip

    def settings(self) -> dict[str, str]:
        """Return what PostgreSQL says of itself."""
        import psycopg

        with psycopg.connect(self.told["VANLANG_DATABASE_URL"]) as connection:
            return {name: str((connection.execute(f"SHOW {name}").fetchone() or [""])[0]) for name in SHOWN}

    def sessions(self, usernames: Sequence[str]) -> dict[str, object]:
        """Return sessions of officers, signed in without their pages."""
        command = [sys.executable, "-m", "bench.support.load.sessions", *usernames]
        said = subprocess.run(
            command, env=dict(self.told), cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout
        found: dict[str, object] = json.loads(said.splitlines()[-1])
        return found


def _words(pid: int) -> bytes:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


@contextmanager
def running(world: World, wanted: Ports, own: Server, cores: Cores) -> Iterator[House]:
    """Run the house over a world, with the outside beside it."""
    told = told_to(wanted, world.url, world.files) | {"VANLANG_WEB_PORT": str(wanted.web)}
    _pin(own, cores)
    beside = outside(wanted, told, "--people", str(world.people))
    processes = {
        "web": Process("Trang web", serving.web(told), told, STATE / "logs" / "web.log"),
        "worker": Process("Xử lý việc nền", serving.worker(told), told, STATE / "logs" / "worker.log"),
    }
    house = House(f"http://127.0.0.1:{wanted.web}", told, processes, own)
    try:
        with on(cores.clients):
            beside.start()
        wait_for(health_of(wanted), beside)
        with on(cores.house):
            processes["web"].start()
            wait_for(f"{house.url}/", processes["web"])
            processes["worker"].start()
        yield house
    finally:
        stop_all([*processes.values(), beside])


@contextmanager
def plainly(world: World, wanted: Ports, own: Server, cores: Cores) -> Iterator[House]:
    """Run what a Django developer would first write over the same rows: the same web server, no worker."""
    told = told_to(wanted, world.url, world.files) | {"VANLANG_WEB_PORT": str(wanted.web)}
    plain = told | {"DJANGO_SETTINGS_MODULE": "bench.support.plain.settings"}
    _pin(own, cores)
    process = Process("Ứng dụng đơn giản", serving.web(plain), plain, STATE / "logs" / "plain.log")
    house = House(f"http://127.0.0.1:{wanted.web}", told, {"web": process}, own)
    try:
        with on(cores.house):
            process.start()
        wait_for(f"{house.url}/ho-so/", process)
        yield house
    finally:
        stop_all([process])


def _pin(own: Server, cores: Cores) -> None:
    """Give PostgreSQL its cores: whoever connects from now on inherits them."""
    pid = int((own.data / "postmaster.pid").read_text().splitlines()[0])
    for one in memory.tree(pid):
        with contextlib.suppress(ProcessLookupError):
            os.sched_setaffinity(one, cores.house)
