"""
A day of exchange with the national portal must hold on a province that was just set up, whatever goes wrong outside.

It has a province of its own: it spoils what its portal holds, and other journeys compare that.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.provinces import Province, new_province

ROOT = Path(__file__).resolve().parents[2]
CHECKS = 110
"""No fewer: a chapter that ends early fails once and takes its other checks with it."""


@pytest.fixture
def fresh_province(tmp_path: Path) -> Iterator[Province]:
    with new_province(tmp_path) as made:
        yield made


def test_a_day_with_the_national_portal(fresh_province: Province) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "launcher", "demo", "portal", "--url", fresh_province.url],
        env=fresh_province.environment, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    said = told.stdout + told.stderr
    assert told.returncode == 0, said
    counted = re.fullmatch(r"(\d+) passed, 0 failed", told.stdout.splitlines()[-1])
    assert counted is not None, said
    assert int(counted[1]) >= CHECKS, said
