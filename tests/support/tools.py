"""Programs of other makers that check our work."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest


def need(program: str) -> Path:
    """Return where `program` is; skip the test where it is not, or fail it when nothing may be skipped."""
    found = shutil.which(program)
    if found is not None:
        return Path(found)
    reason = f"the program {program} is not installed here"
    if os.environ.get("VANLANG_NOTHING_SKIPPED") == "1":
        pytest.fail(f"{reason}, and VANLANG_NOTHING_SKIPPED=1")
    pytest.skip(reason)
