"""
Two locks, one answer: the application's filter and the database's rows.

The filter is asked as the system (row-level security shows everything), the rows are asked raw in the viewer's scope.
"""

from __future__ import annotations

import uuid
from itertools import product

import pytest
from django.db import DatabaseError, connection, transaction

from vanlang.dossiers import services
from vanlang.dossiers.actors import viewer_of
from vanlang.dossiers.errors import DossierNotFound
from vanlang.dossiers.models import (
    Attachment,
    Dossier,
    Movement,
    Seat,
    SeatWords,
    SupplementItem,
    SupplementRequest,
)
from vanlang.dossiers.queries.access import access_dossier, seats_visible_to, visible_to
from vanlang.dossiers.rules import access
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import Lives, World, make_citizen
from vanlang.identity.api import NOBODY, Actor, scope_of
from vanlang.kernel.scope import Scope, acting

TABLES = [Movement, SupplementRequest, SupplementItem]


def viewers(world: World) -> dict[str, Actor]:
    other, _ = make_citizen("Trần Văn Sơn", "025190012888", "0911111111", world.at)
    return {
        "hung": world.hung,
        "mai": world.mai,
        "nong trang": world.nong_trang.specialist,
        "lan": world.lan,
        "son": other,
        "nobody": NOBODY,
    }


@pytest.fixture
def crowd(world: World, lives: Lives) -> dict[str, Actor]:
    """Every mix of the three places at two agencies, filed by Lan and by Sơn for Lan; and dossiers under way."""
    actors = viewers(world)
    son = actors["son"]
    for state in (State.AWAITING_SUPPLEMENT, State.AWAITING_OPINION, State.DELIVERED):
        lives.to(state)
    offices = (world.viet_tri.id, world.nong_trang.id)
    for intake, competent, back in product(offices, repeat=3):
        places = {"intake_agency_id": intake, "competent_agency_id": competent, "return_agency_id": back}
        services.submit(filing=world.filing(**places), actor=world.lan, at=world.at)
        services.submit(filing=world.filing(operator_id=son.person_id, **places), actor=son, at=world.at)
    return actors


@pytest.mark.parametrize("who", ["hung", "mai", "nong trang", "lan", "son", "nobody"])
def test_the_filter_the_check_and_the_rows_agree(crowd: dict[str, Actor], who: str) -> None:
    actor = crowd[who]
    allowed = set(Dossier.objects.filter(visible_to(actor)).values_list("pk", flat=True))
    opened = {key for key in Dossier.objects.values_list("pk", flat=True) if _opens(key, actor)}
    with acting(scope_of(actor)):
        rows = set(Dossier.objects.values_list("pk", flat=True))
    assert allowed == opened == rows
    for table in TABLES:
        of_allowed = set(table.objects.filter(dossier_id__in=allowed).values_list("pk", flat=True))
        with acting(scope_of(actor)):
            assert set(table.objects.values_list("pk", flat=True)) == of_allowed


@pytest.mark.parametrize("who", ["hung", "nong trang", "lan", "nobody"])
def test_seats_agree_too(crowd: dict[str, Actor], who: str) -> None:
    actor = crowd[who]
    allowed = set(seats_visible_to(access.sight_of(viewer_of(actor))).values_list("pk", flat=True))
    with acting(scope_of(actor)):
        assert set(Seat.objects.values_list("pk", flat=True)) == allowed


def _opens(dossier_id: uuid.UUID, actor: Actor) -> bool:
    try:
        access_dossier(dossier_id, actor=actor)
    except DossierNotFound:
        return False
    return True


def test_the_crowd_is_no_empty_proof(crowd: dict[str, Actor]) -> None:
    counts = {}
    for who, actor in crowd.items():
        with acting(scope_of(actor)):
            counts[who] = Dossier.objects.count()
    assert counts == {"hung": 17, "mai": 17, "nong trang": 15, "lan": 19, "son": 8, "nobody": 0}


def test_whole_lives_work_in_each_actors_own_scope(world: World, lives: Lives) -> None:
    """No act needs more sight than its actor has: filed by Lan, asked, answered, consulted, decided, delivered."""
    from vanlang.dossiers.tests.factories import MISSING
    from vanlang.dossiers.types import Answer

    def as_(actor: Actor) -> acting:  # type: ignore[valid-type] # a context manager
        return acting(scope_of(actor))

    with as_(world.lan):
        dossier_id = services.submit(filing=world.filing(), actor=world.lan, at=world.at).dossier_id
    with as_(world.hung):
        lives.receive(dossier_id, world.at)
    with as_(world.phuc):
        lives.assign(dossier_id, world.at)
    with as_(world.mai):
        services.request_supplement(dossier_id=dossier_id, items=MISSING[1:], actor=world.mai, at=world.at)
    with as_(world.lan):
        answer = Answer(kind="field", key="mother_name", value="Nguyễn Thị Lan")
        services.answer_supplement(dossier_id=dossier_id, answers=[answer], actor=world.lan, at=world.at)
    with as_(world.mai):
        lives.consult(dossier_id, world.at)
    expert = world.nong_trang.specialist
    with as_(expert):
        services.give_opinion(dossier_id=dossier_id, opinion="Đúng", actor=expert, at=world.at)
        assert not Dossier.objects.exists()
    with as_(world.mai):
        lives.propose(dossier_id, world.at)
    with as_(world.phuc):
        lives.approve(dossier_id, world.at)
    with as_(world.thao):
        lives.release(dossier_id, world.at)
    with as_(world.hung):
        lives.deliver(dossier_id, world.at)
    assert Dossier.objects.get(pk=dossier_id).state == State.DELIVERED


def test_no_agency_can_seat_itself(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.SUBMITTED)
    with (
        acting(Scope.officer(world.nong_trang.id)),
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO dossiers_seat SELECT nextval('dossiers_seat_id_seq') AS id, dossier_id, %s AS agency_id FROM dossiers_seat",
            [world.nong_trang.id],
        )
    for statement in (
        "UPDATE dossiers_seat SET agency_id = %s",
        "DELETE FROM dossiers_seat WHERE agency_id <> %s",
    ):
        with (
            acting(Scope.system()),
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, [world.nong_trang.id])
    assert Seat.objects.get(dossier_id=dossier_id).agency_id == world.viet_tri.id


@pytest.mark.parametrize(
    "statement", ["UPDATE dossiers_movement SET note = 'x'", "DELETE FROM dossiers_movement"]
)
def test_history_is_only_added_to(lives: Lives, statement: str) -> None:
    lives.to(State.RECEIVED)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_every_table_of_dossiers_is_locked() -> None:
    """A new table without row-level security is the day's first finding."""
    from django.apps import apps

    tables = {model._meta.db_table for model in apps.get_app_config("dossiers").get_models()}
    tables.remove(SeatWords._meta.db_table)  # its owner alone may touch it: the next test
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity AND relname = ANY(%s)",
            [sorted(tables)],
        )
        locked = {name for (name,) in cursor.fetchall()}
    assert locked == tables
    assert Attachment._meta.db_table in locked


test_every_table_of_dossiers_is_locked = pytest.mark.django_db(test_every_table_of_dossiers_is_locked)


@pytest.mark.django_db
def test_words_are_answered_for_and_never_read(world: World, lives: Lives) -> None:
    """The one table without a policy: the application may do nothing with it, and its door answers an agency about itself."""
    seat = Seat.objects.get(dossier_id=lives.to(State.SUBMITTED), agency_id=world.viet_tri.id)
    with connection.cursor() as cursor:
        for right in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES"):
            cursor.execute("SELECT has_table_privilege('dossiers_seatwords', %s)", [right])
            assert cursor.fetchone() == (False,), right
    asked = {
        "own": (Scope.officer(world.viet_tri.id), world.viet_tri.id),
        "of the neighbour": (Scope.officer(world.nong_trang.id), world.viet_tri.id),
        "of everybody": (Scope.officer(world.nong_trang.id), None),
        "of a citizen": (scope_of(world.lan), world.viet_tri.id),
        "of nobody": (scope_of(NOBODY), world.viet_tri.id),
    }
    found = {}
    for who, (scope, agency_id) in asked.items():
        with acting(scope), connection.cursor() as cursor:
            cursor.execute("SELECT dossiers_seats_saying(%s, '{nguyen}', 9)", [agency_id])
            found[who] = (cursor.fetchone() or ())[0]
    assert found.pop("own") == [seat.pk]
    assert not any(found.values()), found
