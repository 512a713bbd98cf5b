"""What machines ask, and what is counted: cheap, right, and without a word about anybody."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.db import DatabaseError, connection
from django.test import Client, RequestFactory, override_settings
from prometheus_client.parser import text_string_to_metric_families

from vanlang.connectors import ports
from vanlang.connectors.api import System
from vanlang.connectors.models import Outgoing
from vanlang.kernel import clock
from vanlang.kernel.database.base import as_owner
from vanlang.kernel.scope import Scope, acting
from vanlang.operations.adapters import job_worker, readiness
from vanlang.operations.adapters.metrics import house, page
from vanlang.operations.adapters.metrics.instruments import JOBS, REQUESTS
from vanlang.operations.middleware import may_read_figures, pseudonym_of


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every question is asked anew."""
    monkeypatch.setattr(readiness, "FRESH_SECONDS", -1)
    monkeypatch.setattr(page, "HOUSE", house.HouseCollector())


def figures(client: Client) -> dict[tuple[str, ...], float]:
    """Return the page as (name, label values…) → value."""
    text = client.get("/metrics").content.decode()
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_alive_asks_nobody(client: Client, django_assert_num_queries: Any) -> None:
    answer = client.get("/healthz", headers={"host": "192.0.2.7"})
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_ready_when_the_database_its_tables_and_the_disk_are(client: Client, db: None) -> None:
    answer = client.get("/readyz", headers={"host": "192.0.2.7"})
    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "migrations": "ok", "disk": "ok"})


def test_not_ready_without_its_tables(client: Client, db: None) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'kernel'")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["migrations"]) == (503, "missing")


def test_not_ready_without_room(client: Client, db: None) -> None:
    with override_settings(VANLANG_DISK_FLOOR_MB=10**9):
        answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["disk"]) == (503, "full")


def test_not_ready_without_a_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", away)
    monkeypatch.setattr(connection, "close", lambda: None)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"database": "unreachable", "migrations": "unknown", "disk": "ok"}


def test_an_answer_is_given_again_for_a_moment(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(readiness, "FRESH_SECONDS", 3600)
    client.get("/readyz")
    with django_assert_num_queries(0):
        assert client.get("/readyz").status_code == 200


# ---- figures ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("token", "told", "may"),
    [
        ("", {"REMOTE_ADDR": "127.0.0.1"}, True),
        ("", {"REMOTE_ADDR": "::1"}, True),
        ("", {"REMOTE_ADDR": "192.0.2.7"}, False),
        ("", {"REMOTE_ADDR": ""}, False),
        ("", {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, False),
        ("", {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_REAL_IP": "192.0.2.7"}, False),
        ("", {"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=192.0.2.7"}, False),
        ("một-mã", {"REMOTE_ADDR": "127.0.0.1"}, False),
        ("secret", {"REMOTE_ADDR": "192.0.2.7", "HTTP_AUTHORIZATION": "Bearer secret"}, True),
        ("secret", {"REMOTE_ADDR": "127.0.0.1", "HTTP_AUTHORIZATION": "Bearer wrong"}, False),
    ],
)  # fmt: skip
def test_figures_are_for_who_has_the_token_or_for_this_machine(
    token: str, told: dict[str, str], may: bool
) -> None:
    request = RequestFactory().get("/metrics", **told)
    with override_settings(VANLANG_METRICS_TOKEN=token):
        assert may_read_figures(request) is may


def test_strangers_learn_not_even_that_there_are_figures(client: Client) -> None:
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 404


def test_requests_are_counted_by_route_and_never_by_path(client: Client, db: None) -> None:
    before = REQUESTS.labels("portal:procedure", "GET", 404)._value.get()
    client.get("/thu-tuc/025185000001/")
    client.get("/khong-co/Nguyễn-Thị-Lan/")
    seen = figures(client)
    assert REQUESTS.labels("portal:procedure", "GET", 404)._value.get() == before + 1
    assert seen["vanlang_requests_total", "GET", "nowhere", "404"] >= 1
    assert seen["vanlang_request_seconds_count", "portal:procedure"] >= 1
    assert "025185000001" not in str(seen)
    assert "Lan" not in str(seen)


def test_what_waits_is_told_with_its_age(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ports._systems, "elsewhere", System("elsewhere", "Nơi khác", "Để thử."))
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, scheduled_at) VALUES "
            "('events', 'x', now() - interval '100 seconds'), ('events', 'x', now() + interval '1 hour')"
        )
    with acting(Scope.system()):
        Outgoing.objects.create(
            system="elsewhere", kind="petition", stream="7", number=1, state="waiting",
            told_at=clock.now() - dt.timedelta(seconds=300), next_at=clock.now(),
        )  # fmt: skip
    seen = figures(client)
    assert seen["vanlang_outbox_waiting", "elsewhere"] == 1
    assert 300 <= seen["vanlang_outbox_oldest_seconds", "elsewhere"] <= 320
    assert (seen["vanlang_queue_due", "events"], seen["vanlang_queue_later", "events"]) == (1, 1)
    assert 99 <= seen["vanlang_queue_oldest_seconds", "events"] <= 120
    assert seen["vanlang_database_up",] == 1
    assert seen["vanlang_workers",] == 0
    assert 1 <= seen["vanlang_database_connections",] <= seen["vanlang_database_connections_most",]


def test_figures_are_asked_once_in_a_while(client: Client, db: None, django_assert_num_queries: Any) -> None:
    client.get("/metrics")
    with django_assert_num_queries(0):
        client.get("/metrics")


def test_without_a_database_what_was_counted_is_told_all_the_same(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: object) -> house.House:
        raise DatabaseError

    monkeypatch.setattr(house, "look", away)
    seen = figures(client)
    assert seen["vanlang_database_up",] == 0
    assert not any(key[0] == "vanlang_workers" for key in seen)


def test_several_processes_are_one_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes count into files of one folder; the page is their sum."""
    import os
    import subprocess
    import sys

    count = "from vanlang.operations.adapters.metrics.instruments import JOBS; JOBS.labels('x', 'succeeded').inc(3)"
    told = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    for _ in range(2):
        subprocess.run([sys.executable, "-c", count], env=told, check=True)
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    monkeypatch.setattr(house, "look", lambda _: house.House())
    assert re.search(rb'vanlang_jobs_total\{job="x",outcome="succeeded"\} 6\.0', page.render())


def test_a_job_is_counted_by_its_outcome() -> None:
    class Job:
        task_name, queue, attempts = "kernel.test", "events", 0

    class Context:
        job = Job()

    async def good() -> int:
        return 7

    async def bad() -> None:
        raise ValueError("Nguyễn Thị Lan")

    done = JOBS.labels("kernel.test", "succeeded")._value
    failed = JOBS.labels("kernel.test", "failed")._value
    before = (done.get(), failed.get())
    assert async_to_sync(job_worker.observe)(good, Context(), None) == 7  # type: ignore[arg-type] # as much of a context as it reads
    with pytest.raises(ValueError, match="Lan"):
        async_to_sync(job_worker.observe)(bad, Context(), None)  # type: ignore[arg-type] # as above
    assert (done.get(), failed.get()) == (before[0] + 1, before[1] + 1)


def test_a_pseudonym_finds_the_lines_of_one_account_and_says_nothing() -> None:
    assert pseudonym_of(None) == ""
    assert pseudonym_of(7) == pseudonym_of(7) != pseudonym_of(8)
    assert re.fullmatch(r"[0-9a-f]{12}", pseudonym_of(7))
