"""What the desk's pages ask of the database: little, and no more for many dossiers than for few, whoever looks."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from vanlang.desk.labels import LISTS
from vanlang.desk.tests.officers import browser_of
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import Lives, World

pytestmark = pytest.mark.usefixtures("monday")

ROLES = ("counter", "specialist", "leader", "clerk")
BUDGETS = {
    "/can-bo/": 14,
    **{f"/can-bo/ho-so/?loc={word}": 19 for word, _ in LISTS.values()},
    "/can-bo/ho-so/?q=khai+sinh": 20,
    "/can-bo/ho-so/?loc=tat-ca&linh-vuc=Hộ+tịch&kenh=online": 20,
}
"""Queries of a page, once it is warm; one of them counts a leader's petitions. Raise a number on purpose."""

HERE = (
    State.SUBMITTED, State.AWAITING_COMPLETION, State.RECEIVED, State.HANDED_OVER, State.IN_PROGRESS,
    State.AWAITING_SUPPLEMENT, State.AWAITING_OPINION, State.PROPOSED, State.APPROVED, State.RELEASED, State.DELIVERED,
)  # fmt: skip


def cost(client: Client, path: str) -> int:
    client.get(path)  # what is kept between requests is kept
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_lists_cost_the_same_for_many_as_for_few_whoever_looks(world: World, lives: Lives) -> None:
    browsers = {role: browser_of(getattr(world.viet_tri, role)) for role in ROLES}
    pages = [(role, path) for role in ROLES for path in BUDGETS]
    for state in HERE:
        lives.to(state)
    few = {page: cost(browsers[page[0]], page[1]) for page in pages}
    for state in HERE * 3:
        lives.to(state)
    many = {page: cost(browsers[page[0]], page[1]) for page in pages}
    assert many == few
    assert {page: count for page, count in many.items() if count > BUDGETS[page[1]]} == {}


OF_THE_DAY = (
    ("counter", "/can-bo/so-theo-doi/"), ("counter", "/can-bo/quay/ban-giao/"), ("counter", "/can-bo/quay/ban-giao/moi/"),
    ("counter", "/can-bo/quay/tra-nhieu/"), ("counter", "/can-bo/quay/buu-gui/"), ("specialist", "/can-bo/cung-lam/ban-tin/"),
    ("leader", "/can-bo/cung-lam/ban-tin/"), ("leader", "/can-bo/cung-lam/vuong-mac/"), ("leader", "/can-bo/cung-lam/duyet/"),
    ("leader", "/can-bo/cung-lam/ban-giao/"), ("leader", "/can-bo/viec-lanh-dao/"), ("clerk", "/can-bo/ban-giay/"),
    ("clerk", "/can-bo/so-ket-qua/"),
)  # fmt: skip


def test_the_other_pages_of_the_day_cost_the_same_too(world: World, lives: Lives) -> None:
    for state in HERE:
        lives.to(state)
    few = {page: cost(browser_of(getattr(world.viet_tri, page[0])), page[1]) for page in OF_THE_DAY}
    for state in HERE * 2:
        lives.to(state)
    many = {page: cost(browser_of(getattr(world.viet_tri, page[0])), page[1]) for page in OF_THE_DAY}
    assert many == few
