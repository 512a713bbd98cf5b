"""Many kiosks and two windows at one instant: numbers without gap or repeat, nobody called twice."""

from __future__ import annotations

import datetime as dt

import pytest

from vanlang.counter.models import Ticket, Window
from vanlang.counter.services import queueing
from vanlang.counter.tests.conftest import Hall, make_hall
from vanlang.counter.types import Priority, TicketState
from vanlang.dossiers.tests.factories import make_officer, make_world
from vanlang.dossiers.tests.test_codes_concurrently import at_once
from vanlang.identity.api import Role
from vanlang.organizations.api import UnitKind

pytestmark = pytest.mark.django_db(transaction=True)
KIOSKS = 24


@pytest.fixture
def hall(at: dt.datetime, transactional_db: None) -> Hall:
    return make_hall(make_world(at))


def test_many_kiosks_leave_no_gap_and_no_repeat(hall: Hall) -> None:
    token, at = hall.place.kiosk_token, hall.world.at
    at_once(
        [
            lambda: queueing.take_ticket(
                kiosk_token=token, service_id=hall.civil, priority=Priority.NONE, at=at
            )
        ]
        * KIOSKS
    )
    assert sorted(Ticket.objects.values_list("number", flat=True)) == list(range(1, KIOSKS + 1))


def test_two_windows_never_call_the_same_number(hall: Hall) -> None:
    world, token = hall.world, hall.place.kiosk_token
    office = world.viet_tri
    nam = make_officer(
        "second", "Hoàng Văn Nam", office.id, office.units[UnitKind.COUNTER], "Công chức", {Role.COUNTER}, world.at
    )  # fmt: skip
    for actor, window in ((world.hung, hall.first), (nam, hall.second)):
        queueing.take_seat(window_id=window, actor=actor, at=world.at)
    for _ in range(8):
        queueing.take_ticket(kiosk_token=token, service_id=hall.copies, priority=Priority.NONE, at=world.at)
    called = at_once(
        [lambda: queueing.call_next(actor=world.hung, at=world.at), lambda: queueing.call_next(actor=nam, at=world.at)] * 4
    )  # fmt: skip
    assert len(set(called)) == 8
    assert Ticket.objects.filter(state=TicketState.CALLED).count() == Window.objects.count()
