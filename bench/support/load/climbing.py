"""Climb: more and more people at work, until it is slow or wrong; what held last is the answer."""

from __future__ import annotations

import json
import math
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.support.load import figures
from bench.support.load.figures import Window
from bench.support.load.house import Cores, House, on
from bench.support.load.memory import Sample, Watcher
from bench.support.load.steps import Step, highest, next_slots
from bench.support.processor import cpu_of_tree
from launcher.settings import ROOT, STATE

LOCUSTFILE = Path(__file__).with_name("locustfile.py")
READY_SECONDS = 420
SEED = 44


class ClientsDiedError(RuntimeError):
    """The clients ended by themselves."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One step, with what it showed."""

    slots: int
    window: Window
    house_cores: float
    """How many cores the house was busy on."""
    client_cores: float
    jobs_due: int
    memory: Sample

    def figures(self) -> dict[str, Any]:
        requests = len(self.window.requests) + len(self.window.polls)
        return {
            "people": self.slots, **self.window.figures(), "house_cores": round(self.house_cores, 2),
            "cpu_ms_per_request": round(self.house_cores * self.window.seconds / requests * 1000, 1) if requests else None,
            "client_cores": round(self.client_cores, 2), "jobs_due": self.jobs_due,
        }  # fmt: skip


@dataclass(slots=True)
class Climb:
    """One play against one house."""

    play: str
    house: House
    cores: Cores
    plan: Mapping[str, Any]
    seconds: float
    first: int
    jobs_due: Callable[[], int]
    tried: list[Tried] = field(default_factory=list)
    early: list[str] = field(default_factory=list)
    """What was wrong before anything was measured."""
    peak: Sample = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        return STATE / "plays" / self.play

    @property
    def best(self) -> Tried | None:
        """The highest step that held."""
        slots = highest([Step(one.slots, one.window.holds) for one in self.tried])
        return next((one for one in reversed(self.tried) if one.slots == slots and one.window.holds), None)

    @property
    def wrong(self) -> list[str]:
        """Errors that no overload excuses: of preparing, and of steps that were fast enough."""
        fast = [one for one in self.tried if one.window.p95 < figures.LIMIT_MS]
        return [*self.early, *(error for one in fast for error in one.window.errors)]

    def run(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        plan = {"play": self.play, "url": self.house.url, "seed": SEED, **self.plan}
        (self.folder / "plan.json").write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
        self._ask_for(0)
        watcher = Watcher(self.house.groups(), clock=time.time)
        clients = self._start_clients()
        try:
            watcher.start()
            self._wait_until_ready(clients)
            while (slots := next_slots(self._steps(), first=self.first)) is not None:
                self._try(slots, clients, watcher)
        finally:
            (self.folder / "slots").write_text("stop")
            watcher.stop()
            self.peak = watcher.peak()
            _end(clients)

    def _steps(self) -> list[Step]:
        return [Step(one.slots, one.window.holds) for one in self.tried]

    def _ask_for(self, slots: int) -> None:
        target = self.folder / "slots"
        beside = target.with_suffix(".new")
        beside.write_text(str(slots))
        beside.replace(target)

    def _start_clients(self) -> subprocess.Popen[bytes]:
        """Start locust on its own core: it patches the process it is imported into, so that is never ours."""
        told = dict(self.house.told) | {"VANLANG_LOAD": str(self.folder)}
        command = [
            sys.executable, "-m", "locust", "-f", str(LOCUSTFILE), "--headless", "--only-summary", "--loglevel", "ERROR",
            "--stop-timeout", "20",
        ]  # fmt: skip
        log = (self.folder / "locust.log").open("wb")
        with on(self.cores.clients), log:
            return subprocess.Popen(
                command,
                env=told,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _read(self) -> tuple[list[figures.Request], list[figures.Mark]]:
        book = self.folder / "requests.jsonl"
        if not book.exists():
            return [], []
        with book.open(encoding="utf-8") as lines:
            return figures.read(lines)

    def _wait_until_ready(self, clients: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline and clients.poll() is None:
            requests, marks = self._read()
            if any(one.what == "ready" for one in marks):
                seen = figures.window(requests, marks, begin=0.0, end=time.time())
                self.early = seen.errors
                return
            time.sleep(1)
        log = (self.folder / "locust.log").read_text(errors="replace").splitlines()[-25:]
        raise ClientsDiedError("the clients did not get ready:\n" + "\n".join(log))

    def _try(self, slots: int, clients: subprocess.Popen[bytes], watcher: Watcher) -> None:
        self._ask_for(slots)
        time.sleep(max(5.0, self.seconds / 4))  # until the new ones are in their stride
        begin, cpu, theirs = time.time(), self.house.cpu(), cpu_of_tree(clients.pid)
        time.sleep(self.seconds)
        end = time.time()
        if clients.poll() is not None:
            raise ClientsDiedError((self.folder / "locust.log").read_text(errors="replace")[-2000:])
        requests, marks = self._read()
        tried = Tried(
            slots=slots,
            window=figures.window(requests, marks, begin=begin, end=end),
            house_cores=(self.house.cpu() - cpu) / (end - begin),
            client_cores=(cpu_of_tree(clients.pid) - theirs) / (end - begin),
            jobs_due=self.jobs_due(),
            memory=watcher.peak(begin, end),
        )
        self.tried.append(tried)
        print(_said(self.play, tried), file=sys.stderr, flush=True)
        if not tried.window.holds:
            self._ask_for(max(1, slots // 4))
            time.sleep(max(8.0, self.seconds / 2))  # what has piled up is answered before the next step


def _said(play: str, tried: Tried) -> str:
    told = tried.window.figures()
    p95 = f"{tried.window.p95:.0f}" if math.isfinite(tried.window.p95) else "–"
    wrong = f"; {tried.window.errors[0]}" if tried.window.errors else ""
    return (
        f"  {play}: {tried.slots} people, {told['requests_per_second']}/s, p95 {p95} ms, {told['errors']} errors, "
        f"house {tried.house_cores:.2f} cores, clients {tried.client_cores:.2f}{wrong}"
    )


def _end(clients: subprocess.Popen[bytes]) -> None:
    """Let the clients end what they are at."""
    try:
        clients.wait(timeout=40)
    except subprocess.TimeoutExpired:
        os.killpg(clients.pid, signal.SIGKILL)
        clients.wait()
