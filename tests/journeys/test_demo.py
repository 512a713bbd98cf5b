"""The demo is a promise of the front page: it must hold on a province that was just set up."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.journeys.conftest import Province

ROOT = Path(__file__).resolve().parents[2]


def test_two_whole_lives_over_http(province: Province) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "launcher", "demo", "--url", province.url],
        env=province.environment, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    said = told.stdout + told.stderr
    assert told.returncode == 0, said
    assert re.fullmatch(r"[1-9]\d+ passed, 0 failed", told.stdout.splitlines()[-1]), said
