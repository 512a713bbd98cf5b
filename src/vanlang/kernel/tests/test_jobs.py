from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

KNOWN = """
import django
django.setup()
from procrastinate.contrib.django import app
app.perform_import_paths()
print(*sorted(app.tasks))
"""


def test_a_worker_finds_the_jobs_of_every_app() -> None:
    """In a process of its own: here some test has imported them already."""
    root = Path(settings.VANLANG_ROOT)
    told = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "PYTHONPATH": f"{root / 'src'}:{root}",
    }
    done = subprocess.run(
        [sys.executable, "-c", KNOWN], env=told, capture_output=True, text=True, check=True, cwd=root
    )
    found = {task.split(".")[0] for task in done.stdout.split()}
    assert {path.parent.name for path in (root / "src" / "vanlang").glob("*/jobs.py")} <= found
