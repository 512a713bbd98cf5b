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
from typing_extensions import override
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

# No test is timed. In CI Hypothesis takes its own profile: the same examples every time; here it looks for new ones.
if not os.environ.get("CI"):
    hypothesis_settings.register_profile("house", deadline=None)
    hypothesis_settings.load_profile("house")

SHARED = Path(os.environ.get("VANLANG_SHARED", Path(__file__).resolve().parent.parent / "shared"))

LONGEST = ("tests/journeys", "tests/backup", "tests/chaos", "tests/architecture", "tests/contracts")
"""They come first and in this order, so that nobody waits for one of them alone at the end."""


class ByHouse(LoadScopeScheduling):
    """Keeps in one process what shares a world: the tests of an app; all journeys, in one running province."""

    @override
    def _split_scope(self, nodeid: str) -> str:
        return house_of(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    return ByHouse(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {house: place for place, house in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(house_of(item.nodeid), len(places)))
    if (SHARED / "data").is_dir():
        return
    skip = pytest.mark.skip(reason="needs ../shared/data, which is not on this machine")
    for item in items:
        if item.get_closest_marker("shared_data"):
            item.add_marker(skip)


def house_of(nodeid: str) -> str:
    """Return the folder whose tests belong together, such as `src/vanlang/payments`."""
    parts = nodeid.partition("::")[0].split("/")
    return "/".join(parts[:3] if parts[0] == "src" else parts[:2])


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Once migrated, work as the application role; take the database down as its owner."""
    from django.db import connection

    def step_down(wanted: bool) -> None:
        with django_db_blocker.unblock():
            connection.settings_dict["STEP_DOWN"] = connection.step_down = wanted
            connection.close()

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        ids_of_a_province(cursor)
    step_down(True)
    yield
    step_down(False)


def ids_of_a_province(cursor: Any) -> None:
    """
    Let ids begin above a thousand, and elsewhere in each table.

    An id that a page writes grouped ("1.109") or that stands for another table's row is found by every test of a page.
    """
    cursor.execute("SELECT schemaname, sequencename FROM pg_sequences WHERE start_value = 1 ORDER BY 1, 2")
    for place, (schema, name) in enumerate(cursor.fetchall()):
        cursor.execute(f'ALTER SEQUENCE "{schema}"."{name}" RESTART WITH {1_000 + 7 * place}')


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
    """
    Tests with real transactions empty the tables after everything else is torn down; only their owner may.

    The queue is no table of Django's: it is emptied here, or the next test finds jobs of rows that are gone.
    """
    from django.core.management.commands import flush
    from django.db import connection

    from vanlang.kernel.database.base import as_owner

    handle = flush.Command.handle

    def as_owner_handle(self: flush.Command, **options: Any) -> None:
        with as_owner():
            handle(self, **options)
            with connection.cursor() as cursor:
                cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers RESTART IDENTITY CASCADE")

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
    if hasattr(session.config, "workerinput"):
        return  # one of several processes: who started it counts
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = [
        report for report in reporter.stats.get("skipped", []) if "shared/data" not in str(report.longrepr)
    ]
    if skipped:
        reporter.write_line(
            "Skipped, though nothing may be: " + ", ".join(report.nodeid for report in skipped), red=True
        )
        session.exitstatus = 1
