"""From a copy that was started into a new database of the target server: by dump and load, so that versions and roles may differ."""

from __future__ import annotations

import os
import subprocess
import tempfile
from contextlib import suppress
from typing import Any

from psycopg import sql
from psycopg.conninfo import make_conninfo

from launcher.backup.cluster import Cluster, program, without_password
from launcher.backup.errors import BackupError
from launcher.backup.facts import count_rows
from launcher.backup.progress import Progress
from launcher.postgres import find_binaries_of

_PIECE = 256 * 1024

_DEFAULTS = """
GRANT USAGE ON SCHEMA public TO vanlang_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO vanlang_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO vanlang_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO vanlang_app;
"""
"""What the first migration promises to tables that come later; in the copy it hangs on the copy's own owner."""


def load(copy: str, target: str, name: str, manifest: dict[str, Any], *, quiet: bool) -> None:
    """
    Fill a new database `name` of the target's server from a copy, and prove that it has every row.

    Raises: BackupError; the new database is then the caller's to drop.
    """
    _make_roles(copy, target)
    with Cluster(target).connect(database="postgres") as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'").format(
                sql.Identifier(name)
            )
        )
    into = make_conninfo(target, dbname=name)
    _pour(copy, into, manifest, quiet=quiet)
    with Cluster(into).connect() as connection:
        connection.execute(_DEFAULTS)
        connection.execute("ANALYZE")
        connection.execute("SELECT set_config('vanlang.scope', 'system', false)")
        counted = count_rows(connection)
    for table, wanted in manifest["tables"].items():
        if counted.get(table) != wanted:
            raise BackupError(
                f"Sau khi nạp, bảng {table} có {counted.get(table, 0)} dòng, đúng ra {wanted} dòng.",
                "Dữ liệu đang dùng vẫn như trước. Hãy thử lại; nếu còn, chạy ./vanlang restore … --drill rồi báo đơn vị hỗ trợ.",
            )


def drop(target: str, name: str) -> None:
    with Cluster(target).connect(database="postgres") as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _make_roles(copy: str, target: str) -> None:
    """Make the roles that the copy's rights name and the target does not know; none of them may sign in."""
    with Cluster(copy).connect() as connection:
        wanted = {
            row[0]
            for row in connection.execute(
                "SELECT DISTINCT r.rolname FROM pg_roles r JOIN ("
                " SELECT (aclexplode(relacl)).grantee FROM pg_class UNION SELECT (aclexplode(nspacl)).grantee FROM pg_namespace"
                " UNION SELECT (aclexplode(proacl)).grantee FROM pg_proc) g ON g.grantee = r.oid"
                " WHERE r.oid <> 10 AND r.rolname !~ '^pg_'"
            )
        } | {"vanlang_app"}
        connection.execute("SET allow_system_table_mods = on")
        connection.execute("DELETE FROM pg_default_acl")  # the copy is thrown away; see _DEFAULTS
    with Cluster(target).connect(database="postgres") as connection:
        known = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        for role in sorted(wanted - known):
            connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(role)))
        # Since PostgreSQL 16 whoever makes a role is a member of it that may not become it
        how = "SET" if connection.info.server_version >= 160000 else "MEMBER"
        member = connection.execute("SELECT pg_has_role(current_user, 'vanlang_app', %s)", [how]).fetchone()
        if not (member and member[0]):
            connection.execute("GRANT vanlang_app TO CURRENT_USER")


def _pour(copy: str, into: str, manifest: dict[str, Any], *, quiet: bool) -> None:
    binaries = find_binaries_of(manifest["major"])
    bar = Progress("Nạp cơ sở dữ liệu", manifest["database_bytes"] // 2, quiet=quiet)
    from_told, from_given = without_password(copy)
    into_told, into_given = without_password(into)
    dump = [
        program("pg_dump", binaries),
        "--no-owner",
        "--no-comments",
        "--no-password",
        "--dbname",
        from_told,
    ]
    load_command = [
        program("psql", binaries), "--no-psqlrc", "--quiet", "--no-password", "--single-transaction",
        "--set", "ON_ERROR_STOP=1", "--output", os.devnull, "--dbname", into_told,
    ]  # fmt: skip
    with tempfile.TemporaryFile("w+") as said:
        reader = subprocess.Popen(dump, env={**os.environ, **from_given}, stdout=subprocess.PIPE, stderr=said)
        writer = subprocess.Popen(
            load_command, env={**os.environ, **into_given}, stdin=subprocess.PIPE, stderr=said
        )
        _pump(reader, writer, bar)
        codes = (reader.wait(), writer.wait())
        if any(codes):
            said.seek(0)
            lines = [line for line in said.read().splitlines() if "ERROR" in line or "error" in line]
            raise BackupError(
                f"PostgreSQL không nạp được bản sao lưu: {(lines or ['không rõ'])[0]}",
                "Dữ liệu đang dùng vẫn như trước. Hãy xem quyền của tài khoản, dung lượng đĩa, rồi chạy lại.",
            )
    bar.end()


def _pump(reader: subprocess.Popen[bytes], writer: subprocess.Popen[bytes], bar: Progress) -> None:
    assert reader.stdout is not None  # noqa: S101 - asked for by the caller
    assert writer.stdin is not None  # noqa: S101 - as above
    try:
        while piece := reader.stdout.read1(_PIECE):  # type: ignore[attr-defined] # a buffered reader has it
            writer.stdin.write(piece)
            bar.add(len(piece))
    except BrokenPipeError:
        reader.kill()  # the writer refused: its exit code says so
    finally:
        reader.stdout.close()
        with suppress(BrokenPipeError):
            writer.stdin.close()
