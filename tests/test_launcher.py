"""What the first command does before anything of the house runs."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from launcher import running, setting_up
from launcher.postgres import Server
from launcher.processes import Process, stop_all
from launcher.secrets import installation_secrets
from launcher.serving import forget_the_dead


@pytest.fixture
def own_signals() -> Iterator[None]:
    """Give back what Ctrl-C means here after the launcher has taken it."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("own_signals")
def test_a_second_start_says_that_the_port_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert running.main(["--port", str(taken.getsockname()[1])]) == 1
    assert "đang bận" in capsys.readouterr().err


def test_secrets_are_made_once_and_are_the_owners_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("VANLANG_SECRET_KEY", "VANLANG_DEMO_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    first = installation_secrets(tmp_path / "state")
    assert installation_secrets(tmp_path / "state") == first
    assert stat.S_IMODE((tmp_path / "state" / "secrets.json").stat().st_mode) == 0o600
    monkeypatch.setenv("VANLANG_SECRET_KEY", "from outside")
    assert installation_secrets(tmp_path / "state")["VANLANG_SECRET_KEY"] == "from outside"


def test_our_own_database_keeps_its_stamps_when_its_port_changes() -> None:
    name_of = setting_up._name_of
    assert name_of("postgresql://vanlang:a@127.0.0.1:1/vanlang") == name_of(
        "postgresql://vanlang:a@127.0.0.1:2/vanlang"
    )
    assert name_of("postgresql://me:a@db:1/vanlang") != name_of("postgresql://me:a@db:2/vanlang")


def test_what_a_killed_process_left_behind_does_not_go_on(tmp_path: Path) -> None:
    """A web server that is killed leaves its workers: they would serve on, with the old code, seen by nobody."""
    told = tmp_path / "child"
    child = f"import os, time; open({str(told)!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    parent = (
        f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {child!r}]); time.sleep(600)"
    )
    process = Process("x", [sys.executable, "-c", parent], dict(os.environ), tmp_path / "log")
    process.start()
    until(lambda: told.exists() and told.read_text())
    left = int(told.read_text())
    told.unlink()
    assert process.running is not None
    process.running.kill()
    until(lambda: process.is_dead)
    process.start()
    until(lambda: not is_running(left))
    stop_all([process])


def until(holds: Callable[[], object]) -> None:
    """Wait for another process: what it does takes its time."""
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)  # a process to come up or go, not a test that sleeps


def is_running(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_database_whose_first_process_is_gone_has_died(tmp_path: Path) -> None:
    server = Server(home=tmp_path, binaries=tmp_path)
    assert server.has_died()
    server.data.mkdir()
    pid_file = server.data / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n/somewhere\n")
    assert not server.has_died()
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    pid_file.write_text(f"{gone.pid}\n")
    assert server.has_died()


def test_what_dead_processes_counted_is_taken_away(tmp_path: Path) -> None:
    for name in (
        f"counter_{os.getpid()}.db",
        "counter_419430499.db",
        "histogram_419430499.db",
        "notes.txt",
        "counter_x.db",
    ):
        (tmp_path / name).touch()
    forget_the_dead(tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == {
        f"counter_{os.getpid()}.db",
        "notes.txt",
        "counter_x.db",
    }
    forget_the_dead(tmp_path / "not-made-yet")
