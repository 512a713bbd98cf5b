"""
The province's door for a process outside, answered by the test itself: what comes waits until the test lets it in.

So the outside process pushes over real HTTP, and the test stays in its one transaction.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django.test import Client
from typing_extensions import override

SECONDS = 20


@dataclass
class Waiting:
    """One request at the door."""

    path: str
    body: bytes
    headers: dict[str, str]
    answer: queue.Queue[tuple[int, bytes]] = field(default_factory=queue.Queue)


@dataclass
class Door:
    """Lets requests in, one at a time."""

    url: str = ""
    waiting: queue.Queue[Waiting] = field(default_factory=queue.Queue)

    def let_in(self) -> tuple[int, bytes]:
        """Wait for the next request, answer it, and return the answer."""
        one = self.waiting.get(timeout=SECONDS)
        told = Client().post(
            one.path, one.body, content_type="application/json",
            headers={"Authorization": one.headers.get("Authorization", "")},
        )  # fmt: skip
        one.answer.put((told.status_code, told.content))
        return told.status_code, told.content

    def shut_once(self) -> None:
        """Wait for the next request and answer that the house is down."""
        self.waiting.get(timeout=SECONDS).answer.put((503, b""))


@contextmanager
def open_door() -> Iterator[Door]:
    door = Door()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            one = Waiting(self.path, body, dict(self.headers))
            door.waiting.put(one)
            try:
                status, content = one.answer.get(timeout=SECONDS)
            except queue.Empty:
                status, content = 503, b""
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        @override
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        door.url = f"http://127.0.0.1:{server.server_address[1]}"
        try:
            yield door
        finally:
            server.shutdown()
            thread.join(timeout=5)
