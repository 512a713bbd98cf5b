"""A release as processes: installed, asked, tried, started again."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from launcher.settings import Ports, environment
from launcher.upgrading.journal import Home, UpgradeError

ANSWERS_WITHIN = 60.0
"""Seconds in which a release must answer."""


def place(home: Home, bundle: str) -> str:
    """Unpack a bundle and let it install itself beside the others; return the name of the release."""
    incoming = Path(tempfile.mkdtemp(prefix=".incoming-", dir=home.path))
    try:
        subprocess.run(["tar", "-xf", bundle, "-C", str(incoming)], check=True)
        (unpacked,) = incoming.iterdir()
        base = Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}"
        python = str(base) if base.exists() else sys.executable
        command = [python, str(unpacked / "install"), "--to", str(home.path), "--beside"]
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
        if answer.returncode != 0:
            raise UpgradeError(answer.stderr.strip() or answer.stdout.strip())
        return str(json.loads((unpacked / "MANIFEST.json").read_text(encoding="utf-8"))["release"])
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        msg = f"không mở được gói: {error}"
        raise UpgradeError(msg) from error
    finally:
        shutil.rmtree(incoming, ignore_errors=True)


def told(home: Home, name: str) -> dict[str, str]:
    """Return the environment of a release: that of the old one, with its own code and static files."""
    release = home.release(name)
    ours = environment(Ports(), database_url=os.environ["VANLANG_DATABASE_URL"])
    ours["PYTHONPATH"] = os.pathsep.join([str(release / "app" / "src"), str(release / "app")])
    ours["VANLANG_STATIC_DIR"] = str(release / "static")
    return ours


def manage(home: Home, name: str, *arguments: str) -> str:
    """Run one of Django's commands of a release. Raises: UpgradeError with its last words."""
    return _run(home, name, str(home.release(name) / "app" / "manage.py"), *arguments)


def set_up(home: Home, name: str) -> None:
    """Load what changed of a release's reference data, and gather its static files. Raises: UpgradeError."""
    _run(home, name, "-m", "launcher", "setup")


def _run(home: Home, name: str, *arguments: str) -> str:
    release = home.release(name)
    answer = subprocess.run(
        [str(release / "venv" / "bin" / "python"), *arguments],
        cwd=release / "app", env=told(home, name), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if answer.returncode != 0:
        last = "\n  ".join((answer.stderr.strip() or answer.stdout.strip()).splitlines()[-4:])
        msg = f"{' '.join(Path(one).name for one in arguments)}: {last}"
        raise UpgradeError(msg)
    return answer.stdout


def pending(home: Home, name: str) -> list[dict[str, Any]]:
    """Return what the migrations of a release will do to the database (vanlang.kernel.schema.plan)."""
    found: list[dict[str, Any]] = json.loads(manage(home, name, "schema", "plan", "--json"))
    return found


def try_out(home: Home, name: str) -> None:
    """Start the web server of a release on a port of its own and ask it, beside the one that serves."""
    port = _free_port()
    ours = told(home, name) | {
        "VANLANG_WEB_PORT": str(port),
        "VANLANG_WEB_PROCESSES": "1",
        "VANLANG_WEB_RESPAWN": "off",
    }
    python = home.release(name) / "venv" / "bin" / "python"
    with tempfile.TemporaryFile() as log:
        tried = subprocess.Popen(
            [str(python), "-m", "launcher", "serve", "web"],
            cwd=home.release(name) / "app", env=ours, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        try:
            if not _answers(port, lambda: tried.poll() is None):
                log.seek(0)
                last = log.read().decode(errors="replace")[-800:].strip()
                msg = f"bản mới không trả lời. {last}"
                raise UpgradeError(msg)
        finally:
            if tried.poll() is None:
                os.killpg(tried.pid, signal.SIGTERM)
            tried.wait(timeout=60)


def restart(home: Home) -> None:
    """Start what serves again, as `VANLANG_RESTART` says."""
    command = os.environ.get("VANLANG_RESTART", "sudo -n systemctl restart vanlang-web vanlang-worker")
    answer = subprocess.run(shlex.split(command), capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        msg = f"không khởi động lại được ({command}): {answer.stderr.strip()[-300:]}"
        raise UpgradeError(msg)


def ask(home: Home) -> None:
    """Ask the web server that serves now. Raises: UpgradeError when it does not answer."""
    if not _answers(int(os.environ.get("VANLANG_WEB_PORT", "8000")), lambda: True):
        msg = f"bản {home.current} không trả lời sau khi khởi động lại."
        raise UpgradeError(msg)


def _answers(port: int, lives: Any) -> bool:
    """Return whether the house on `port` says that it is ready: able to serve, its database at hand."""
    deadline = time.monotonic() + ANSWERS_WITHIN
    while time.monotonic() < deadline and lives():
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/readyz", headers={"X-Forwarded-Proto": "https"}
        )
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 - loopback
                return bool(answer.status == 200)
        except urllib.error.HTTPError as error:
            # A release from before /readyz says so itself; any other error is a house that is not well yet
            if error.code in {400, 404}:
                return True
            time.sleep(0.3)
        except OSError:
            time.sleep(0.3)
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
