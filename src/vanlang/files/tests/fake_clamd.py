"""A virus scanner that speaks clamd's wire protocol, for tests: reads INSTREAM to its end, knows one virus."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .samples import EICAR


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        command = b""
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        if command != b"zINSTREAM\0":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        content = b""
        while length := struct.unpack(">I", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
        self.server.seen.append(len(content))  # type: ignore[attr-defined] # set below
        self.wfile.write(
            self.server.answer
            or (b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0")
        )  # type: ignore[attr-defined] # set below


@contextmanager
def fake_clamd(answer: bytes | None = None, unix: Path | None = None) -> Iterator[tuple[str, list[int]]]:
    """Yield the address of a running scanner, and the sizes that it was sent."""
    server: socketserver.BaseServer
    if unix:
        server = socketserver.ThreadingUnixStreamServer(str(unix), _Talk)
    else:
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk)
    server.answer, server.seen, server.daemon_threads = answer, [], True  # type: ignore[attr-defined] # plain attributes
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield (f"unix://{unix}" if unix else f"tcp://127.0.0.1:{server.server_address[1]}"), server.seen  # type: ignore[attr-defined,misc] # plain attributes
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
