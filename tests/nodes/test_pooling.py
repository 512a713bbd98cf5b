"""
Văn Lang behind a real pgbouncer, configured as it is delivered: each process keeps its own connection, and nothing of it stays.

The last tests show why: with a pool by transaction one person is shown another's rows, and the service refuses to start.
"""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from config.settings.base import database_from
from django.db import connection as suite

from launcher import serving
from launcher.nodes.plan import SECRETS, Node, Places, Plan, render
from launcher.postgres import hand_over, step_down
from tests.support.tools import need
from vanlang.kernel.database.base import APP_ROLE, DatabaseWrapper
from vanlang.kernel.scope import Scope, acting

pytestmark = pytest.mark.django_db

Pool = Callable[..., Any]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(folder: Path, *, mode: str = "session", size: int = 20) -> Iterator[str]:
    """pgbouncer in front of the suite's database; yields the address that Văn Lang would be told."""
    program = need("pgbouncer")
    given = urlsplit(os.environ["VANLANG_DATABASE_URL"])
    port = free_port()
    node = Node("mot", "127.0.0.1", Places(postgres=given.port or 5432, pool=port))
    others = (replace(node, name="hai"), replace(node, name="ba"))
    plan = Plan((node, *others), "/usr/bin", "", str(folder), str(folder), str(folder))
    render(plan, node, dict.fromkeys(SECRETS, "unused"), folder)
    (folder / "userlist.txt").write_text(f'"{given.username}" "{given.password}"\n')
    ini = folder / "pgbouncer.ini"
    told = ini.read_text(encoding="utf-8")
    assert "\npool_mode = session\n" in told and "\ndefault_pool_size = 20\n" in told
    told = told.replace("pool_mode = session", f"pool_mode = {mode}")
    ini.write_text(told.replace("default_pool_size = 20", f"default_pool_size = {size}"), encoding="utf-8")
    hand_over(folder, *folder.iterdir())
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([*step_down(), str(program), str(ini)], stdout=log, stderr=log, cwd="/")
    url = f"postgresql://{given.username}:{given.password}@127.0.0.1:{port}/{suite.settings_dict['NAME']}"
    try:
        assert answers(url, process), (folder / "log").read_text(errors="replace")
        yield url
    finally:
        process.terminate()
        process.wait(timeout=20)


def answers(url: str, process: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and process.poll() is None:
        try:
            psycopg.connect(url, connect_timeout=3).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return True
    return False


@contextmanager
def process_of(url: str) -> Iterator[DatabaseWrapper]:
    """A connection as a process of Văn Lang holds it."""
    settings = {**suite.settings_dict, **database_from(url), "TEST": {}}
    wrapper = DatabaseWrapper(settings, "default")
    try:
        yield wrapper
    finally:
        wrapper.close()


def seen(wrapper: DatabaseWrapper) -> tuple[str, str, str, int]:
    """Return whose rows would be seen, as whom, and by which connection of the server."""
    with wrapper.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('vanlang.scope', true), ''), coalesce(current_setting('vanlang.agency', true), ''), "
            "current_user::text, pg_backend_pid()"
        )
        row: tuple[str, str, str, int] = cursor.fetchone()
        return row


def asked_as_it_is(wrapper: DatabaseWrapper) -> tuple[str, str, str, int]:
    """As `seen`, without Văn Lang writing the scope first: what another's cached scope would rely on."""
    assert wrapper.connection is not None
    with wrapper.connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('vanlang.scope', true), current_setting('vanlang.agency', true), current_user::text, pg_backend_pid()"
        )
        row: tuple[str, str, str, int] = cursor.fetchone()
        return row


# --- as delivered -----------------------------------------------------------------------------


def test_two_processes_by_turns_each_see_their_own(tmp_path: Path) -> None:
    with running(tmp_path) as url, process_of(url) as one, process_of(url) as other:
        for _ in range(3):
            with acting(Scope.officer(7)):
                assert seen(one)[:3] == ("officer", "7", APP_ROLE)
            with acting(Scope.officer(8)):
                assert seen(other)[:3] == ("officer", "8", APP_ROLE)
            assert asked_as_it_is(one)[:2] == ("officer", "7")
        assert seen(one)[3] != seen(other)[3]


def test_what_one_process_leaves_behind_the_next_does_not_find(tmp_path: Path) -> None:
    with running(tmp_path, size=1) as url:
        with process_of(url) as one, acting(Scope.officer(7)):
            pid = seen(one)[3]
        with psycopg.connect(url, autocommit=True) as next_one:
            row = next_one.execute(
                "SELECT pg_backend_pid(), current_setting('vanlang.scope', true), current_user = session_user"
            ).fetchone()
        assert row is not None
        assert row[0] == pid, "it is the same connection of the server"
        assert not row[1]
        assert row[2], "and no longer in the application's role"


def test_plans_kept_by_the_driver_live_as_long_as_its_connection(tmp_path: Path) -> None:
    """psycopg prepares what it is asked for the fourth time; jobs and pages do that all day."""
    with running(tmp_path, size=1) as url:
        for _ in range(2):
            with psycopg.connect(url, autocommit=True, prepare_threshold=3) as connection:
                for number in range(8):
                    row = connection.execute("SELECT %s::int + 1", [number]).fetchone()
                    assert row == (number + 1,)
                kept = connection.execute("SELECT count(*) FROM pg_prepared_statements").fetchone()
                assert kept is not None and kept[0] >= 1


def test_the_worker_is_woken_through_it(tmp_path: Path) -> None:
    """procrastinate LISTENs: a notice finds the one connection that asked for it."""
    with (
        running(tmp_path) as url,
        psycopg.connect(url, autocommit=True) as worker,
        psycopg.connect(url, autocommit=True) as web,
    ):
        worker.execute("LISTEN procrastinate_any_queue")
        web.execute("SELECT pg_notify('procrastinate_any_queue', 'x')")
        assert [notice.payload for notice in worker.notifies(timeout=5, stop_after=1)] == ["x"]


def test_the_service_starts_behind_it(tmp_path: Path) -> None:
    with running(tmp_path) as url:
        assert not serving.shares_connections(url)


# --- and not by transaction -------------------------------------------------------------------


def test_by_transaction_one_would_see_with_the_eyes_of_another(tmp_path: Path) -> None:
    with (
        running(tmp_path, mode="transaction", size=1) as url,
        process_of(url) as one,
        process_of(url) as other,
    ):
        with acting(Scope.officer(7)):
            assert seen(one)[:2] == ("officer", "7")
        with acting(Scope.officer(8)):
            assert seen(other)[:2] == ("officer", "8")
        with acting(Scope.officer(7)):
            assert seen(one)[:2] == ("officer", "8"), "what it wrote itself it does not write again"


def test_the_service_does_not_start_behind_such_a_pool(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with running(tmp_path, mode="transaction") as url:
        assert serving.shares_connections(url)
        monkeypatch.setenv("VANLANG_DATABASE_URL", url)
        monkeypatch.setattr(os, "execve", lambda *_: pytest.fail("it was started"))
        assert serving.main(["web"]) == 3
        assert "pool_mode = session" in capsys.readouterr().err


def test_a_database_that_does_not_answer_does_not_keep_the_service_from_starting() -> None:
    assert not serving.shares_connections("postgresql://nobody@127.0.0.1:1/nothing")
