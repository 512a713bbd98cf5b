"""What `documents` asks of whoever signs: the caller hands it in, so that papers know no keys."""

from __future__ import annotations

from typing import Protocol

from vanlang.documents.types import Sheet
from vanlang.kernel.errors import Refusal


class SheetSigner(Protocol):
    """Signs a set paper by appending to it (PAdES), the visible mark in the box of its role."""

    def __call__(self, sheet: Sheet, /) -> bytes: ...


class SignatureCheck(Protocol):
    """Says why a signed PDF may not be put in force, or None."""

    def __call__(self, pdf: bytes, /) -> Refusal | None: ...
