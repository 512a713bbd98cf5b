"""What `files` asks of the outside: is there a virus in this? `apps.py` plugs in who answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from vanlang.files.types import ScanState


@dataclass(frozen=True, slots=True)
class ScanVerdict:
    """What the scanner said."""

    state: ScanState
    signature: str = ""
    """Name of what was found, for the log."""


class VirusScanner(Protocol):
    """Looks into content. Never raises: a scanner that does not answer says UNSCANNED."""

    def scan(self, content: bytes) -> ScanVerdict: ...


class NoScanner:
    """Says so, instead of pretending."""

    def scan(self, content: bytes) -> ScanVerdict:  # noqa: ARG002 - the port's signature
        return ScanVerdict(ScanState.NO_SCANNER)


_plugged: list[VirusScanner] = [NoScanner()]


def plug(scanner: VirusScanner) -> None:
    """Use `scanner` from now on, in this process."""
    _plugged[:] = [scanner]


def plugged() -> VirusScanner:
    return _plugged[-1]


@contextmanager
def plugged_for_now(scanner: VirusScanner) -> Iterator[None]:
    """Use `scanner` inside the block: tests, and one-off commands."""
    _plugged.append(scanner)
    try:
        yield
    finally:
        _plugged.pop()
