"""What a database must allow before its first migration. Django asks it in `migrate` and `check --database`, before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections

PARAMETER = "vanlang.scope"
"""What functions of the house set for as long as they run: `CREATE FUNCTION … SET vanlang.scope = 'system'`."""


def check_scope_may_be_set(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """
    Refuse a database whose owner may not let its functions enter a scope: PostgreSQL 15 and later ask for a grant.

    Without it the migration stops in the middle with `permission denied to set parameter`.
    """
    return [
        message
        for alias in databases or ()
        if connections[alias].vendor == "postgresql"
        for message in _ask(alias)
    ]


def _ask(alias: str) -> list[CheckMessage]:
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(session_user), has_parameter_privilege(session_user, %s, 'SET')", [PARAMETER]
        )
        role, may = cursor.fetchone()
    if may:
        return []
    return [
        Error(
            f"Vai {role} chưa được phép đặt tham số {PARAMETER} trên máy chủ PostgreSQL này: các hàm của hệ thống không tạo được.",
            hint="Hãy chạy một lần, bằng quản trị viên của PostgreSQL: "
            f"sudo -u postgres psql -c 'GRANT SET ON PARAMETER \"{PARAMETER}\" TO {role}'. Rồi chạy lại lệnh vừa rồi.",
            id="kernel.E001",
        )
    ]
