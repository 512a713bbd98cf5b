"""What is said before an upgrade follows from the statements, the sizes and the speed, and from nothing else."""

from __future__ import annotations

import pytest
from django.db import connection

from vanlang.kernel.schema import plan
from vanlang.kernel.schema.findings import Proofs, Step
from vanlang.kernel.schema.plan import Pending, Speed
from vanlang.kernel.schema.statements import Work

pytestmark = pytest.mark.django_db

SPEED = Speed(scan=1_000_000, build=500_000, rows=100_000, rewrite=50_000)
BIG = frozenset({"audit_record"})


@pytest.fixture(autouse=True)
def _a_million_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "size", lambda connection, table: (1_000_000, 400.0))


def estimate(*statements: str, atomic: bool = True, **said: object) -> Pending:
    step = Step("kernel.0002_x", statements, atomic=atomic, **said)  # type: ignore[arg-type] # the words of a case
    return plan._estimate(step, connection, SPEED, BIG, Proofs())


def test_a_column_costs_nothing() -> None:
    told = estimate("ALTER TABLE audit_record ADD COLUMN x text")
    assert (told.seconds, told.locked_seconds, told.way_back) == (0.0, 0.0, "old_code")


def test_an_index_locks_for_as_long_as_it_is_built() -> None:
    assert estimate("CREATE INDEX i ON audit_record (at)").locked_seconds == pytest.approx(
        2 * 1_000_000 / 500_000
    )


def test_an_index_built_concurrently_takes_as_long_and_locks_nobody() -> None:
    told = estimate("CREATE INDEX CONCURRENTLY i ON audit_record (at)", atomic=False)
    assert (told.seconds, told.locked_seconds) == (4.0, 0.0)


def test_what_comes_after_a_lock_is_done_under_it() -> None:
    statements = ("ALTER TABLE audit_record ADD COLUMN x text", "UPDATE audit_record SET x = ''")
    assert estimate(*statements).locked_seconds == 20.0
    assert estimate(*reversed(statements)).locked_seconds == 0.0
    assert estimate(*statements, atomic=False).locked_seconds == 0.0


def test_batches_lock_nobody() -> None:
    told = estimate(atomic=False, batched=("audit_record",))
    assert (told.seconds, told.locked_seconds) == (20.0, 0.0)


@pytest.mark.parametrize(
    "statement",
    ["ALTER TABLE audit_record DROP COLUMN x", "ALTER TABLE audit_record ADD COLUMN x int NOT NULL"],
)
def test_what_the_old_code_does_not_bear_has_no_way_back(statement: str) -> None:
    assert estimate(statement).way_back == "backup"


def test_what_no_code_names_any_more_still_has_none() -> None:
    """The release before may be older than the one that stopped naming it."""
    assert estimate("ALTER TABLE audit_record DROP COLUMN x", unused_since="1.2.0").way_back == "backup"


def test_what_is_unknown_is_taken_for_the_slowest() -> None:
    assert SPEED.seconds(Work.UNKNOWN, 1_000_000) == SPEED.seconds(Work.REWRITE, 1_000_000)


def test_the_machine_is_measured_and_nothing_is_left_of_it() -> None:
    speed = plan.measure(connection)
    assert min(speed.scan, speed.build, speed.rows, speed.rewrite) > 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relname = 'probe'")
        assert cursor.fetchone() == (0,)


def test_nothing_is_pending_in_a_database_that_is_up_to_date() -> None:
    assert plan.pending(connection, SPEED) == []
