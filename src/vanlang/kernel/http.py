"""Questions to outside servers: bounded in time and size, redirects not followed, no proxy from the environment."""

from __future__ import annotations

import contextlib
import http.client
import select
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

LARGEST_ANSWER = 10 * 1024 * 1024


class SilenceError(Exception):
    """There was no answer that could be read in time."""

    def __init__(self, why: str, *, was_asked: bool = False) -> None:
        self.was_asked = was_asked
        """Whether the question may have reached the other side."""
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    content_type: str
    body: bytes


class Line:
    """One server that is asked often: the connection is kept open between questions, one question at a time."""

    def __init__(self, url: str, *, seconds: float) -> None:
        self._parts, self._seconds = _parts(url), seconds
        self._connection: http.client.HTTPConnection | None = None
        self._lock = threading.Lock()
        self.questions = self.sent_bytes = self.received_bytes = 0
        """What went over it so far: bodies, without headers."""

    def ask(
        self, method: str, path: str, *, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Return the answer of `path` below the server's address. Raises: SilenceError."""
        with self._lock:
            kept, self._connection = self._connection, None
            connection = (
                kept if kept is not None and _is_open(kept) else _connected(self._parts, self._seconds)
            )
            try:
                answer, content = _exchange(
                    connection, method, f"{self._parts.path.rstrip('/')}{path}", body, headers
                )
            except BaseException:
                connection.close()
                raise
            self._connection = None if answer.will_close else connection
            self.questions += 1
            self.sent_bytes += len(body or b"")
            self.received_bytes += len(content)
        return Answer(answer.status, answer.headers.get_content_type(), content)

    def close(self) -> None:
        """Hang up."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None


def ask(
    method: str,
    url: str,
    *,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    seconds: float,
    largest: int = LARGEST_ANSWER,
) -> Answer:
    """Return the answer of `url`. Raises: SilenceError."""
    parts = _parts(url)
    path = parts.path or "/"
    with contextlib.closing(_connected(parts, seconds)) as connection:
        answer, content = _exchange(
            connection, method, f"{path}?{parts.query}" if parts.query else path, body, headers, largest
        )
    return Answer(answer.status, answer.headers.get_content_type(), content)


def _parts(url: str) -> SplitResult:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SilenceError(f"not an address to ask: {parts.scheme}")
    return parts


def _connected(parts: SplitResult, seconds: float) -> http.client.HTTPConnection:
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    try:
        connection = kind(parts.hostname or "", parts.port, timeout=seconds)
        connection.connect()
    except (OSError, http.client.HTTPException, ValueError) as silence:
        raise SilenceError(type(silence).__name__) from silence
    return connection


def _exchange(
    connection: http.client.HTTPConnection,
    method: str,
    path: str,
    body: bytes | None,
    headers: Mapping[str, str] | None,
    largest: int = LARGEST_ANSWER,
) -> tuple[http.client.HTTPResponse, bytes]:
    try:
        connection.request(method, path, body, dict(headers or {}))
        answer = connection.getresponse()
        content = answer.read(largest + 1)
    except (OSError, http.client.HTTPException, ValueError) as silence:
        raise SilenceError(type(silence).__name__, was_asked=True) from silence
    if len(content) > largest:
        raise SilenceError("the answer is too large", was_asked=True)
    return answer, content


def _is_open(connection: http.client.HTTPConnection) -> bool:
    """Say whether a kept connection can still be asked: one that has something to read was hung up."""
    return connection.sock is not None and not select.select([connection.sock], [], [], 0)[0]
