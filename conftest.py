"""
One database for the suite, worked in as in production: as a role that owns nothing, in somebody's scope.

`system` is the scope of a test unless it says otherwise; tests of row-level security enter their own with
`acting(...)`.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings

# No test is timed. In CI Hypothesis takes its own profile: the same examples every time; here it looks for new ones.
if not os.environ.get("CI"):
    hypothesis_settings.register_profile("house", deadline=None)
    hypothesis_settings.load_profile("house")

SHARED = Path(os.environ.get("VANLANG_SHARED", Path(__file__).resolve().parent.parent / "shared"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if (SHARED / "data").is_dir():
        return
    skip = pytest.mark.skip(reason="needs ../shared/data, which is not on this machine")
    for item in items:
        if item.get_closest_marker("shared_data"):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Once migrated, work as the application role; take the database down as its owner."""
    from django.db import connection

    def step_down(wanted: bool) -> None:
        with django_db_blocker.unblock():
            connection.settings_dict["STEP_DOWN"] = connection.step_down = wanted
            connection.close()

    step_down(True)
    yield
    step_down(False)


@pytest.fixture(autouse=True)
def _system_scope() -> Iterator[None]:
    from vanlang.kernel.scope import Scope, acting

    with acting(Scope.system()):
        yield


@pytest.fixture(autouse=True)
def _no_search_of_another_test() -> None:
    """The index of a test that was rolled back names versions that are gone, under an edition that comes again."""
    from vanlang.catalogue.queries.searching import _index

    _index.cache_clear()


@pytest.fixture(scope="session", autouse=True)
def _flush_as_owner() -> Iterator[None]:
    """Tests with real transactions empty the tables after everything else is torn down; only their owner may."""
    from django.core.management.commands import flush

    from vanlang.kernel.database.base import as_owner

    handle = flush.Command.handle

    def as_owner_handle(self: flush.Command, **options: Any) -> None:
        with as_owner():
            handle(self, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", as_owner_handle)
        yield


@pytest.fixture
def at() -> dt.datetime:
    """A Monday morning in office hours: 23/11/2026 09:00."""
    from vanlang.kernel.clock import VIETNAM

    return dt.datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)


@pytest.fixture
def shared() -> Path:
    return SHARED


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI a skipped test is a failed one, but for those that need ../shared/data."""
    if not os.environ.get("VANLANG_NOTHING_SKIPPED") or exitstatus != 0:
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = [
        report for report in reporter.stats.get("skipped", []) if "shared/data" not in str(report.longrepr)
    ]
    if skipped:
        reporter.write_line(
            "Skipped, though nothing may be: " + ", ".join(report.nodeid for report in skipped), red=True
        )
        session.exitstatus = 1
