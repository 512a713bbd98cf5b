"""The marking of views: who is let in, who is led to the sign-in page, who is refused with which reason."""

from __future__ import annotations

import uuid

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from vanlang.identity.api import (
    NOBODY,
    Actor,
    ActorKind,
    Role,
    access_of,
    citizen_required,
    officer_required,
    public,
    signed_in_required,
)
from vanlang.kernel.errors import NotAllowed

LAN = Actor(ActorKind.CITIZEN, account_id=1, person_id=uuid.UUID(int=1))
HUNG = Actor(ActorKind.OFFICER, account_id=2, agency_id=1, roles=frozenset({Role.COUNTER}))
PHUC = Actor(ActorKind.OFFICER, account_id=3, agency_id=1, roles=frozenset({Role.LEADER, Role.CLERK}))


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


VIEWS = {
    "public": public(page),
    "citizen": citizen_required(page),
    "officer": officer_required(page),
    "leader": officer_required(Role.LEADER)(page),
    "counter or clerk": officer_required([Role.COUNTER, Role.CLERK])(page),
    "signed in": signed_in_required(page),
}

TABLE = [
    # view                 nobody     Lan                       Hùng                      Phúc
    ("public",           "in",      "in",                     "in",                     "in"),
    ("citizen",          "sign in", "in",                     "identity.citizens_only", "identity.citizens_only"),
    ("officer",          "sign in", "identity.officers_only", "in",                     "in"),
    ("leader",           "sign in", "identity.officers_only", "identity.role_required", "in"),
    ("counter or clerk", "sign in", "identity.officers_only", "in",                     "in"),
    ("signed in",        "sign in", "in",                     "in",                     "in"),
]  # fmt: skip


def answer(view: str, actor: Actor, **how: str) -> str:
    request = RequestFactory().get("/ho-so/7/?trang=2", headers=how)
    request.actor = actor  # type: ignore[attr-defined]
    try:
        response = VIEWS[view](request)
    except NotAllowed as refusal:
        return refusal.code
    return "sign in" if response.status_code == 302 else response.content.decode()


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
def test_who_is_let_in(row: tuple[str, ...]) -> None:
    view, *expected = row
    assert [answer(view, actor) for actor in (NOBODY, LAN, HUNG, PHUC)] == expected


def test_a_visitor_is_led_back_to_the_page() -> None:
    response = VIEWS["officer"](RequestFactory().get("/can-bo/ho-so/7/?trang=2"))
    assert response["Location"] == "/dang-nhap/?next=%2Fcan-bo%2Fho-so%2F7%2F%3Ftrang%3D2"


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/nop-ho-so/9/?buoc=2", "%2Fnop-ho-so%2F9%2F%3Fbuoc%3D2"),
        ("https://evil.example/nop", "%2F"),
        ("", "%2F"),
    ],
)
def test_a_visitor_who_sent_a_form_is_led_back_to_the_form(referer: str, back: str) -> None:
    response = VIEWS["citizen"](RequestFactory().post("/nop-ho-so/9/gui/", headers={"referer": referer}))
    assert response["Location"] == f"/dang-nhap/?next={back}"


def test_htmx_gets_the_reason_instead_of_a_sign_in_page_inside_the_page() -> None:
    assert answer("citizen", NOBODY, HX_Request="true") == "identity.sign_in_required"


def test_a_page_for_one_person_is_kept_by_no_cache() -> None:
    request = RequestFactory().get("/")
    request.actor = LAN  # type: ignore[attr-defined]
    assert VIEWS["citizen"](request)["Cache-Control"] == "no-store, private"
    assert not VIEWS["public"](request).has_header("Cache-Control")


def test_a_view_is_marked_once() -> None:
    with pytest.raises(TypeError, match="marked twice"):
        officer_required(citizen_required(page))
    assert access_of(page) is None
