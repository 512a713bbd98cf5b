"""
What the portal tells us: one module for each matter, with the `Receiver`s of `connectors` that apply it.

    reading.py    the portal's words, read without trust: texts, instants, lists
    A module lists what it receives in `RECEIVERS`; `MODULES` below says which there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from vanlang.connectors.api import Receiver

MODULES: tuple[str, ...] = ("filing", "following", "money", "petitions")


def receivers() -> Iterator[Receiver]:
    """Yield every receiver, module by module."""
    for name in MODULES:
        yield from import_module(f"vanlang.nationalportal.arrivals.{name}").RECEIVERS
