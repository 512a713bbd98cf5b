from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.db.backends.utils import CursorWrapper
from django.db.models import F
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from vanlang.catalogue.models import Case, Fee, ProcedureVersion
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import State
from vanlang.dossiers.tests.factories import Lives, World, make_world
from vanlang.identity.api import SYSTEM, Actor
from vanlang.payments import api, ports
from vanlang.payments.api import DemandCard
from vanlang.payments.models import CollectingAccount


@dataclass
class DrawerOfTests:
    """A drawer that is open to whoever is in `open_to`, and keeps what was put in."""

    open_to: set[int | None] = field(default_factory=set)
    inside: dict[uuid.UUID, int] = field(default_factory=dict)

    def is_open(self, actor: Actor) -> bool:
        return actor.appointment_id in self.open_to

    def put_in(
        self,
        *,
        actor: Actor,
        amount_vnd: int,
        what_for: str,
        dossier_id: uuid.UUID,
        entry_id: uuid.UUID,
        at: dt.datetime,
    ) -> None:
        self.inside[entry_id] = amount_vnd

    def put_in_from(self, cursor: CursorWrapper, question: str, *, until: dt.datetime) -> None:
        cursor.execute(f"SELECT entry_id, amount FROM ({question}) AS cash")  # noqa: S608 - of payments
        self.inside.update(cursor.fetchall())


@dataclass(frozen=True)
class Money:
    """Phường Việt Trì with an account, a fee of 8 000 đồng and a charge of 50 000."""

    world: World
    drawer: DrawerOfTests

    def filed(self, state: State = State.SUBMITTED) -> uuid.UUID:
        return Lives(self.world).to(state)

    def demand(self, state: State = State.SUBMITTED) -> DemandCard:
        """Return what is owed for a fresh dossier."""
        raised = api.demand_for(dossier_id=self.filed(state), actor=SYSTEM, at=self.world.at)
        assert raised.demand_id
        return api.get_demand(raised.demand_id)

    def receive(self, dossier_id: uuid.UUID) -> None:
        dossiers.receive(dossier_id=dossier_id, actor=self.world.hung, at=self.world.at)


def make_money(at: dt.datetime) -> Money:
    world = make_world(at)
    add_fee(world, "Phí cấp bản sao trích lục", "fee", 8_000)
    add_fee(world, "Lệ phí đăng ký khai sinh", "charge", 50_000)
    CollectingAccount.objects.create(
        agency_id=world.viet_tri.id,
        bank="970422",
        bank_name="Ngân hàng Quân đội",
        number="0113366668888",
        holder="UBND PHUONG VIET TRI",
        valid_from=dt.date(2026, 1, 1),
    )
    drawer = DrawerOfTests({world.hung.appointment_id})
    ports.register_till(drawer)
    return Money(world, drawer)


def add_fee(world: World, name: str, kind: str, vnd: int, **more: object) -> Fee:
    ProcedureVersion.objects.filter(pk=world.version_id).update(revision=F("revision") + 1)
    return Fee.objects.create(
        version=ProcedureVersion.objects.get(pk=world.version_id),
        case=Case.objects.get(pk=world.case_id),
        name=name,
        kind=kind,
        amount_vnd=vnd,
        basis="Nghị quyết thử",
        origin="starter",
        source="thử",
        **more,
    )


def run_jobs() -> None:
    """Do every stored event in order, as a worker would."""
    since = 0
    while job := ProcrastinateJob.objects.filter(id__gt=since).order_by("id").first():
        if job.queue_name == "events":
            app.tasks[job.task_name](**job.args)
        since = job.id


@pytest.fixture(autouse=True)
def _ports_as_they_were() -> Iterator[None]:
    """Ports are the process's: what a test registers is gone after it."""
    till, ways = list(ports._till), dict(ports._ways)
    yield
    ports.forget()
    for one in till:
        ports.register_till(one)
    for way, outside in ways.items():
        ports.register_way(way, outside)


@pytest.fixture
def money(db: None, at: dt.datetime) -> Money:
    ports.forget()
    return make_money(at)
