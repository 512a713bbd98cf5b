"""
ClamAV's daemon, asked over its own protocol: `zINSTREAM`, chunks with their length, a zero, one line of answer.

Address: `VANLANG_CLAMD` is `tcp://host:port` or `unix:///path`.
"""

from __future__ import annotations

import re
import socket
import struct
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import structlog
from typing_extensions import override

from vanlang.files.ports import ScanVerdict, VirusScanner
from vanlang.files.types import ScanState

_CHUNK = 64 * 1024
_FOUND = re.compile(rb"stream: (?P<signature>[^\0\r\n]+) FOUND")

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ClamdScanner(VirusScanner):
    """One question, one connection. A person waits for the answer, so it waits for neither long."""

    address: str
    connect_seconds: float = 2.0
    answer_seconds: float = 10.0

    @override
    def scan(self, content: bytes) -> ScanVerdict:
        try:
            answer = self._ask(content)
        except OSError as error:
            log.warning("virus_scanner_unreachable", error=type(error).__name__)
            return ScanVerdict(ScanState.UNSCANNED)
        found = _FOUND.search(answer)
        if found:
            return ScanVerdict(ScanState.INFECTED, found["signature"].decode("ascii", "replace"))
        if answer.strip(b"\0\r\n ").endswith(b"stream: OK"):
            return ScanVerdict(ScanState.CLEAN)
        log.warning("virus_scanner_unclear", answer=answer[:80].decode("ascii", "replace"))
        return ScanVerdict(ScanState.UNSCANNED)

    def _ask(self, content: bytes) -> bytes:
        with self._connect() as connection:
            connection.settimeout(self.answer_seconds)
            connection.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), _CHUNK):
                chunk = content[start : start + _CHUNK]
                connection.sendall(struct.pack(">I", len(chunk)) + chunk)
            connection.sendall(struct.pack(">I", 0))
            answer = b""
            while not answer.endswith(b"\0") and len(answer) < 4096:
                part = connection.recv(1024)
                if not part:
                    break
                answer += part
            return answer

    def _connect(self) -> socket.socket:
        parts = urlsplit(self.address)
        if parts.scheme == "unix":
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.settimeout(self.connect_seconds)
            try:
                connection.connect(str(PurePosixPath(parts.path)))
            except OSError:
                connection.close()
                raise
            return connection
        return socket.create_connection(
            (parts.hostname or "127.0.0.1", parts.port or 3310), self.connect_seconds
        )
