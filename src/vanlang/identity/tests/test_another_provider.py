"""The same code signs citizens in at a server that does everything else differently: settings alone change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from pytest_django.fixtures import Settings
from tests.support.other_provider import CLIENT, SECRET, OtherProvider, serving

from vanlang.identity.models import Person
from vanlang.identity.tests.conftest import provider_settings
from vanlang.identity.tests.visitor import Visitor


@pytest.fixture
def other(db: None, settings: Settings) -> Iterator[OtherProvider]:
    cache.clear()
    with serving() as provider:
        settings.VANLANG_OIDC = provider_settings(
            provider.issuer,
            CLIENT,
            SECRET,
            token_auth_method="client_secret_post",
            claims={"personal_id": ["vn:citizen_id"]},
        )
        yield provider


def go(visitor: Visitor) -> Any:
    location, _ = visitor.ask(visitor.leave("/ho-so/"))
    return visitor.come_back(location)


def test_ong_tam_signs_in(other: OtherProvider) -> None:
    answer = go(Visitor())
    assert answer["Location"] == "/ho-so/"
    person = Person.objects.get()
    assert (person.personal_id, person.full_name, person.phone, person.address) == (
        "025060000008", "Phạm Văn Tám", "0900000008", "Xã Phù Ninh",
    )  # fmt: skip
    assert str(person.born_on) == "1960-08-08"


def test_without_the_name_of_the_claim_nobody_is_let_in(other: OtherProvider, settings: Settings) -> None:
    settings.VANLANG_OIDC["claims"] = {}
    answer = go(Visitor())
    assert answer.status_code == 403
    assert "số định danh cá nhân" in answer.content.decode()
    assert not Person.objects.exists()


def test_its_keys_are_asked_of_it_alone(other: OtherProvider) -> None:
    from cryptography.hazmat.primitives.asymmetric import ec

    visitor = Visitor()
    address = visitor.leave()
    cache.set(f"oidc-keys:{other.base}/khoa", other.keys()["keys"], 600)
    other.key = ec.generate_private_key(ec.SECP256R1())  # the same name, another key: forged
    location, _ = visitor.ask(address)
    assert visitor.come_back(location).status_code == 403
