from __future__ import annotations

import datetime as dt

import pytest

from vanlang.identity.api import PersonFacts, remember_person
from vanlang.identity.models import Person
from vanlang.kernel.scope import Scope, acting


@pytest.mark.django_db
def test_outside_any_scope_there_are_no_rows(at: dt.datetime) -> None:
    person_id = remember_person(facts=PersonFacts(full_name="Nguyễn Thị Lan"), at=at)
    other = remember_person(facts=PersonFacts(full_name="Trần Văn Hùng"), at=at)
    with acting(Scope.nobody()):
        assert not Person.objects.exists()
    with acting(Scope.citizen(person_id)):
        assert [person.pk for person in Person.objects.all()] == [person_id]
    with acting(Scope.officer(1)):
        assert {person.pk for person in Person.objects.all()} == {person_id, other}
