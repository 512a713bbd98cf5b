from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from asgiref.sync import async_to_sync
from django.conf import settings
from django.db import connection
from procrastinate.contrib.django import app

from vanlang.kernel import jobs
from vanlang.kernel.database.base import as_owner

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


@pytest.mark.django_db(transaction=True)
def test_a_stalled_job_whose_twin_waits_keeps_no_other_from_being_put_back() -> None:
    """One job may wait at a time, and one does: the dead worker's is let go, the job after it is put back."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '5 minutes') RETURNING id"
        )
        (worker,) = cursor.fetchone()
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, queueing_lock, worker_id) VALUES "
            "('connectors', 'twin', 'doing', 'one', %s), ('connectors', 'twin', 'todo', 'one', NULL), "
            "('events', 'other', 'doing', NULL, %s)",
            [worker, worker],
        )
    async_to_sync(jobs.put_back)(app.job_manager)
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, status::text FROM procrastinate_jobs ORDER BY id")
        assert cursor.fetchall() == [("twin", "aborted"), ("twin", "todo"), ("other", "todo")]
