"""A PostgreSQL of these tests' own, with the house's tables: a base copy takes a whole server, so it must be a small one."""

from __future__ import annotations

import hashlib
import itertools
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from launcher import postgres
from launcher.backup.cluster import Cluster, program, without_password
from launcher.backup.keys import Key
from launcher.backup.places import Place
from launcher.backup.repository import Repository

_numbers = itertools.count(1)
PATTERN = "pattern"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[postgres.Server]:
    """With the few tables that the launcher itself knows: a backup of it takes a second."""
    with postgres.running(tmp_path_factory.mktemp("own-postgres"), durable=False) as server:
        _make_pattern(server)
        with Cluster(server.url(PATTERN)).connect() as connection:
            connection.execute(_TABLES)
        yield server


@pytest.fixture(scope="session")
def whole_server(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None
) -> Iterator[postgres.Server]:
    """With the tables of the suite's own database, migrated once for all, carried over."""
    from django.db import connection

    told = connection.settings_dict
    suite = make_conninfo(
        host=told["HOST"], port=told["PORT"], user=told["USER"], password=told["PASSWORD"], dbname=told["NAME"]
    )  # fmt: skip
    told_from, given_from = without_password(suite)
    dumped = subprocess.run(
        [program("pg_dump"), "--no-owner", "--no-comments", "--dbname", told_from], env={**os.environ, **given_from},
        capture_output=True, check=True,
    )  # fmt: skip
    with postgres.running(tmp_path_factory.mktemp("whole-postgres"), durable=False) as server:
        _make_pattern(server)
        told_into, given_into = without_password(server.url(PATTERN))
        subprocess.run(
            [program("psql"), "--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", "--output", os.devnull, "--dbname", told_into],
            input=dumped.stdout, env={**os.environ, **given_into}, check=True,
        )  # fmt: skip
        yield server


def _make_pattern(server: postgres.Server) -> None:
    with Cluster(server.url("postgres")).connect() as admin:
        admin.execute("CREATE ROLE vanlang_app NOLOGIN")
        admin.execute(f"CREATE DATABASE {PATTERN}")


_TABLES = """
CREATE TABLE files_storedfile (
    id uuid PRIMARY KEY, sha256 text CHECK (sha256 ~ '^[0-9a-f]{64}$'), size_bytes int, content_type text, name text,
    scan_state text, created_at timestamptz
);
CREATE TABLE audit_record (
    id bigserial PRIMARY KEY, kind text, at timestamptz, act text, actor_kind text, account_id bigint, person_id uuid,
    appointment_id bigint, agency_id int, object_type text, object_id text, purpose text, facts jsonb
);
CREATE TABLE operations_upkeep (id bigserial PRIMARY KEY);
GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO vanlang_app;
"""


@dataclass(frozen=True)
class Province:
    """An installation with a database, a file store and a folder of backups."""

    place: Place
    repository: Repository
    key: Key

    def asked(self, question: str, *values: object) -> list[tuple[object, ...]]:
        with psycopg.connect(self.place.url, autocommit=True) as connection:
            cursor = connection.execute(question, values)  # type: ignore[arg-type] # tests ask in plain words
            return cursor.fetchall() if cursor.description else []

    def file(self, content: bytes) -> str:
        """Store a content as the house does: on the disk first, then its row."""
        digest = hashlib.sha256(content).hexdigest()
        path = self.content_path(digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self.asked(
            "INSERT INTO files_storedfile (id, sha256, size_bytes, content_type, name, scan_state, created_at)"
            " VALUES (%s, %s, %s, 'application/pdf', 'Đơn.pdf', 'clean', now())",
            uuid4(), digest, len(content),
        )  # fmt: skip
        return digest

    def content_path(self, digest: str) -> Path:
        return self.place.store / digest[:2] / digest[2:4] / digest

    def act(self, name: str = "tests.act") -> None:
        """Write one line of the log."""
        self.asked(
            "INSERT INTO audit_record (kind, at, act, actor_kind, object_type, object_id, purpose, facts)"
            " VALUES ('act', now(), %s, 'system', 'thing', '1', '', '{}')",
            name,
        )

    def contents(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.place.store.glob("??/??/*")}


@pytest.fixture
def province(server: postgres.Server, tmp_path: Path) -> Iterator[Province]:
    yield from _made(server, tmp_path)


@pytest.fixture
def whole_province(whole_server: postgres.Server, tmp_path: Path) -> Iterator[Province]:
    """As the house has it: every table, constraint, trigger and policy."""
    yield from _made(whole_server, tmp_path)


def _made(server: postgres.Server, folder: Path) -> Iterator[Province]:
    name = f"province_{next(_numbers)}"
    with Cluster(server.url("postgres")).connect() as admin:
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {PATTERN}")
    yield Province(make_place(server, name, folder / "here"), Repository(folder / "backups"), Key.made())
    with Cluster(server.url("postgres")).connect() as admin:
        rows = admin.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{name}%"]).fetchall()
        for (database,) in rows:
            admin.execute(f'DROP DATABASE "{database}" WITH (FORCE)')


def make_place(server: postgres.Server, database: str, folder: Path) -> Place:
    (folder / "state").mkdir(parents=True)
    return Place(
        url=server.url(database), state=folder / "state", store=folder / "files", scratch=folder / "scratch"
    )
