"""What real processes of the web, the jobs and the database write when things break over somebody: all of it is read."""

from __future__ import annotations

import contextlib
import json
import os
import re
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg import sql

from launcher import postgres
from launcher.processes import Process, wait_for
from launcher.serving import web, worker
from tests.support.personal import FACTS, MAIL, NAME, NUMBER, PHONE, PIECES, leaks, spellings

WORDS = spellings((*FACTS, *PIECES))
ROOT = Path(settings.VANLANG_ROOT)


def environment(tmp_path: Path, **more: str) -> dict[str, str]:
    told = connection.settings_dict
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "VANLANG_DATABASE_URL": f"postgresql://{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT']}/{told['NAME']}",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "PROMETHEUS_MULTIPROC_DIR": str(tmp_path / "metrics"),
        **more,
    }


@pytest.fixture
def site(tmp_path: Path, transactional_db: None) -> Iterator[tuple[int, Callable[[], str]]]:
    """A web server as the province's, but for the pages that break; its port, and all that it wrote till it was stopped."""
    port, log = postgres.free_port(0), tmp_path / "web.log"
    told = environment(tmp_path, VANLANG_WEB_PORT=str(port), VANLANG_WEB_PROCESSES="1")
    command = [*web(told)[:-1], "tests.support.broken_site:application"]
    process = Process("web", command, told, log)
    process.start()

    def stopped() -> str:
        process.ask_to_stop()
        assert process.running is not None
        process.running.wait(20)
        return log.read_text()

    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", process)
        yield port, stopped
    finally:
        stopped()


def ask(port: int, head: bytes, *, to_the_end: bool = False) -> bytes:
    """Send a request as it is, byte for byte; return how the answer begins. Who goes early may not let it break."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(head + b"\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        with contextlib.suppress(ConnectionResetError):
            begins = line.recv(200)
            while to_the_end and line.recv(4096):
                pass
            return begins
    return b""


def test_a_web_process(site: tuple[int, Callable[[], str]]) -> None:
    port, stopped = site
    name = quote(NAME).encode()
    assert b" 500 " in ask(port, b"GET /before?" + name + b" HTTP/1.1")
    ask(port, b"GET /within HTTP/1.1", to_the_end=True)
    assert b" 404 " in ask(
        port, b"GET /" + name + b"?so=" + NUMBER.encode() + b" HTTP/1.1\r\nUser-Agent: " + MAIL.encode()
    )
    ask(port, b"GET /%ff%fe" + NUMBER.encode() + b" HTTP/1.1\r\nCookie: x=\xff" + NAME.encode())
    ask(port, b"GET /\xff" + NUMBER.encode() + b" HTTP/1.1")
    ask(
        port,
        b"POST /tra-cuu/ HTTP/1.1\r\nContent-Type: multipart/form-data; boundary="
        + NUMBER.encode()
        + b"\r\nContent-Length: 900",
    )
    text = stopped()  # the server may write of an answer after it was given
    assert leaks(text, WORDS) == {}
    told = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    assert [line["error"] for line in told if line["event"] == "broken_before_django"] == ["ValueError"]
    assert any(str(line.get("logger")).startswith("_granian") for line in told), (
        "what broke within an answer is noted, without its words"
    )
    assert [line["status"] for line in told if line["event"] == "request"][:1] == [404]


def test_a_worker_process(tmp_path: Path, transactional_db: None) -> None:
    told = environment(tmp_path)
    task = "kernel.deliver_event"
    with connection.cursor() as cursor:
        for arguments in (
            {"name": "x", "payload": {"full_name": NAME}, "to": NAME},
            {"name": "x", "payload": {"phone": PHONE}, "to": NUMBER, MAIL: NAME},
        ):
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('events', %s, %s::jsonb)",
                [task, json.dumps(arguments)],
            )
    done = subprocess.run(
        [*worker(told), "--one-shot"],
        env=told,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    text = done.stdout + done.stderr
    assert leaks(text, WORDS) == {}
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    ended = [line for line in lines if line["event"] == "job" and line["job"] == task]
    assert {line["error"] for line in ended} == {"LookupError", "TypeError"}


# --- PostgreSQL's own log ------------------------------------------------------------------------------

WHAT_BREAKS = (
    ("INSERT INTO person VALUES (%s, %s)", (NUMBER, NAME)),
    ("SELECT %s::int", (NAME,)),
    ("INSERT INTO person VALUES (%s, NULL)", (NUMBER,)),
    ("SELECT raise_it(%s)", (NAME,)),
)
LOUD = "log_min_messages = warning\nlog_min_error_statement = error\nlog_error_verbosity = default\n"


def test_the_database(tmp_path: Path) -> None:
    with postgres.running(tmp_path / "postgres", durable=False) as server:
        log = server.home / "server.log"
        with psycopg.connect(server.url("postgres"), autocommit=True) as asked:
            asked.execute("ALTER SYSTEM SET log_min_duration_statement = 0")
            asked.execute("SELECT pg_reload_conf()")
            asked.execute("CREATE TABLE person (id text PRIMARY KEY, name text NOT NULL)")
            asked.execute(
                "CREATE FUNCTION raise_it(text) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no %', $1; END $$"
            )
            break_it(asked)
            quiet = log.read_text()
            for setting in LOUD.splitlines():
                name, value = setting.split(" = ")
                asked.execute(sql.SQL("SET {} = {}").format(sql.Identifier(name), value))
            break_it(asked)
            loud = log.read_text()[len(quiet) :]
    assert "duration:" in quiet, "what took long is noted"
    assert leaks(quiet, WORDS) == {}
    assert leaks(loud, WORDS) != {}, "and this is what the settings keep out of it"


def break_it(asked: psycopg.Connection) -> None:
    asked.execute("DELETE FROM person")
    asked.execute("INSERT INTO person VALUES (%s, %s)", (NUMBER, NAME))
    for statement, values in WHAT_BREAKS:
        with pytest.raises(psycopg.Error):
            asked.execute(statement, values)


def test_the_provinces_own_database_is_as_quiet() -> None:
    """The file that `deploy/` brings says of the log what our own server is told."""
    text = (ROOT / "deploy/postgresql/vanlang.conf").read_text()
    said = dict(re.findall(r"^(\w+) = (\S+)", text, re.MULTILINE))
    kept = {
        name: value
        for name, value in postgres.SETTINGS.items()
        if name.startswith("log_") and name != "log_destination"
    }
    kept.pop("logging_collector", None)
    assert len(kept) == 5
    assert {name: said.get(name) for name in kept} == kept


def test_nginx_writes_no_query_no_referrer_and_no_browser() -> None:
    text = (ROOT / "deploy/nginx/vanlang.conf").read_text()
    formats = re.findall(r"log_format\s+(\w+)\s+([^;]+);", text)
    assert [name for name, _ in formats] == ["vanlang"]
    written = set(re.findall(r"\$(\w+)", formats[0][1]))
    assert written == {"remote_addr", "time_iso8601", "request_method", "uri", "status", "body_bytes_sent", "request_time", "upstream_response_time"}  # fmt: skip
    assert set(re.findall(r"access_log\s+([^;]+);", text)) == {
        "off",
        "/var/log/nginx/vanlang.access.log vanlang",
    }
    assert re.findall(r"error_log\s+\S+\s+(\w+);", text) == ["crit"], (
        "an error quotes the request, its query and its referrer"
    )
