"""A real worker on a loopback port, and a browser that keeps its connection."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from typing import IO

from bench.support.processor import cpu_of_tree

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker that serves."""

    port: int
    pid: int

    def cpu(self) -> float:
        """Return the processor seconds it has used; the database's are not in it."""
        return cpu_of_tree(self.pid)


@contextmanager
def worker(application: str = "config.wsgi:application", **told: str) -> Iterator[Worker]:
    """Serve `application` by one granian process with one thread, its log in a file. `told` is added to its environment."""
    port = _free_port()
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [
                sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
                "--workers", "1", "--blocking-threads", "1", "--no-ws", "--log-level", "error", application,
            ],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]), **told},
            stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            _wait_for(port, process, log)
            yield Worker(port, process.pid)
        finally:
            process.terminate()
            process.wait(timeout=10)


@dataclass(slots=True)
class Answer:
    """What came back, and when."""

    status: int
    milliseconds: float
    """From the first byte sent to the last byte read."""
    body: bytes
    location: str = ""
    """Where it leads, when it leads on."""


@dataclass(slots=True)
class Browser:
    """One keep-alive connection with its cookies."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    connection: HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        self.connection.connect()
        self.connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, path: str, form: str | None = None) -> Answer:
        """Ask for a page, or send a form, and read the whole answer."""
        headers = {"Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items())}
        if form is not None:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Origin": f"http://127.0.0.1:{self.port}",
                "Referer": f"http://127.0.0.1:{self.port}{path}",
            }
        began = time.perf_counter()
        self.connection.request("GET" if form is None else "POST", path, body=form, headers=headers)
        response = self.connection.getresponse()
        body = response.read()
        took = (time.perf_counter() - began) * 1000
        self._keep(response.headers)
        return Answer(response.status, took, body, response.headers.get("Location", ""))

    def _keep(self, headers: HTTPMessage) -> None:
        for name, value in headers.items():
            if name.lower() == "set-cookie":
                cookie = value.partition(";")[0]
                key, _, content = cookie.partition("=")
                self.cookies[key] = content


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes], log: IO[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            log.seek(0)
            msg = f"the worker ended with {process.returncode}: {log.read()[-1000:].decode()}"
            raise RuntimeError(msg)
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    msg = "the worker does not answer"
    raise RuntimeError(msg)
