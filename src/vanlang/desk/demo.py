"""Demo dossiers (soon)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


def load(folder: Path, report: Callable[[str], None]) -> None:
    report("Hồ sơ trình diễn: chưa có")
