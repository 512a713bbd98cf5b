"""
What `files` asks of the outside: where content lies, and whether there is a virus in it.

`apps.py` plugs in who answers; tests and one-off commands plug in another for the length of a block.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from vanlang.files.types import ScanState


@dataclass(frozen=True, slots=True)
class ScanVerdict:
    """What the scanner said."""

    state: ScanState
    signature: str = ""
    """Name of what was found."""


class VirusScanner(Protocol):
    """Looks into content. Never raises: a scanner that does not answer says UNSCANNED."""

    def scan(self, content: bytes) -> ScanVerdict: ...


class ContentStore(Protocol):
    """Keeps content under its SHA-256, once. Knows no names, no rows, no rights."""

    def write(self, content: bytes) -> str:
        """Return the hash under which `content` lies safely once this returns; heals a damaged copy."""
        ...

    def read(self, sha256: str) -> bytes:
        """Return the content, its hash checked. Raises: FileDamagedError."""
        ...

    def list_older(self, than: datetime) -> Iterator[str]:
        """Yield the names of what was last written before `than`; unfinished writes have names that are no hash."""
        ...

    def delete(self, sha256: str) -> None: ...


class NoScanner:
    """Says that there is none, instead of pretending."""

    def scan(self, content: bytes) -> ScanVerdict:
        return ScanVerdict(ScanState.NO_SCANNER)


@dataclass(frozen=True, slots=True)
class Outside:
    """Who answers, in this process."""

    contents: ContentStore | None = None
    scanner: VirusScanner = field(default_factory=NoScanner)


_plugged = [Outside()]


def plug(*, contents: ContentStore, scanner: VirusScanner) -> None:
    """Let these answer from now on."""
    _plugged[:] = [Outside(contents, scanner)]


def contents() -> ContentStore:
    store = _plugged[-1].contents
    if store is None:
        msg = "no content store is plugged in"
        raise RuntimeError(msg)
    return store


def scanner() -> VirusScanner:
    return _plugged[-1].scanner


@contextmanager
def plugged(*, contents: ContentStore | None = None, scanner: VirusScanner | None = None) -> Iterator[None]:
    """Let others answer inside the block."""
    now = _plugged[-1]
    _plugged.append(replace(now, contents=contents or now.contents, scanner=scanner or now.scanner))
    try:
        yield
    finally:
        _plugged.pop()
