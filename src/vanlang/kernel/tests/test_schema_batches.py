"""A data migration in batches: every row once, each batch committed, and again from where it was interrupted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import NotSupportedError, connection
from django.db.migrations import Migration
from django.db.migrations.state import ProjectState

from vanlang.kernel.schema.batches import InBatches


class Fill(Migration):
    atomic = False
    operations = [InBatches("filled", set_to="word = 'done'", where="word IS NULL", size=7)]


@pytest.fixture
def filled(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A table outside any transaction of the test: batches commit."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("RESET ROLE; CREATE TABLE filled (id int PRIMARY KEY, word text)")
        cursor.execute(
            "INSERT INTO filled SELECT n, CASE WHEN n % 5 = 0 THEN 'kept' END FROM generate_series(1, 100) AS n"
        )
        yield
        cursor.execute("DROP TABLE filled")
        connection.close()


def words() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(word, '–'), count(*) FROM filled GROUP BY 1")
        return dict(cursor.fetchall())


@pytest.mark.usefixtures("filled")
def test_every_row_that_is_wanted_is_written_and_no_other() -> None:
    with connection.schema_editor(atomic=False) as editor:
        Fill("fill", "kernel").apply(ProjectState(), editor)
    assert words() == {"done": 80, "kept": 20}


@pytest.mark.usefixtures("filled")
def test_what_was_interrupted_keeps_its_batches_and_goes_on() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE filled ADD CHECK (id < 50 OR word IS DISTINCT FROM 'done') NOT VALID")
    with pytest.raises(Exception, match="filled_check"), connection.schema_editor(atomic=False) as editor:
        Fill("fill", "kernel").apply(ProjectState(), editor)
    assert words() == {"done": 35, "kept": 20, "–": 45}
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE filled DROP CONSTRAINT filled_check")
    with connection.schema_editor(atomic=False) as editor:
        Fill("fill", "kernel").apply(ProjectState(), editor)
    assert words() == {"done": 80, "kept": 20}


@pytest.mark.django_db
def test_in_a_transaction_it_refuses() -> None:
    with (
        pytest.raises(NotSupportedError, match="atomic = False"),
        connection.schema_editor(atomic=False) as editor,
    ):
        Fill("fill", "kernel").apply(ProjectState(), editor)
