"""
Every address of the house is asked by everybody, and answers what its view's marking promises.

The table is made from the project's own routes: a view without a marking, or a route with arguments without a sample
(tests/support/route_samples.py), fails here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, include, path, reverse

from tests.support.people import sign_in
from tests.support.route_samples import FOREIGN, People, Sample, make_people, samples
from vanlang.identity.api import (
    NOBODY,
    Access,
    Actor,
    ActorKind,
    Role,
    access_of,
    may_enter,
    officer_required,
)
from vanlang.kernel.clock import VIETNAM, frozen
from vanlang.kernel.scope import Scope, acting

SIGN_IN = "/dang-nhap/"


@dataclass(frozen=True)
class Route:
    name: str
    """Full name, as `reverse` takes it; the pattern when it has none."""
    pattern: str
    access: Access | None
    takes_arguments: bool


def routes_of(patterns: list[URLPattern | URLResolver], prefix: str = "", space: str = "") -> Iterator[Route]:
    """Yield every route below `patterns`."""
    for one in patterns:
        pattern = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from routes_of(one.url_patterns, pattern, inner)
        else:
            name = f"{space}{one.name}" if one.name else pattern
            yield Route(name, pattern, access_of(one.callback) or FOREIGN.get(name), "<" in pattern)


@cache
def routes() -> tuple[Route, ...]:
    return tuple(routes_of(get_resolver().url_patterns))


def unmarked(found: tuple[Route, ...]) -> list[str]:
    return [f"/{route.pattern} ({route.name})" for route in found if route.access is None]


def without_sample(found: tuple[Route, ...], known: dict[str, Sample]) -> list[str]:
    return [route.name for route in found if route.takes_arguments and route.name not in known]


# --- the table is whole ---------------------------------------------------------------------------


def test_there_are_routes() -> None:
    assert len(routes()) > 10


def test_every_view_says_for_whom_it_is() -> None:
    assert unmarked(routes()) == [], "mark the view: @public, @citizen_required, @officer_required(Role.…)"


def test_every_route_has_a_name() -> None:
    assert [route.pattern for route in routes() if route.name == route.pattern] == []


def test_every_route_with_arguments_has_a_sample() -> None:
    assert without_sample(routes(), samples()) == [], "add one in the app's tests/routes.py"


def test_no_sample_and_no_foreign_answer_outlives_its_route() -> None:
    assert (set(samples()) | set(FOREIGN)) - {route.name for route in routes()} == set()


# --- everybody asks -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asker:
    """Somebody at a keyboard, signed in or not."""

    who: str
    actor: Actor
    client: Client
    is_owner: bool
    """Whether the samples are theirs to see."""


@dataclass(frozen=True)
class Crowd:
    people: People
    askers: tuple[Asker, ...]


@pytest.fixture(scope="module")
def crowd(django_db_setup: None, django_db_blocker: Any) -> Iterator[Crowd]:
    """Everybody, signed in once for all routes, on one morning: what a test does is undone back to here."""
    at = dt.datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
    with django_db_blocker.unblock(), acting(Scope.system()), frozen(at), transaction.atomic():
        people = make_people(at)
        yield Crowd(people, tuple(_askers(people)))
        transaction.set_rollback(True)


def askable() -> list[Route]:
    return [route for route in routes() if not route.takes_arguments or route.name in samples()]


@pytest.mark.parametrize("route", askable(), ids=lambda route: route.name)
@pytest.mark.django_db
def test_the_route_answers_as_marked(route: Route, crowd: Crowd) -> None:
    assert faults_of(route, samples().get(route.name, Sample(owned=False)), crowd) == []


def faults_of(route: Route, sample: Sample, crowd: Crowd) -> list[str]:
    """Ask `route` as everybody; return who got what they should not have."""
    address = reverse(route.name, kwargs=sample.arguments(crowd.people)) + sample.query
    return [
        f"{asker.who}: {fault}" for asker in crowd.askers for fault in _faults(route, sample, address, asker)
    ]


def _askers(people: People) -> Iterator[Asker]:
    yield Asker("a visitor", NOBODY, _client(), False)
    yield Asker("the citizen", people.citizen, sign_in(_client(), people.citizen), True)
    yield Asker("another citizen", people.another_citizen, sign_in(_client(), people.another_citizen), False)
    for role in Role:
        home, elsewhere = people.at_home[role], people.from_elsewhere[role]
        yield Asker(f"{role} at home", home, sign_in(_client(), home), True)
        yield Asker(f"{role} from elsewhere", elsewhere, sign_in(_client(), elsewhere), False)


def _client() -> Client:
    return Client(raise_request_exception=False)


def _faults(route: Route, sample: Sample, address: str, asker: Asker) -> Iterator[str]:
    client = asker.client
    refusal = may_enter(route.access, asker.actor) if route.access else None
    asked = client.get(address)
    if refusal is None:
        is_let_in = asker.is_owner or not sample.owned or asker.actor is NOBODY
        allowed = set(sample.answers) if is_let_in else {403, 404}
        if asked.status_code not in allowed or _leads_to_sign_in(asked):
            yield f"GET {asked.status_code}, not one of {sorted(allowed)}"
        return
    sent = client.post(address)
    swapped = client.get(address, headers={"HX-Request": "true"})
    if refusal.code == "identity.sign_in_required":
        for method, answer in (("GET", asked), ("POST", sent)):
            if not _leads_to_sign_in(answer):
                yield f"{method} {answer.status_code}, not 302 to the sign-in page with next"
    else:
        for method, answer in (("GET", asked), ("POST", sent)):
            if answer.status_code != 403:
                yield f"{method} {answer.status_code}, not 403"
    if swapped.status_code != 403:
        yield f"by htmx {swapped.status_code}, not 403"


def _leads_to_sign_in(answer: HttpResponse) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith(f"{SIGN_IN}?next=")


# --- and the checker itself finds what it should --------------------------------------------------


def _bare(request: HttpRequest, **arguments: object) -> HttpResponse:
    return HttpResponse("in")


def _found(*patterns: URLPattern | URLResolver) -> tuple[Route, ...]:
    return tuple(routes_of(list(patterns)))


def test_a_view_without_a_marking_is_found() -> None:
    found = _found(path("moi/", include(([path("trang/", _bare, name="page")], "new"))))
    assert unmarked(found) == ["/moi/trang/ (new:page)"]


def test_a_route_with_arguments_without_sample_is_found() -> None:
    found = _found(path("ho-so/<uuid:id>/", officer_required(_bare), name="dossier"))
    assert unmarked(found) == []
    assert without_sample(found, {}) == ["dossier"]


@pytest.mark.django_db
def test_a_view_that_lets_everybody_in_is_found_when_marked_for_leaders(crowd: Crowd) -> None:
    """As if the decorator only wrote its word and did not guard."""
    sign_in_page = next(route for route in routes() if route.name == "identity:signed_out")
    leaders = Route(
        sign_in_page.name,
        sign_in_page.pattern,
        Access(frozenset({ActorKind.OFFICER}), frozenset({Role.LEADER})),
        False,
    )
    faults = faults_of(leaders, Sample(owned=False), crowd)
    assert "a visitor: GET 200, not 302 to the sign-in page with next" in faults
    assert "counter at home: GET 200, not 403" in faults
    assert not [fault for fault in faults if fault.startswith("leader")]


@pytest.mark.django_db
def test_an_object_that_every_agency_sees_is_found_when_it_is_one_agencys(crowd: Crowd) -> None:
    security = next(route for route in routes() if route.name == "identity:security")
    faults = faults_of(security, Sample(owned=True), crowd)
    assert len(faults) == len(Role)
    assert faults[0] == "counter from elsewhere: GET 200, not one of [403, 404]"
