"""The counter's button pressed twice at one instant: real connections, real commits."""

from __future__ import annotations

import datetime as dt

import pytest

from vanlang.desk.services import receive_at_counter
from vanlang.desk.types import CounterIntake
from vanlang.dossiers.api import Channel, Moved
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.tests.factories import make_world
from vanlang.dossiers.tests.test_codes_concurrently import at_once
from vanlang.intake.api import PartiesTold, PersonTold
from vanlang.kernel.ids import new_id

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_dossier_is_received_and_both_presses_are_answered(at: dt.datetime) -> None:
    world = make_world(at)
    filing = world.filing()
    intake = CounterIntake(
        dossier_id=new_id(),
        version_id=filing.procedure_version_id,
        case_id=filing.case_id,
        procedure_code="1.001193",
        parties=PartiesTold(applicant=PersonTold(full_name="Hà Thị Nga")),
        request="",
        channel=Channel.DIRECT,
        competent_agency_id=world.viet_tri.id,
        return_agency_id=world.viet_tri.id,
        papers=(),
    )
    first, second = at_once([lambda: receive_at_counter(intake=intake, actor=world.hung, at=at)] * 2)
    assert isinstance(first, Moved) and isinstance(second, Moved)
    assert first.dossier_id == second.dossier_id == intake.dossier_id
    assert Dossier.objects.count() == 1
