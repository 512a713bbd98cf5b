"""
A backup's database, started on a private address: to be looked at, dumped from, and thrown away.

Its files are read only by programs of its own major version. It listens on loopback with a password made for this one
start, and its settings are ours: nothing of what the copied server was told to do (archive, preload, listen) is done.
"""

from __future__ import annotations

import secrets
import shutil
import tarfile
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

import psycopg
from psycopg import sql

from launcher.backup.archives import unpack
from launcher.backup.errors import BackupError, DamagedError, RefusedError
from launcher.backup.sealing import Stream
from launcher.postgres import PostgresError, Server, find_binaries_of, free_port

_SETTINGS = {
    "listen_addresses": "'127.0.0.1'",
    "max_connections": "100",
    "max_prepared_transactions": "100",
    "shared_buffers": "'64MB'",
    "work_mem": "'64MB'",
    "maintenance_work_mem": "'128MB'",
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "archive_mode": "off",
    "hot_standby": "off",
    "jit": "off",
    "timezone": "'UTC'",
    "lc_messages": "'C'",
    "log_destination": "'stderr'",
    "logging_collector": "off",
}


@contextmanager
def started_copy(pieces: Iterator[bytes], *, major: int, database: str, scratch: Path) -> Iterator[str]:
    """
    Yield the address of a database of a base copy, as its superuser; afterwards nothing of it is left.

    Raises: RefusedError without programs of that version; DamagedError when it is no copy that starts.
    """
    binaries = find_binaries_of(major)
    if binaries is None:
        raise RefusedError(
            f"Bản sao lưu này của PostgreSQL {major}, máy này không có chương trình của phiên bản đó.",
            f"Hãy cài gói postgresql-{major} (không cần chạy dịch vụ), rồi làm lại.",
        )
    scratch.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="copy-", dir=scratch))
    private = Path(tempfile.mkdtemp(prefix="vl-"))  # a socket's path must be short
    server = Server(home=home, binaries=binaries, durable=False)
    try:
        _unpack(pieces, server.data)
        port = _configure(server, private)
        _start(server)
        _wait_until_open(server, private, port)
        yield _address(private, port, database)
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)
        shutil.rmtree(private, ignore_errors=True)


def _unpack(pieces: Iterator[bytes], data: Path) -> None:
    data.mkdir(mode=0o700)
    try:
        with tarfile.open(fileobj=BufferedReader(Stream(pieces), 1024 * 1024), mode="r|gz") as tar:
            unpack(tar, data)
        for _ in pieces:  # the last piece is proved although the tar ended before it
            pass
    except (tarfile.TarError, zlib.error, EOFError) as error:
        raise DamagedError("database", f"không giải nén được ({type(error).__name__})") from error
    except OSError as error:
        raise BackupError(
            f"Không ghi được bản chép để mở xem: {error.strerror or error}.",
            "Hãy giải phóng dung lượng đĩa, hoặc chỉ nơi khác bằng --scratch THƯ_MỤC.",
        ) from error


def _configure(server: Server, private: Path) -> int:
    port = free_port(0)
    own = _SETTINGS | {
        "port": str(port), "unix_socket_directories": f"'{private}'", "hba_file": f"'{server.home}/hba.conf'",
        "ident_file": f"'{server.home}/ident.conf'", "data_directory": f"'{server.data}'",
    }  # fmt: skip
    (server.home / "copy.conf").write_text("".join(f"{key} = {value}\n" for key, value in own.items()))
    (server.home / "hba.conf").write_text(
        "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\nhost all all ::1/128 scram-sha-256\n"
    )
    (server.home / "ident.conf").write_text("")
    (server.data / "postgresql.auto.conf").write_text("")
    (server.data / "postmaster.pid").unlink(missing_ok=True)
    server.own(server.home, *server.home.rglob("*"), private)
    return port


def _start(server: Server) -> None:
    try:
        server.ask(
            "pg_ctl", "start", "-D", str(server.data), "-l", str(server.home / "server.log"), "-w", "-t", "3600",
            "-o", f"-c config_file={server.home}/copy.conf",
        )  # fmt: skip
    except PostgresError as error:
        raise _does_not_open(server, str(error)) from error


def _wait_until_open(server: Server, private: Path, port: int) -> None:
    """
    Wait till the copy has gone through its log: `pg_ctl` comes back before that.

    Raises: DamagedError when it dies on the way.
    """
    while (
        server.ask("pg_isready", "-h", str(private), "-p", str(port), "-t", "5", check=False).returncode != 0
    ):
        if not server.is_running():
            raise _does_not_open(server, "nhật ký ghi không chạy lại được")
        time.sleep(0.1)


def _does_not_open(server: Server, why: str) -> DamagedError:
    log = server.home / "server.log"
    tail = log.read_text(errors="replace").strip().splitlines()[-3:] if log.exists() else [why]
    return DamagedError("database", f"PostgreSQL không mở được bản chép ({' / '.join(tail)})")


def _address(private: Path, port: int, database: str) -> str:
    """Give the superuser a password for this start, and return where it is asked."""
    password = secrets.token_urlsafe(24)
    last: Exception | None = None
    for user in ("vanlang", "postgres"):
        try:
            with psycopg.connect(
                host=str(private), port=port, user=user, dbname="postgres", autocommit=True
            ) as connection:
                found = connection.execute("SELECT rolname FROM pg_roles WHERE oid = 10").fetchone()
                owner = str(found[0]) if found else user
            with psycopg.connect(
                host=str(private), port=port, user=owner, dbname="postgres", autocommit=True
            ) as connection:
                connection.execute(
                    sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(owner), sql.Literal(password))
                )
        except psycopg.OperationalError as error:
            last = error
            continue
        return f"postgresql://{owner}:{password}@127.0.0.1:{port}/{database}"
    raise DamagedError("database", f"bản chép không cho vào ({last})")
