"""Codes without gap or repeat, and two officers at one dossier: real connections, real commits."""

from __future__ import annotations

import contextvars
import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from vanlang.dossiers import services
from vanlang.dossiers.models import Dossier, Movement
from vanlang.dossiers.rules.codes import DossierCode
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.services.receiving import next_code
from vanlang.dossiers.tests.factories import Lives, World, make_world
from vanlang.kernel.errors import DomainError

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 50


@pytest.fixture
def world(at: dt.datetime, transactional_db: None) -> World:
    return make_world(at)


def at_once(tasks: Sequence[Callable[[], object]]) -> list[object]:
    """Run tasks in threads that start together, each on its own connection and in the caller's scope."""
    barrier = Barrier(len(tasks))

    def run(task: Callable[[], object]) -> object:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=60)
            return task()
        except DomainError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        futures = [pool.submit(contextvars.copy_context().run, run, task) for task in tasks]
        return [future.result(timeout=120) for future in futures]


def test_fifty_writers_leave_no_gap_and_no_repeat(world: World) -> None:
    """Every fifth writer rolls back after it took its number: the number is given again."""
    dossiers = [
        services.submit(filing=world.filing(), actor=world.lan, at=world.at).dossier_id
        for _ in range(WRITERS)
    ]

    def receive(dossier_id: uuid.UUID, *, and_fail: bool) -> Callable[[], object]:
        def task() -> object:
            try:
                with transaction.atomic():
                    code = services.receive(dossier_id=dossier_id, actor=world.hung, at=world.at).code
                    if and_fail:
                        raise RuntimeError
            except RuntimeError:
                return None
            return code

        return task

    codes = at_once([receive(key, and_fail=number % 5 == 0) for number, key in enumerate(dossiers)])
    numbers = sorted(parsed.number for code in codes if code and (parsed := DossierCode.parse(str(code))))
    assert numbers == list(range(1, WRITERS - WRITERS // 5 + 1))
    assert Dossier.objects.filter(code__isnull=False).count() == len(numbers)


def test_two_agencies_and_two_days_count_for_themselves(world: World) -> None:
    tomorrow = world.at + dt.timedelta(days=1)
    with transaction.atomic():
        codes = [
            next_code(agency_id=agency, at=at)
            for agency in (world.viet_tri.id, world.nong_trang.id)
            for at in (world.at, tomorrow, world.at)
        ]
    assert codes == [
        "H44.100-261123-0001", "H44.100-261124-0001", "H44.100-261123-0002",
        "H44.101-261123-0001", "H44.101-261124-0001", "H44.101-261123-0002",
    ]  # fmt: skip


def test_two_officers_at_once_one_act(world: World) -> None:
    """Ten clicks at one instant: one receipt, nine clear conflicts, one code, nothing lost."""
    dossier_id = Lives(world).to(State.SUBMITTED)
    answers = at_once(
        [
            lambda: services.receive(dossier_id=dossier_id, actor=world.hung, at=world.at, expected_version=1)
            for _ in range(10)
        ]
    )
    refused = [answer for answer in answers if isinstance(answer, DomainError)]
    assert len(refused) == 9
    assert {error.code for error in refused} == {"dossiers.changed_meanwhile"}
    row = Dossier.objects.get(pk=dossier_id)
    assert (row.state, row.version, row.code) == (State.RECEIVED, 2, "H44.100-261123-0001")
    assert Movement.objects.filter(dossier_id=dossier_id).count() == 2
