from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction

from vanlang.identity.errors import PersonalIdError
from vanlang.identity.models import Account, Person
from vanlang.identity.rules.personal_id import check_personal_id, clean_personal_id
from vanlang.kernel.errors import refuse_if
from vanlang.kernel.scope import Scope, acting
from vanlang.kernel.vietnamese import normalise, search_key


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """What a counter, a form or the identity provider says of a person."""

    full_name: str
    personal_id: str = ""
    born_on: dt.date | None = None
    gender: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


@transaction.atomic
def remember_person(*, facts: PersonFacts, at: dt.datetime, keep_known: bool = False) -> uuid.UUID:
    """
    Return the person of `facts`, added or brought up to date; known facts are not overwritten by empty ones.

    With `keep_known` only gaps are filled: what differs was not chosen by anybody to be put right.
    Raises: PersonalIdError when a personal id is given that cannot be one.
    """
    number = clean_personal_id(facts.personal_id)
    if number:
        refuse_if(check_personal_id(number), PersonalIdError)
    name = normalise(facts.full_name)
    row = _locked(number, name, at) if number else Person(created_at=at)
    told = {
        "full_name": name,
        "search_name": search_key(name),
        "born_on": facts.born_on,
        "gender": facts.gender,
        "address": normalise(facts.address),
        "phone": facts.phone.strip(),
        "email": facts.email.strip(),
    }
    for field, value in told.items():
        known = getattr(row, field)
        setattr(row, field, (known or value) if keep_known else (value or known))
    row.save()
    return row.pk


@transaction.atomic
def meet_person(*, facts: PersonFacts, at: dt.datetime) -> uuid.UUID:
    """
    Return the person of a number as somebody else typed it, added when they were unknown; what is known stays.

    For what one person says of another: it must neither show nor change what the house knows of them.
    Raises: PersonalIdError.
    """
    number, name = clean_personal_id(facts.personal_id), normalise(facts.full_name)
    refuse_if(check_personal_id(number), PersonalIdError)
    with acting(Scope.system()):
        new = Person(personal_id=number, full_name=name, search_name=search_key(name), created_at=at)
        Person.objects.bulk_create([new], ignore_conflicts=True)
        return Person.objects.values_list("pk", flat=True).get(personal_id=number)


def _locked(number: str, name: str, at: dt.datetime) -> Person:
    """Return the person of a personal id, locked; two first meetings at the same moment make one person."""
    new = Person(personal_id=number, full_name=name, search_name=search_key(name), created_at=at)
    Person.objects.bulk_create([new], ignore_conflicts=True)
    return Person.objects.select_for_update(of=("self",)).get(personal_id=number)


@transaction.atomic
def account_of_citizen(*, facts: PersonFacts, at: dt.datetime) -> Account:
    """Return the account of a citizen, made at the first sign-in and keyed by the personal id."""
    person_id = remember_person(facts=facts, at=at)
    account = Account.objects.filter(person_id=person_id).first()
    if account is None:
        account = Account(username=f"cd-{person_id}", person_id=person_id)
        account.set_unusable_password()
    account.full_name = normalise(facts.full_name)
    account.email = facts.email.strip() or account.email
    account.save()
    return account
