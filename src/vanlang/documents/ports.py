"""
What `documents` asks of others: of whoever signs, handed in by the caller, so that papers know no keys; and of the machine's
own word processor, where there is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from vanlang.documents.types import Sheet
from vanlang.kernel.errors import Refusal


class SheetSigner(Protocol):
    """Signs a set paper by appending to it (PAdES), the visible mark in the box of its role."""

    def __call__(self, sheet: Sheet, /) -> bytes: ...


class SignatureCheck(Protocol):
    """Says why a signed PDF may not be put in force, or None."""

    def __call__(self, pdf: bytes, /) -> Refusal | None: ...


class WordToPdf(Protocol):
    """Turns a Word document into a PDF. Raises: OutsideSystemError."""

    def __call__(self, docx: bytes, /) -> bytes: ...


_finders: list[Callable[[], WordToPdf | None]] = [lambda: None]


def plug(find: Callable[[], WordToPdf | None]) -> None:
    """Look for the converter this way from now on."""
    _finders[:] = [find]


def word_to_pdf() -> WordToPdf | None:
    """Return what turns Word documents into PDF on this machine, or None: then the officer uploads the PDF."""
    return _finders[-1]()


@contextmanager
def plugged(converter: WordToPdf | None) -> Iterator[None]:
    """Let another converter answer inside the block."""
    _finders.append(lambda: converter)
    try:
        yield
    finally:
        _finders.pop()
