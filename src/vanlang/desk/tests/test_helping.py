"""Who speaks for a legal entity, its end when somebody leaves, and how often nothing was shown."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from vanlang.audit.models import Record
from vanlang.desk.tests.officers import browser_of
from vanlang.dossiers.tests.factories import World
from vanlang.identity.api import (
    EntityFacts,
    EntityKind,
    RepresentationKind,
    add_representation,
    list_representations,
    remember_entity,
)

pytestmark = pytest.mark.usefixtures("monday")
NUMBER = {"loai": "other", "so": "12/QĐ-UBND"}


@pytest.fixture
def representation(world: World) -> uuid.UUID:
    """Bà Lan speaks for a co-operative."""
    facts = EntityFacts(kind=EntityKind.OTHER, number="12/QĐ-UBND", name="Hợp tác xã Tiên Cát")
    assert world.lan.person_id
    return add_representation(
        entity_id=remember_entity(facts=facts, at=world.at), person_id=world.lan.person_id,
        kind=RepresentationKind.LEGAL, title="Giám đốc", actor=world.hung, at=world.at,
    )  # fmt: skip


def test_a_representative_who_left_is_ended_by_a_paper(world: World, representation: uuid.UUID) -> None:
    client = browser_of(world.hung)
    page = client.get(reverse("desk:entity"), NUMBER).content.decode()
    assert "Nguyễn Thị Lan" in page and "Giám đốc" in page
    assert Record.objects.filter(act="desk.open_entity", kind="read").count() == 1
    here = reverse("desk:end_representation", args=[representation])
    refused = client.post(here, {"on": "hôm nay", "ground": ""})
    assert refused.status_code == 422 and "hôm nay" in refused.content.decode()
    today = f"{world.at:%d/%m/%Y}"
    assert client.post(here, {"on": today, "ground": "Quyết định thôi việc số 5"}).status_code == 303
    assert world.lan.person_id
    assert list_representations(world.lan.person_id, world.at.date()) == []
    (act,) = Record.objects.filter(act="identity.end_representation")
    assert act.facts["ground"] == "Quyết định thôi việc số 5"
    page = client.get(reverse("desk:entity"), NUMBER).content.decode()
    assert "Hôm nay không có ai đại diện" in page


def test_an_unknown_number_and_an_empty_one_say_what_to_do(world: World) -> None:
    client = browser_of(world.hung)
    unknown = client.get(reverse("desk:entity"), {"loai": "other", "so": "99/QĐ"})
    assert "Hãy kiểm tra lại loại và số." in unknown.content.decode()
    assert client.get(reverse("desk:entity"), {"loai": "other", "so": ""}).status_code == 422


def test_only_the_head_sees_how_often_nothing_was_shown(world: World) -> None:
    assert browser_of(world.hung).get(reverse("desk:helped")).status_code == 403
    page = browser_of(world.phuc).get(reverse("desk:helped"))
    assert page.status_code == 200 and "chưa có hồ sơ nào" in page.content.decode()
