"""What reading a messy cell yields: a value that may be used, or the reason why a person must look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from vanlang.catalogue.types import Reason

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Certain(Generic[T_co]):
    """The source says so, and nothing else in the row says otherwise."""

    value: T_co


@dataclass(frozen=True, slots=True)
class Uncertain:
    """The source leaves it open. Never used as a value; asked of a department instead."""

    reason: Reason
    raw: str
    """What the source says, verbatim: what the department sees."""
