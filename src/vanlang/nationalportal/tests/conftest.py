from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from vanlang.connectors.api import forget, register_receiver, register_sender, register_system, send_round
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.tests.factories import Lives, World, make_world
from vanlang.nationalportal.adapters.client import THE_PORTAL, PortalAddress, PortalClient
from vanlang.nationalportal.adapters.senders import ProgressSender, SnapshotSender
from vanlang.nationalportal.arrivals import receivers
from vanlang.nationalportal.services.telling import tell_dossier
from vanlang.nationalportal.tests.portal import HoldingPortal, scripted_portal
from vanlang.nationalportal.types import APPOINTMENT, DOSSIER, MONEY, SYSTEM

TOKEN = "a token of the tests"
MINUTE = dt.timedelta(minutes=1)


@dataclass
class Wire:
    """The province, the line, and the portal at its other end."""

    world: World
    lives: Lives
    portal: HoldingPortal
    line: PortalClient
    at: dt.datetime

    def tell(self, dossier_id: uuid.UUID) -> Dossier:
        """Write down what the event of the last act writes down."""
        row = Dossier.objects.get(pk=dossier_id)
        tell_dossier(
            dossier_id=row.pk,
            number=row.version,
            code=row.code,
            agency_id=row.competent_agency_id,
            at=self.at,
        )
        return row

    def send(self, later: dt.timedelta = dt.timedelta()) -> int:
        """Send until nothing moves; return how many messages were taken."""
        total = 0
        for _ in range(50):
            done = send_round(system=SYSTEM, at=self.at + later)
            total += done.sent
            if not done.goes_on:
                break
        return total


@pytest.fixture
def world(db: None, at: dt.datetime) -> World:
    return make_world(at)


@pytest.fixture
def portal() -> Iterator[HoldingPortal]:
    made = HoldingPortal()
    with scripted_portal(made):
        yield made


@pytest.fixture
def wire(
    world: World, portal: HoldingPortal, settings: pytest.FixtureRequest, at: dt.datetime
) -> Iterator[Wire]:
    address = PortalAddress(portal.url, user="h44", password="secret", dstcode="x", agency="H44", token=TOKEN)
    line = PortalClient(address, seconds=5)
    register_system(THE_PORTAL)
    for kind in (DOSSIER, APPOINTMENT, MONEY):
        register_sender(SnapshotSender(kind, line=lambda: line))
    register_sender(ProgressSender(line=lambda: line))
    for receiver in receivers():
        register_receiver(receiver)
    settings.VANLANG_NATIONAL_PORTAL = {  # type: ignore[attr-defined] # pytest-django's
        "url": portal.url, "user": "h44", "password": "secret", "dstcode": "x", "agency": "H44", "token": TOKEN,
    }  # fmt: skip
    yield Wire(world, Lives(world), portal, line, at)
    line.close()
    forget(SYSTEM)
