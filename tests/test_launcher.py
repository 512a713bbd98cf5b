"""What the first command does before anything of the house runs."""

from __future__ import annotations

import signal
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher import running, setting_up
from launcher.secrets import installation_secrets


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
