"""
The running PostgreSQL, asked for a base copy of itself.

A base copy goes through the replication door: files as they lie, then the write-ahead log of the time that it took. No
snapshot is held, so vacuum goes on and the queue stays fast however long it takes (a dump holds one from its first row to
its last: bench/backup.py). A temporary replication slot keeps the log that will be needed; it goes with the connection.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from launcher.backup.errors import BackupError, RefusedError
from launcher.postgres import find_binaries

_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Cluster:
    """A PostgreSQL by its address."""

    url: str

    def connect(self, *, database: str = "") -> psycopg.Connection:
        """Return a connection that commits each statement. Raises: RefusedError when nobody answers."""
        told = {"dbname": database} if database else {}
        try:
            return psycopg.connect(
                make_conninfo(self.url, connect_timeout=10, application_name="vanlang backup", **told),
                autocommit=True,
            )
        except psycopg.OperationalError as error:
            raise RefusedError(
                f"Không kết nối được cơ sở dữ liệu: {_first_line(error)}",
                "Hãy kiểm tra PostgreSQL có đang chạy và VANLANG_DATABASE_URL, rồi chạy lại.",
            ) from error

    @property
    def name(self) -> str:
        return str(conninfo_to_dict(self.url).get("dbname", ""))

    def described(self) -> ClusterFacts:
        with self.connect() as connection:
            version, number, size = connection.execute(
                "SELECT current_setting('server_version'), current_setting('server_version_num')::int,"
                " (SELECT sum(pg_database_size(oid)) FROM pg_database)::bigint"
            ).fetchone()  # type: ignore[misc] # one row always
        return ClusterFacts(version=str(version).split()[0], major=number // 10_000, size_bytes=size)

    @contextmanager
    def base_copy(self, *, megabytes_a_second: int = 0) -> Iterator[Iterator[bytes]]:
        """
        Yield the pieces of a gzipped tar of the whole cluster, its log included; ends well or raises.

        Raises: RefusedError without the right to copy; BackupError when the copy broke off.
        """
        programs, told, given = find_binaries(), *without_password(self.url)
        command = [
            str(programs / "pg_basebackup"), "--dbname", told, "--pgdata", "-", "--format", "tar", "--compress", "1",
            "--wal-method", "fetch", "--checkpoint", "fast", "--label", "vanlang", "--no-password",
        ]  # fmt: skip
        if megabytes_a_second:
            command += ["--max-rate", f"{megabytes_a_second}M"]
        with self._log_kept(), tempfile.TemporaryFile("w+") as said:
            running = subprocess.Popen(
                command, env={**os.environ, **given, "LC_ALL": "C.UTF-8"}, stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=said,
            )  # fmt: skip
            try:
                yield _pieces(running)
                if running.wait() != 0:
                    said.seek(0)
                    raise _broke_off(said.read())
            finally:
                if running.poll() is None:
                    running.kill()
                    running.wait()
                if running.stdout:
                    running.stdout.close()

    @contextmanager
    def _log_kept(self) -> Iterator[None]:
        """Keep the log that the copy will need while it is made: the server may not recycle it meanwhile."""
        with self.connect() as connection:
            try:
                connection.execute(
                    "SELECT pg_create_physical_replication_slot(%s, true, true)",
                    [f"vanlang_backup_{os.getpid()}"],
                )
            except (errors.InsufficientPrivilege, errors.ObjectNotInPrerequisiteState) as error:
                raise _no_right(str(conninfo_to_dict(self.url).get("user", ""))) from error
            yield


@dataclass(frozen=True, slots=True)
class ClusterFacts:
    version: str
    major: int
    size_bytes: int
    """Of all databases of the server: a base copy has them all."""


def without_password(url: str) -> tuple[str, dict[str, str]]:
    """Return the address without its password, and the environment that holds it: arguments are seen by everybody."""
    told = conninfo_to_dict(url)
    password = told.pop("password", None)
    return make_conninfo("", **told), {"PGPASSWORD": str(password)} if password else {}


def program(name: str, binaries: Path | None = None) -> str:
    return str((binaries or find_binaries()) / name)


def _pieces(running: subprocess.Popen[bytes]) -> Iterator[bytes]:
    assert running.stdout is not None  # noqa: S101 - asked for above
    while piece := running.stdout.read(_PIECE):
        yield piece


def _broke_off(said: str) -> BackupError:
    if "no pg_hba.conf entry" in said or "must be superuser or replication role" in said:
        return _no_right("")
    last = said.strip().splitlines()[-1:] or ["pg_basebackup"]
    return BackupError(
        f"PostgreSQL ngừng giữa chừng khi chép: {last[0]}",
        "Bản sao lưu cũ vẫn còn nguyên. Hãy xem nhật ký PostgreSQL, dung lượng đĩa, rồi chạy lại.",
    )


def _no_right(user: str) -> RefusedError:
    return RefusedError(
        f"Tài khoản PostgreSQL {user or 'này'} chưa được phép chép cả máy chủ qua cổng nhân bản.",
        f"Hãy chạy trên máy chủ: ALTER ROLE {user or 'TÊN'} REPLICATION; thêm vào pg_hba.conf dòng “host replication "
        f"{user or 'TÊN'} ĐỊA_CHỈ_MÁY_NÀY/32 scram-sha-256”; đặt wal_level = replica; rồi tải lại cấu hình.",
    )


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
