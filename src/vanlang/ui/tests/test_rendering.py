"""One address, two depths."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client, RequestFactory

from vanlang.ui.rendering import is_part_wanted, paginate, redirect_after_post

PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.mark.parametrize(
    ("headers", "wanted"),
    [
        ({}, False),
        (PART, True),
        ({"HX-Request": "true"}, True),
        ({"HX-Request": "true", "HX-Request-Type": "full"}, False),
        ({**PART, "HX-History-Restore-Request": "true"}, False),
    ],
)
def test_who_wants_a_part(headers: dict[str, str], wanted: bool) -> None:
    assert is_part_wanted(RequestFactory().get("/", headers=headers)) is wanted


def without_tokens(html: str) -> str:
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", html)


def test_the_part_is_the_same_piece_of_the_page(client: Client) -> None:
    whole = client.get("/_gallery/phan/").content.decode()
    answer: Any = client.get("/_gallery/phan/", headers=PART)
    part = answer.content.decode().split('<div id="status"')[0].strip()
    assert part.startswith('<div id="sample">')
    assert without_tokens(part) in without_tokens(whole)
    assert "HX-Request" in answer.headers["Vary"]


def test_what_happened_is_announced_only_with_a_part(client: Client) -> None:
    page = client.post("/_gallery/phan/")
    part = client.post("/_gallery/phan/", headers=PART)
    assert page.status_code == part.status_code == 422
    assert '<div id="status" hx-swap-oob="innerHTML">Chưa gửi được.</div>' in part.content.decode()
    assert "hx-swap-oob" not in page.content.decode()


def test_after_a_change_reloading_repeats_nothing() -> None:
    factory = RequestFactory()
    plain = redirect_after_post(factory.post("/"), "/ho-so/1/")
    swift = redirect_after_post(factory.post("/", headers=PART), "/ho-so/1/")
    assert (plain.status_code, plain.headers["Location"]) == (303, "/ho-so/1/")
    assert (swift.status_code, swift.headers["HX-Redirect"]) == (204, "/ho-so/1/")


@pytest.mark.parametrize(
    ("asked", "number", "first", "last"),
    [
        ("", 1, 1, 10),
        ("2", 2, 11, 20),
        ("3", 3, 21, 25),
        ("99", 3, 21, 25),
        ("x", 1, 1, 10),
        ("-1", 3, 21, 25),
    ],
)
def test_a_page_that_is_not_there_gives_the_nearest(asked: str, number: int, first: int, last: int) -> None:
    page = paginate(RequestFactory().get("/", {"trang": asked}), range(1, 26), per_page=10)
    assert (page.number, page.first_index, page.last_index, page.total, page.last) == (
        number,
        first,
        last,
        25,
        3,
    )
    assert list(page.items) == list(range(first, last + 1))


def test_an_empty_list_has_one_empty_page() -> None:
    page = paginate(RequestFactory().get("/"), [], per_page=10)
    assert (page.number, page.last, page.total, page.first_index, page.last_index) == (1, 1, 0, 0, 0)
