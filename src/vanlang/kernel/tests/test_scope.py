from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection, transaction

from vanlang.kernel.scope import Scope, acting

pytestmark = pytest.mark.django_db


def written() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('vanlang.scope'), current_setting('vanlang.agency')")
        return cursor.fetchone()


def test_the_connection_works_as_a_role_that_row_level_security_binds() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)


def test_scope_is_written_before_the_next_query() -> None:
    with acting(Scope.officer(7)):
        assert written() == ("officer", "7")
    with acting(Scope.citizen(uuid4())):
        assert written() == ("citizen", "0")


def test_scope_is_written_again_after_a_rollback() -> None:
    class Undo(Exception):  # noqa: N818 - only rolls back
        pass

    with acting(Scope.officer(3)):
        try:
            with transaction.atomic():
                with acting(Scope.officer(4)):
                    assert written() == ("officer", "4")
                raise Undo
        except Undo:
            pass
        assert written() == ("officer", "3")
