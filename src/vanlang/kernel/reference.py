"""
Reference data and the demo's world: each app says how its part is loaded, the set-up calls them floor by floor.

Apps register a loader in `ready()`; Django readies apps in the order of INSTALLED_APPS, from the cellar up, so
an app finds below it what it builds on. Loaders are idempotent and work as the system.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Report = Callable[[str], None]
Loader = Callable[[Path, Report], None]


@dataclass(frozen=True, slots=True)
class Part:
    """One app's part of the set-up."""

    name: str
    load: Loader
    """Called with the folder `reference/` and a function that prints a line of progress."""


_reference: list[Part] = []
_demo: list[Part] = []


def register_reference(name: str, load: Loader) -> None:
    """Add a loader of reference data: what the product needs in every installation."""
    _add(_reference, Part(name, load))


def register_demo(name: str, load: Loader) -> None:
    """Add a loader of the demo's world: the cast, their accounts, their dossiers. Never called in production."""
    _add(_demo, Part(name, load))


def reference_parts() -> list[Part]:
    return list(_reference)


def demo_parts() -> list[Part]:
    return list(_demo)


def _add(parts: list[Part], part: Part) -> None:
    if all(known.name != part.name for known in parts):
        parts.append(part)
