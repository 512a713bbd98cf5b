"""The world of the flow's tests, seen through a browser without JavaScript: Bà Lan, a stranger, an officer, nobody."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from vanlang.catalogue.models import Case, Procedure
from vanlang.dossiers.tests.factories import Lives, World, make_world
from vanlang.eforms.api import load_definitions
from vanlang.identity.api import PersonFacts, account_of_citizen
from vanlang.identity.models import Account
from vanlang.kernel import clock
from vanlang.portal.tests.birth_form import BIRTH_FORM


@pytest.fixture
def world(db: None, at: dt.datetime, tmp_path: Path) -> Iterator[World]:
    """Việt Trì with one procedure, its electronic form, and the clock of the tests."""
    cache.clear()
    found = make_world(at)
    (tmp_path / "birth.json").write_text(json.dumps(BIRTH_FORM), encoding="utf-8")
    load_definitions(tmp_path)
    Case.objects.filter(pk=found.case_id).update(form_code=BIRTH_FORM["code"])
    Procedure.objects.update(popularity=90)
    with clock.frozen(at):
        yield found


@pytest.fixture
def lives(world: World) -> Lives:
    return Lives(world)


@pytest.fixture
def visitor() -> Client:
    return Client()


@pytest.fixture
def lan(world: World, at: dt.datetime) -> Client:
    """Bà Lan, signed in."""
    facts = PersonFacts(full_name="Nguyễn Thị Lan", personal_id="025190012123", phone="0912345678")
    return signed_in(account_of_citizen(facts=facts, at=at))


@pytest.fixture
def stranger(world: World, at: dt.datetime) -> Client:
    """Another citizen, signed in."""
    return signed_in(
        account_of_citizen(facts=PersonFacts(full_name="Trần Văn Sơn", personal_id="025085000456"), at=at)
    )


@pytest.fixture
def hung(world: World) -> Client:
    """Anh Hùng of the one-stop counter, signed in."""
    return signed_in(Account.objects.get(pk=world.hung.account_id))


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client
