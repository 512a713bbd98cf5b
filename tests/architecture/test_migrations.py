"""Models and migrations say the same in every order of hashes; no migration stops a version that runs."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from vanlang.kernel.schema.findings import ADVICE
from vanlang.kernel.schema.house import check, house


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_no_migration_is_missing(seed: str) -> None:
    answer = subprocess.run(
        [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
        cwd=settings.VANLANG_ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_a_running_version_bears_every_migration(django_db_setup: None, django_db_blocker: Any) -> None:
    """docs/reference/migrations.md says how to do each thing safely."""
    with django_db_blocker.unblock():
        assert [str(finding) for finding in check(connection)] == []


def test_what_the_house_says_of_its_tables_is_true() -> None:
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert sorted(house().big - tables - {"kernel_cache"}) == []
    migrations = MigrationLoader(None).disk_migrations
    assert [key for key in house().before_first_release.items() if key not in migrations] == []


def test_every_reason_for_refusal_has_its_way_out() -> None:
    page = (settings.VANLANG_ROOT / "docs" / "reference" / "migrations.md").read_text(encoding="utf-8")
    assert [code for code in ADVICE if f"\n### {code}\n" not in page] == []
