from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connection

from vanlang.identity import api
from vanlang.identity.api import SYSTEM, ActorKind, PersonFacts, Role
from vanlang.identity.models import Account, Person
from vanlang.kernel.scope import Scope, acting
from vanlang.organizations.api import AgencyKind, NewName, add_agency, list_units

LAN = PersonFacts(full_name="Nguyễn Thị  Lan", personal_id="025 185 000 123", born_on=dt.date(1985, 3, 2))


@pytest.mark.django_db
def test_a_person_is_known_once_by_personal_id(at: dt.datetime) -> None:
    first = api.remember_person(facts=LAN, at=at)
    again = api.remember_person(
        facts=PersonFacts(full_name="Nguyễn Thị Lan", personal_id="025185000123", phone="0912"), at=at
    )
    assert first == again
    card = api.get_person(first)
    assert (card.full_name, card.born_on, card.phone) == ("Nguyễn Thị Lan", dt.date(1985, 3, 2), "0912")


@pytest.mark.django_db
def test_an_impossible_personal_id_is_refused_and_never_stored(at: dt.datetime) -> None:
    with pytest.raises(api.PersonalIdError):
        api.remember_person(facts=PersonFacts(full_name="A", personal_id="000000001"), at=at)
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_a_person_without_a_personal_id_gets_none_invented(at: dt.datetime) -> None:
    one, other = (api.remember_person(facts=PersonFacts(full_name="Trần A"), at=at) for _ in range(2))
    assert one != other
    assert api.get_person(one).personal_id == ""


@pytest.mark.django_db
def test_one_person_may_hold_several_roles(at: dt.datetime) -> None:
    start = dt.date(2025, 7, 1)
    places = [
        add_agency(code=code, kind=AgencyKind.COMMUNE, name=NewName(code, code), valid_from=start)
        for code in ("H44.901", "H44.902")
    ]
    account_id = api.add_officer_account(
        username="Hung", full_name="Trần Mạnh Hùng", password="mat-khau-dai-12"
    )
    ids = [
        api.appoint(
            account_id=account_id, agency_id=place, unit_id=list_units(place, start)[0].id, title="Công chức",
            roles=[role], valid_from=start, actor=SYSTEM, at=at,
        )
        for place, role in zip(places, (Role.COUNTER, Role.LEADER), strict=True)
    ]  # fmt: skip
    account = Account.objects.get(username="hung")
    assert api.actor_for(account, on=at.date()).roles == {Role.COUNTER}
    assert api.actor_for(account, on=at.date(), appointment_id=ids[1]).agency_id == places[1]
    api.end_appointment(appointment_id=ids[1], on=at.date(), actor=SYSTEM, at=at)
    assert api.actor_for(account, on=at.date(), appointment_id=ids[1]).agency_id == places[0]


@pytest.mark.django_db
def test_a_citizen_has_one_account_however_often_they_sign_in(at: dt.datetime) -> None:
    account = api.account_of_citizen(facts=LAN, at=at)
    assert api.account_of_citizen(facts=LAN, at=at).pk == account.pk
    actor = api.actor_for(account, on=at.date())
    assert (actor.kind, actor.person_id) == (ActorKind.CITIZEN, account.person_id)


@pytest.mark.django_db(transaction=True)
def test_two_first_sign_ins_at_the_same_moment_make_one_account(at: dt.datetime) -> None:
    """Two browsers, or one that sent its form twice: both come in, into the same account."""
    start, accounts = threading.Barrier(4), []

    def sign_in() -> None:
        start.wait(timeout=10)
        try:
            with acting(Scope.system()):
                accounts.append(api.account_of_citizen(facts=LAN, at=at).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=sign_in) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len(accounts) == 4
    assert set(accounts) == {Account.objects.get().pk}


@pytest.mark.parametrize(
    ("number", "born_on", "good"),
    [
        ("025185000123", dt.date(1985, 3, 2), True),
        ("025185000123", dt.date(1986, 3, 2), False),
        ("025385000123", dt.date(1985, 3, 2), False),
        ("025385000123", dt.date(2085, 3, 2), True),
        ("123456789", None, False),
        ("02518500012٣", None, False),
    ],
)
def test_shape_of_a_personal_id(number: str, born_on: dt.date | None, good: bool) -> None:
    assert (api.check_personal_id(number, born_on=born_on) is None) is good
