"""Standing in for a colleague: the list shows their dossiers, the acts work, the history says for whom; roles stay apart."""

from __future__ import annotations

import dataclasses
import datetime as dt
from uuid import uuid4

import pytest

from vanlang.audit.api import list_records
from vanlang.dossiers import services
from vanlang.dossiers.errors import ActNotAllowed
from vanlang.dossiers.models import Dossier, Movement
from vanlang.dossiers.queries import count_inbox, get_dossier_page, list_inbox
from vanlang.dossiers.rules.access import Places, StandIn, Viewer, instead_of, standing_of
from vanlang.dossiers.rules.states import Party, State
from vanlang.dossiers.services.acting import instead_of as kept
from vanlang.dossiers.tests.factories import PAPER_DRAFT, Lives, World, make_officer
from vanlang.dossiers.types import InboxFilter
from vanlang.identity.api import (
    Absent,
    Actor,
    Role,
    actor_of,
    appoint_substitute,
    list_appointments,
    scope_of,
)
from vanlang.kernel.scope import acting
from vanlang.organizations.api import UnitKind


@pytest.fixture
def nam(world: World) -> Actor:
    """A second specialist, of another unit."""
    return make_officer(
        "nam", "Vũ Hoài Nam", world.viet_tri.id, world.viet_tri.units[UnitKind.REGISTRY], "Công chức Địa chính",
        {Role.SPECIALIST}, world.at,
    )  # fmt: skip


def standing_in(absent: Actor, substitute: Actor, at: dt.datetime, **more: object) -> Actor:
    appoint_substitute(
        absent_id=absent.appointment_id or 0, substitute_id=substitute.appointment_id or 0, valid_from=at.date(),
        valid_to=at.date() + dt.timedelta(days=5), actor=absent, at=at, **more,  # type: ignore[arg-type] # by name
    )  # fmt: skip
    return actor_of(list_appointments(substitute.account_id or 0, at.date())[0])


def test_without_it_nothing_is_theirs(world: World, lives: Lives, nam: Actor) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    assert not list_inbox(nam, filter=InboxFilter.MINE, at=world.at).cards
    with pytest.raises(ActNotAllowed):
        services.propose(dossier_id=dossier_id, draft=PAPER_DRAFT, actor=nam, at=world.at)


def test_the_substitute_sees_and_does_what_the_absent_one_may(world: World, lives: Lives, nam: Actor) -> None:
    held, in_tray = lives.to(State.IN_PROGRESS), lives.to(State.HANDED_OVER)
    actor = standing_in(world.mai, nam, world.at)
    with acting(scope_of(actor)):
        cards = list_inbox(actor, filter=InboxFilter.MINE, at=world.at).cards
        assert {card.dossier_id for card in cards} == {held, in_tray}
        assert count_inbox(actor, at=world.at)[InboxFilter.MINE] == 2
        services.claim(dossier_id=in_tray, actor=actor, at=world.at)
        services.propose(dossier_id=held, draft=PAPER_DRAFT, actor=actor, at=world.at)
    for dossier_id in (held, in_tray):
        last = Movement.objects.filter(dossier_id=dossier_id).latest("number")
        assert last.facts["instead_of_id"] == world.mai.appointment_id
        assert last.actor_title == "Công chức Địa chính, thay cho Lê Thị Mai"
        record = max(list_records(object_type="dossier", object_id=dossier_id), key=lambda one: one.at)
        assert record.facts.get("instead_of_id") == world.mai.appointment_id or record.kind == "read"
    page = get_dossier_page(held, actor=world.phuc, purpose="thử", at=world.at)
    assert page.history[-1].who == "Vũ Hoài Nam, Công chức Địa chính, thay cho Lê Thị Mai"
    assert Dossier.objects.get(pk=in_tray).holder_id == nam.appointment_id


def test_one_s_own_work_stays_one_s_own(world: World, lives: Lives, nam: Actor) -> None:
    actor = standing_in(world.mai, nam, world.at)
    dossier_id = lives.to(State.RECEIVED)
    services.assign(
        dossier_id=dossier_id, to_appointment_id=nam.appointment_id or 0, actor=world.phuc, at=world.at
    )
    services.propose(dossier_id=dossier_id, draft=PAPER_DRAFT, actor=actor, at=world.at)
    last = Movement.objects.filter(dossier_id=dossier_id).latest("number")
    assert "instead_of_id" not in last.facts
    assert last.actor_title == "Công chức Địa chính"


def test_who_prepares_in_a_colleague_s_place_never_agrees_to_it(world: World, lives: Lives) -> None:
    both = make_officer(
        "hai", "Ngô Văn Hải", world.viet_tri.id, world.viet_tri.units[UnitKind.SPECIALIST], "Trưởng phòng",
        {Role.SPECIALIST, Role.LEADER}, world.at,
    )  # fmt: skip
    mine = lives.to(State.PROPOSED)
    actor = standing_in(world.mai, both, world.at)
    with pytest.raises(ActNotAllowed) as refused:
        services.approve(dossier_id=mine, actor=actor, at=world.at)
    assert refused.value.code == "dossiers.own_proposal"
    held = lives.to(State.IN_PROGRESS)
    services.propose(dossier_id=held, draft=PAPER_DRAFT, actor=actor, at=world.at)
    with pytest.raises(ActNotAllowed):  # the substitution is over, the preparation is not
        services.approve(dossier_id=held, actor=dataclasses.replace(actor, stands_for=()), at=world.at)


def test_a_leader_s_list_passes_only_by_decision(world: World, lives: Lives) -> None:
    ha = make_officer(
        "ha", "Trịnh Thu Hà", world.viet_tri.id, world.viet_tri.units[UnitKind.LEADERSHIP], "Phó Chủ tịch",
        {Role.LEADER}, world.at,
    )  # fmt: skip
    dossier_id = lives.to(State.IN_PROGRESS)
    services.propose(
        dossier_id=dossier_id, draft=PAPER_DRAFT, to_appointment_id=world.phuc.appointment_id, actor=world.mai, at=world.at
    )  # fmt: skip
    assert not list_inbox(ha, filter=InboxFilter.MINE, at=world.at).cards
    actor = standing_in(world.phuc, ha, world.at, decision="15/QĐ-UBND", decided_on=world.at.date())
    assert [card.dossier_id for card in list_inbox(actor, filter=InboxFilter.MINE, at=world.at).cards] == [
        dossier_id
    ]
    services.approve(dossier_id=dossier_id, actor=actor, at=world.at)
    assert (
        Movement.objects.filter(dossier_id=dossier_id).latest("number").facts["instead_of"]
        == "Nguyễn Văn Phúc"
    )


SPECIALIST = StandIn(7, 70, frozenset({Party.SPECIALIST}))
VIEWER = Viewer(
    frozenset({Party.SPECIALIST}), appointment_id=1, agency_id=5, unit_id=10, stands_for=(SPECIALIST,)
)


@pytest.mark.parametrize(
    ("holder", "unit", "specialist", "party", "whose"),
    [
        (7, 70, 7, Party.SPECIALIST, 7),
        (1, 10, 1, Party.SPECIALIST, None),
        (None, 70, None, Party.SPECIALIST, 7),
        (None, 10, None, Party.SPECIALIST, None),
        (None, None, None, Party.SPECIALIST, None),
        (None, None, 7, Party.SPECIALIST, 7),
        (7, 70, 7, Party.LEADER, None),
        (8, 70, 8, Party.SPECIALIST, None),
    ],
)
def test_in_whose_place(
    holder: int | None, unit: int | None, specialist: int | None, party: Party, whose: int | None
) -> None:
    places = Places(5, 5, 5, uuid4(), None, unit, holder, specialist)
    assert instead_of(VIEWER, places, party) == whose
    alone = dataclasses.replace(VIEWER, stands_for=())
    assert instead_of(alone, places, party) is None
    assert standing_of(VIEWER, places).holds is bool({holder, specialist} & {1, 7})


def test_an_absent_one_is_named_to_the_reader() -> None:
    absent = Absent(1, 2, "Lê Thị Mai", frozenset({Role.SPECIALIST}), dt.date(2026, 12, 1))
    assert kept(absent) == {"instead_of": "Lê Thị Mai", "instead_of_id": 1}
    assert kept(None) == {}
