"""Three machines played on one: etcd, Patroni and PostgreSQL three times, one pgbouncer and its guide, on loopback."""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg

from launcher.chaos.province import children
from launcher.nodes.plan import Node, Places, Plan, made_secrets, render
from launcher.nodes.programs import Programs
from launcher.postgres import hand_over, step_down
from launcher.settings import ROOT

NAMES = ("mot", "hai", "ba")
PATIENCE_SECONDS = 150
FOLLOW = ROOT / "deploy" / "ha" / "follow"
CONF = ROOT / "deploy" / "postgresql" / "vanlang.conf"


class ClusterError(RuntimeError):
    """The machines did not become what they should; says which log to read, and how it ends."""


@dataclass(slots=True)
class Machine:
    """One of the three: its processes start, and are killed without warning."""

    node: Node
    programs: Programs
    home: Path
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def state(self) -> Path:
        return Path(self.node.state)

    def start(self) -> None:
        if "etcd" not in self.running:
            self.start_etcd()
        self.start_patroni()

    def start_etcd(self) -> None:
        lines = (Path(self.node.config) / "etcd.env").read_text(encoding="utf-8").splitlines()
        told = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
        self.launch("etcd", [self.programs.etcd], told)

    def start_patroni(self) -> None:
        command = [*step_down(), str(self.programs.patroni), str(Path(self.node.config) / "patroni.yml")]
        self.launch("patroni", command)

    def launch(self, name: str, command: list[str], told: Mapping[str, str] | None = None) -> None:
        with self.log(name).open("ab") as log:
            self.running[name] = subprocess.Popen(
                command, env={**_clean_environment(), **(told or {})}, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                cwd="/", start_new_session=True,
            )  # fmt: skip

    def log(self, name: str) -> Path:
        return self.home / f"{name}-{self.node.name}.log"

    def kill_database(self) -> None:
        """Kill -9 Patroni, PostgreSQL and every process of it: what a machine that fails does to them."""
        postmaster = self._postmaster()
        below = [pid for pid, _ in children(postmaster)] if postmaster else []
        self._kill("patroni")
        for pid in (*([postmaster] if postmaster else []), *below):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def kill(self) -> None:
        """Kill -9 everything: the machine is gone, its vote too."""
        self._kill("etcd")
        self.kill_database()

    def _kill(self, name: str) -> None:
        process = self.running.pop(name, None)
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _postmaster(self) -> int | None:
        with contextlib.suppress(OSError, ValueError, IndexError):
            return int((self.state / "postgresql" / "postmaster.pid").read_text().splitlines()[0])
        return None

    def stop(self) -> None:
        """Ask Patroni to stop, which stops PostgreSQL; then etcd. What does not stop is killed."""
        for name in ("pgbouncer", "follow", "patroni", "etcd"):
            process = self.running.get(name)
            if process is None:
                continue
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=20)
        self.kill()
        for name in ("pgbouncer", "follow"):
            self._kill(name)

    def ask(self, path: str) -> tuple[int, dict[str, object]]:
        """Ask this node's Patroni; (0, {}) when it does not answer."""
        try:
            with urllib.request.urlopen(f"http://{self.node.rest}{path}", timeout=4) as answer:
                return int(answer.status), json.loads(answer.read())
        except urllib.error.HTTPError as refused:
            with contextlib.suppress(OSError, ValueError):
                return refused.code, json.loads(refused.read())
            return refused.code, {}
        except (OSError, ValueError):
            return 0, {}


@dataclass(slots=True)
class Cluster:
    """The three, and the way to whoever leads."""

    home: Path
    machines: dict[str, Machine]
    secrets: Mapping[str, str]
    pool: int

    @classmethod
    def made(cls, home: Path, programs: Programs) -> Cluster:
        """Lay out three machines in a folder; nothing is started."""
        nodes = tuple(
            Node(name, "127.0.0.1", ports, str(home / name / "config"), str(home / name / "state"), str(home / name / "etcd"))
            for name, ports in zip(NAMES, _free_ports(), strict=True)
        )  # fmt: skip
        conf = home / "postgresql.conf"
        # Three on one machine, which has other things to do: everything as delivered but the size of the shared memory
        conf.write_text(
            re.sub(r"shared_buffers = \w+", "shared_buffers = 128MB", CONF.read_text(encoding="utf-8"))
        )
        plan = Plan(nodes, str(programs.postgresql), str(conf), "", "", "")
        secrets = made_secrets(home / "secrets.json")
        for node in nodes:
            render(plan, node, secrets, Path(node.config))
            Path(node.state).mkdir(mode=0o700)
            shutil.copy(Path(node.config) / "leader.ini", node.state)
        hand_over(home, *home.rglob("*"))
        machines = {node.name: Machine(node, programs, home) for node in nodes}
        return cls(home, machines, secrets, nodes[0].ports.pool)

    def start(self) -> None:
        """Start everything, and wait until one leads and two follow."""
        for machine in self.machines.values():
            machine.start_etcd()
        for machine in self.machines.values():
            machine.start_patroni()
        self.wait_whole()
        first = self.machines[NAMES[0]]
        first.launch("follow", [sys.executable, str(FOLLOW), f"{first.node.config}/follow.json"])
        first.launch(
            "pgbouncer", [*step_down(), first.programs.pgbouncer, f"{first.node.config}/pgbouncer.ini"]
        )
        self.wait("pgbouncer đưa tới máy chủ", lambda: _answers(self.url))

    def stop(self) -> None:
        for machine in self.machines.values():
            machine.stop()

    # --- addresses --------------------------------------------------------------------------------

    @property
    def url(self) -> str:
        """The address that Văn Lang is told: pgbouncer's."""
        return (
            f"postgresql://vanlang:{quote(self.secrets['DATABASE_PASSWORD'])}@127.0.0.1:{self.pool}/vanlang"
        )

    def url_of(self, name: str, *, user: str = "postgres", database: str = "vanlang") -> str:
        """The address of one node, past pgbouncer."""
        password = self.secrets["SUPERUSER_PASSWORD" if user == "postgres" else "DATABASE_PASSWORD"]
        return f"postgresql://{user}:{quote(password)}@127.0.0.1:{self.machines[name].node.ports.postgres}/{database}"

    # --- what Patroni says ------------------------------------------------------------------------

    def leader(self) -> str | None:
        """Return who holds the lead and serves as leader."""
        return next((name for name, one in self.machines.items() if one.ask("/primary")[0] == 200), None)

    def members(self) -> dict[str, dict[str, object]]:
        """Return the members as the leader tells them."""
        leader = self.leader()
        if leader is None:
            return {}
        told = self.machines[leader].ask("/cluster")[1].get("members", [])
        assert isinstance(told, list)  # noqa: S101 - Patroni's own form
        return {str(one["name"]): one for one in told}

    def is_whole(self) -> bool:
        """Whether one leads, two follow, and one of those confirms what is committed."""
        members = self.members()
        follow = [one for one in members.values() if one.get("state") == "streaming"]
        return len(follow) == len(self.machines) - 1 and any(one["role"] == "sync_standby" for one in follow)

    def wait_whole(self) -> None:
        self.wait("một máy chủ và hai máy theo", self.is_whole)

    def wait_leader(self, other_than: str = "") -> str:
        """Wait until somebody else leads; return who."""
        led: list[str] = []

        def is_led() -> bool:
            led[:] = [one for one in (self.leader(),) if one and one != other_than]
            return bool(led)

        self.wait("máy chủ mới", is_led)
        return led[0]

    def wait(self, what: str, holds: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            if time.monotonic() > deadline:
                raise ClusterError(f"Không có {what} sau {PATIENCE_SECONDS} giây.\n{self.last_words()}")
            time.sleep(0.25)

    def last_words(self) -> str:
        """Return how every log ends."""
        ends = []
        for log in sorted(self.home.glob("*.log")):
            lines = log.read_text(errors="replace").splitlines()[-12:]
            ends.append("\n".join([f"--- {log.name}", *lines]))
        return "\n".join(ends)

    def returns(self) -> dict[str, int]:
        """Return how killed nodes came back, as their logs tell it."""
        told = "".join(log.read_text(errors="replace") for log in self.home.glob("patroni-*.log"))
        return {
            "rewound": told.count("pg_rewind exit code=0"),
            "copied anew": max(
                0, told.count("replica has been created using basebackup") - len(self.machines) + 1
            ),
        }


def _answers(url: str) -> bool:
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            row = connection.execute("SELECT pg_is_in_recovery()").fetchone()
    except psycopg.Error:
        return False
    return row == (False,)


def _clean_environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return {**kept, "LC_ALL": "C.UTF-8", "PYTHONUNBUFFERED": "1"}


def _free_ports() -> list[Places]:
    """Return free ports, five for each machine, from below those that are given to whoever calls out."""
    with contextlib.ExitStack() as stack:
        numbers: list[int] = []
        for number in random.sample(range(20_000, 32_000), 600):
            probe = stack.enter_context(socket.socket())
            with contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", number))
                numbers.append(number)
    return [Places(*numbers[5 * place : 5 * place + 5]) for place in range(len(NAMES))]
