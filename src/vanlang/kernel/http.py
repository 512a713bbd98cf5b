"""One question to an outside server: bounded in time and size, redirects not followed, no proxy from the environment."""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

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


def ask(
    method: str,
    url: str,
    *,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    seconds: float,
) -> Answer:
    """Return the answer of `url`. Raises: SilenceError."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SilenceError(f"not an address to ask: {parts.scheme}")
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    path, connected = parts.path or "/", False
    try:
        connection = kind(parts.hostname, parts.port, timeout=seconds)
        try:
            connection.connect()
            connected = True
            connection.request(
                method, f"{path}?{parts.query}" if parts.query else path, body, dict(headers or {})
            )
            answer = connection.getresponse()
            content = answer.read(LARGEST_ANSWER + 1)
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, ValueError) as silence:
        raise SilenceError(type(silence).__name__, was_asked=connected) from silence
    if len(content) > LARGEST_ANSWER:
        raise SilenceError("the answer is too large", was_asked=True)
    return Answer(answer.status, answer.headers.get_content_type(), content)
