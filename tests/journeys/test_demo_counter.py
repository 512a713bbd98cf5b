"""A morning at the counter must hold on a province that was just set up, beside whatever else happened there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.journeys.conftest import Province

ROOT = Path(__file__).resolve().parents[2]
CHECKS = 120
"""No fewer: a chapter that ends early fails once and takes its other checks with it."""


def test_a_morning_at_the_counter(province: Province) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "launcher", "demo", "counter", "--url", province.url],
        env=province.environment, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    said = told.stdout + told.stderr
    assert told.returncode == 0, said
    counted = re.fullmatch(r"(\d+) passed, 0 failed", told.stdout.splitlines()[-1])
    assert counted is not None, said
    assert int(counted[1]) >= CHECKS, said
