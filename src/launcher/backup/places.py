"""Where an installation has what is backed up, and what time it is there."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True)
class Place:
    """One installation."""

    url: str
    """Of its database."""
    state: Path
    store: Path
    """Its file store."""
    scratch: Path
    """Where a copy may be opened: as large as the database, and as private."""

    @classmethod
    def here(cls, url: str, state: Path, *, scratch: Path | None = None) -> Place:
        store = Path(os.environ.get("VANLANG_FILES_DIR") or state / "files")
        return cls(url=url, state=state, store=store, scratch=scratch or state / "scratch")


def now() -> datetime:
    """Return the present instant in Vietnam: backups are named by what a clock on the wall says."""
    return datetime.fromtimestamp(time.time(), VIETNAM)


def stamp(at: datetime) -> str:
    return at.strftime("%Y%m%d%H%M%S")
