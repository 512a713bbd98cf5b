"""A database of a role without superuser: what PostgreSQL itself refuses, the check says beforehand, and the manual grants."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from vanlang.kernel.database.base import as_owner
from vanlang.kernel.database.checks import check_scope_may_be_set

pytestmark = pytest.mark.django_db(transaction=True)

MANUAL = Path(__file__).resolve().parents[4] / "docs" / "manual-vi" / "cai-dat.md"
FUNCTION = """
CREATE FUNCTION pg_temp.as_the_system() RETURNS text LANGUAGE sql
    SECURITY DEFINER SET search_path = public, pg_temp SET vanlang.scope = 'system'
AS $$ SELECT current_setting('vanlang.scope') $$
"""
"""As the functions of dossiers/migrations/0002 are made."""


@pytest.fixture
def owner() -> Iterator[str]:
    """Make a role as the manual's `createuser` does: of our own name, roles belong to the whole server."""
    role = f"owner_of_{connection.settings_dict['NAME']}"
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {role} LOGIN CREATEROLE REPLICATION")
    try:
        yield role
    finally:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(f"DROP OWNED BY {role}")
            cursor.execute(f"DROP ROLE {role}")


@contextmanager
def signed_in_as(role: str) -> Iterator[BaseDatabaseWrapper]:
    """Let the session be the role's, as if it had signed in."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET SESSION AUTHORIZATION {role}")
    try:
        yield connection
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET SESSION AUTHORIZATION")
        connection.close()  # the next one begins anew, with the role of the house


def make_function() -> str:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FUNCTION)
        cursor.execute("SELECT pg_temp.as_the_system()")
        return str(cursor.fetchone()[0])


def the_manuals_grant(role: str) -> str:
    """Return the statement that the manual lets the administrator run, for this role."""
    found = re.search(r"psql -c '(GRANT SET ON PARAMETER [^']+) TO vanlang'", MANUAL.read_text())
    assert found
    return f"{found[1]} TO {role}"


def test_without_the_grant_migrate_stops_before_anything_and_says_what_to_do(owner: str) -> None:
    with signed_in_as(owner):
        with pytest.raises(ProgrammingError, match=r'permission denied to set parameter "vanlang\.scope"'):
            make_function()
        with pytest.raises(CommandError) as caught:
            call_command("migrate", skip_checks=False, verbosity=0)
    said = str(caught.value)
    assert "kernel.E001" in said
    assert f'GRANT SET ON PARAMETER "vanlang.scope" TO {owner}\'' in said


def test_with_the_manuals_grant_the_same_statement_runs_and_nothing_is_said(owner: str) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(the_manuals_grant(owner))
    with signed_in_as(owner):
        assert check_scope_may_be_set(databases=["default"]) == []
        assert make_function() == "system"


def test_who_makes_the_application_role_may_become_it(owner: str) -> None:
    """PostgreSQL 16 and later give the maker of a role its administration only."""
    ground = import_module("vanlang.kernel.migrations.0001_extensions_and_role")
    role = f"app_of_{owner}"
    with signed_in_as(owner), connection.cursor() as cursor:
        cursor.execute(ground.ROLE.replace("vanlang_app", role))
        try:
            cursor.execute(f"SET ROLE {role}")
            cursor.execute("SELECT current_user::text")
            assert cursor.fetchone() == (role,)
        finally:
            cursor.execute("RESET ROLE")
            cursor.execute(f"DROP ROLE {role}")


def test_a_check_that_names_no_database_asks_none() -> None:
    with connection.execute_wrapper(lambda *told: pytest.fail("a question was sent")):
        assert check_scope_may_be_set(databases=None) == []
