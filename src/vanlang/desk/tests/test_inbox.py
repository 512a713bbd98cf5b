"""Lists: masked, found without diacritics, due dates in words, many at once; the cost does not grow with the length."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vanlang.audit.api import list_records
from vanlang.desk.tests.officers import browser_of
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import Lives, World
from vanlang.organizations.api import UnitKind

pytestmark = pytest.mark.usefixtures("monday")
BUDGET = 22
"""Queries of a list, warm. Raise it on purpose."""


def test_a_list_is_masked_and_no_read(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.HANDED_OVER)
    page = browser_of(world.mai).get("/can-bo/ho-so/?loc=tat-ca").content.decode()
    assert "Nguyễn T. L." in page
    assert "Nguyễn Thị Lan" not in page
    assert "còn 3 ngày làm việc" in page
    assert not [
        one for one in list_records(object_type="dossier", object_id=dossier_id) if one.act == "dossiers.open"
    ]


@pytest.mark.parametrize(
    ("text", "found"), [("khai sinh", True), ("nguyen thi lan", True), ("dat dai", False)]
)
def test_search_needs_no_diacritics(world: World, lives: Lives, text: str, found: bool) -> None:
    dossier_id = lives.to(State.HANDED_OVER)
    page = browser_of(world.hung).get("/can-bo/ho-so/", {"q": text}).content.decode()
    assert (str(dossier_id) in page) is found


def test_a_whole_code_opens_its_dossier(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.RECEIVED)
    code = Dossier.objects.get(pk=dossier_id).code
    answer = browser_of(world.hung).get("/can-bo/ho-so/", {"q": code})
    assert answer["Location"] == f"/can-bo/ho-so/{dossier_id}/"
    assert browser_of(world.nong_trang.counter).get("/can-bo/ho-so/", {"q": code}).status_code == 200


def test_filters_of_field_and_channel(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.SUBMITTED)
    client = browser_of(world.hung)
    for query, found in (
        ({"kenh": "online"}, True),
        ({"kenh": "direct"}, False),
        ({"linh-vuc": "Hộ tịch"}, True),
        ({"linh-vuc": "Đất đai"}, False),
    ):
        page = client.get("/can-bo/ho-so/", {"loc": "moi-nop", **query}).content.decode()
        assert (str(dossier_id) in page) is found, query


def test_the_list_asked_by_htmx_equals_the_page(world: World, lives: Lives) -> None:
    lives.to(State.HANDED_OVER)
    client = browser_of(world.mai)
    whole = client.get("/can-bo/ho-so/?loc=cho-toi").content.decode()
    part = client.get("/can-bo/ho-so/?loc=cho-toi", headers={"HX-Request": "true"}).content.decode()
    assert without_tokens(part).strip() in without_tokens(whole)


def without_tokens(html: str) -> str:
    """Leave out the tokens of forms, which are masked anew for each answer."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", html)


def test_the_cost_of_a_list_does_not_grow(world: World, lives: Lives) -> None:
    client = browser_of(world.mai)
    counts = []
    for more in (1, 6):
        for _ in range(more):
            lives.to(State.HANDED_OVER)
        client.get("/can-bo/ho-so/?loc=tat-ca")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/can-bo/ho-so/?loc=tat-ca").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= BUDGET


def test_many_are_handed_over_and_the_refused_ones_are_named(world: World, lives: Lives) -> None:
    ready, too_late = lives.to(State.RECEIVED), lives.to(State.DELIVERED)
    told = {
        "ho-so": [str(ready), str(too_late)],
        "viec": "chuyen",
        "don-vi": str(world.viet_tri.units[UnitKind.SPECIALIST]),
        "loc": "cho-toi",
    }
    answer = browser_of(world.hung).post("/can-bo/ho-so/nhieu/", told)
    assert answer.status_code == 409
    assert str(too_late) in answer.content.decode()
    assert Dossier.objects.get(pk=ready).state == State.HANDED_OVER
    assert Dossier.objects.get(pk=too_late).state == State.DELIVERED


def test_many_are_claimed_and_assigned(world: World, lives: Lives) -> None:
    ids = [lives.to(State.HANDED_OVER) for _ in range(2)]
    told = {"ho-so": [str(one) for one in ids], "loc": "don-vi"}
    assert browser_of(world.mai).post("/can-bo/ho-so/nhieu/", {**told, "viec": "nhan"}).status_code == 303
    to = {"viec": "giao", "cong-chuc": str(world.mai.appointment_id)}
    assert browser_of(world.phuc).post("/can-bo/ho-so/nhieu/", {**told, **to}).status_code == 303
    assert {row.state for row in Dossier.objects.filter(pk__in=ids)} == {State.IN_PROGRESS}


def test_nothing_ticked_says_so(world: World) -> None:
    answer = browser_of(world.hung).post("/can-bo/ho-so/nhieu/", {"viec": "chuyen"})
    assert answer.status_code == 409
    assert "Chưa chọn hồ sơ nào." in answer.content.decode()


def test_the_start_page_opens_the_lists(world: World, lives: Lives) -> None:
    lives.to(State.SUBMITTED)
    page = browser_of(world.hung).get("/can-bo/").content.decode()
    assert "/can-bo/ho-so/?loc=moi-nop" in page
    assert "Nguyễn T. L." in page
