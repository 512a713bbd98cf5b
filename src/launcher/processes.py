"""The processes of a running installation, watched: one that dies is started again; all stop together."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from launcher.settings import ROOT


@dataclass
class Process:
    """One program that should be running."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path
    running: subprocess.Popen[bytes] | None = None
    starts: list[float] = field(default_factory=list)

    def start(self) -> None:
        self._clear_away()
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                self.command, env=self.environment, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        self.starts.append(time.monotonic())

    @property
    def is_dead(self) -> bool:
        return self.running is not None and self.running.poll() is not None

    @property
    def keeps_dying(self) -> bool:
        """Whether it was started four times within half a minute: starting it again would only hide the reason."""
        return len([at for at in self.starts if time.monotonic() - at < 30]) >= 4

    def _clear_away(self) -> None:
        """End what a process that was killed left behind: its children would go on serving, seen by nobody."""
        if self.running is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.running.pid, signal.SIGKILL)

    def ask_to_stop(self) -> None:
        if self.running and self.running.poll() is None:
            os.killpg(self.running.pid, signal.SIGTERM)

    def make_stop(self, deadline: float) -> None:
        if self.running is None:
            return
        try:
            self.running.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(self.running.pid, signal.SIGKILL)
            self.running.wait()

    def last_words(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return "\n".join(lines[-12:])


def stop_all(processes: list[Process]) -> None:
    """Ask every process to stop, then make those stop that do not within 10 seconds."""
    for process in processes:
        process.ask_to_stop()
    deadline = time.monotonic() + 10
    for process in processes:
        process.make_stop(deadline)


def wait_for(url: str, process: Process, *, seconds: float = 40) -> None:
    """
    Wait until `url` answers.

    Raises: RuntimeError with the last lines of the log when the process dies or stays silent.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not process.is_dead:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - a loopback address of our own
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    msg = f"{process.name} did not come up. Its log ends:\n{process.last_words()}"
    raise RuntimeError(msg)
