"""A small run of `./vanlang chaos`: a province of its own is troubled while it works, and nothing is lost or doubled."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHECKS = 17


def test_nothing_is_lost_and_nothing_doubled(tmp_path: Path) -> None:
    own = ("VANLANG_", "DJANGO_", "PYTEST_")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(own)}
    told = subprocess.run(
        [sys.executable, "-m", "launcher", "chaos", "--acts", "60", "--kills", "4", "--patience", "0"],
        env={
            **kept, "VANLANG_STATE": str(tmp_path), "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        },
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    said = told.stdout + told.stderr
    assert told.returncode == 0, said
    counted = re.fullmatch(r"(\d+) passed, 0 failed", told.stdout.splitlines()[-1])
    assert counted is not None, said
    assert int(counted[1]) >= CHECKS, said
    assert "kill -9 PostgreSQL" in said
