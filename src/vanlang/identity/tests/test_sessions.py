"""What a session costs, when it ends by itself, and which appointment it works in."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import include, path
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings
from tests.support.people import sign_in

from vanlang.audit.api import list_records
from vanlang.identity import api
from vanlang.identity.api import SYSTEM, Actor, actor_from, officer_required, public
from vanlang.identity.models import Account
from vanlang.identity.rules.sessions import SessionLimits, has_ended
from vanlang.identity.tests.cast import PASSWORD, Cast
from vanlang.kernel import clock, scope
from vanlang.kernel.clock import VIETNAM

NO_ENTITY = "00000000-0000-0000-0000-000000000000"

# --- a house of two rooms, for these tests ---------------------------------------------------------


@public
def who(request: HttpRequest) -> HttpResponse:
    actor = actor_from(request)
    return JsonResponse(
        {
            "kind": actor.kind,
            "appointment": actor.appointment_id,
            "agency": actor.agency_id,
            "scope": scope.current().settings(),
        }
    )


@public
def greeting(request: HttpRequest) -> HttpResponse:
    template = engines["django"].from_string(
        "{{ actor.name }}|{{ shell.person.name }}|{{ shell.person.role }}"
    )
    return HttpResponse(template.render({}, request))


@officer_required
def office(request: HttpRequest) -> HttpResponse:
    return HttpResponse("bàn")


urlpatterns = [
    path("ai/", who),
    path("chao/", greeting),
    path("ban/", office),
    path("", include("config.urls")),
]


@pytest.fixture(autouse=True)
def _house(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__


def at_keyboard(client: Client) -> dict[str, object]:
    told: dict[str, object] = json.loads(client.get("/ai/").content)
    return told


# --- cost -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("member", ["hung", "hoa", "lan"])
def test_knowing_who_asks_costs_two_queries(client: Client, cast: Cast, member: str) -> None:
    sign_in(client, getattr(cast, member))
    client.get("/ai/")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get("/ai/")
    tables = ["django_session", "identity_account"]
    assert [table for query, table in zip(queries, tables, strict=True) if table in query["sql"]] == tables


def test_a_visitor_costs_nothing(client: Client, db: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert at_keyboard(client)["kind"] == "nobody"
    assert len(queries) == 0


# --- who asks -------------------------------------------------------------------------------------


def test_the_database_is_asked_in_the_name_of_who_asks(client: Client, cast: Cast) -> None:
    assert at_keyboard(sign_in(client, cast.hung))["scope"][:2] == ["officer", str(cast.viet_tri)]  # type: ignore[index] # JSON
    assert at_keyboard(sign_in(Client(), cast.lan))["scope"] == [
        "citizen",
        "0",
        str(cast.lan.person_id),
        NO_ENTITY,
    ]
    assert at_keyboard(Client())["scope"][0] == "nobody"  # type: ignore[index] # JSON


def test_templates_know_who_asks(client: Client, cast: Cast) -> None:
    assert sign_in(client, cast.hung).get("/chao/").content.decode() == (
        "Trần Mạnh Hùng|Trần Mạnh Hùng|Công chức, phường Việt Trì"
    )
    assert sign_in(Client(), cast.lan).get("/chao/").content.decode() == "Nguyễn Thị Lan|Nguyễn Thị Lan|"


def test_a_closed_account_is_nobody_at_once(client: Client, cast: Cast) -> None:
    sign_in(client, cast.hung)
    Account.objects.filter(pk=cast.hung.account_id).update(is_active=False)
    assert at_keyboard(client)["kind"] == "nobody"


def test_a_changed_password_ends_the_other_sessions(client: Client, cast: Cast) -> None:
    sign_in(client, cast.hung)
    account = Account.objects.get(pk=cast.hung.account_id)
    account.set_password("mat-khau-moi-123")
    account.save()
    assert at_keyboard(client)["kind"] == "nobody"


def test_a_session_that_the_server_forgot_is_nobody(client: Client, cast: Cast) -> None:
    sign_in(client, cast.hung)
    client.session.delete()
    assert at_keyboard(client)["kind"] == "nobody"


# --- its end --------------------------------------------------------------------------------------


def visit(client: Client, moment: dt.datetime, address: str = "/ban/") -> int:
    with clock.frozen(moment):
        return client.get(address).status_code


def test_an_officers_session_ends_after_an_hour_at_rest(client: Client, cast: Cast) -> None:
    start = clock.now().replace(microsecond=0)
    sign_in(client, cast.hung)
    minutes = dt.timedelta(minutes=1)
    assert visit(client, start) == 200
    assert visit(client, start + 59 * minutes) == 200
    assert visit(client, start + 118 * minutes) == 200, "use keeps it alive"
    with clock.frozen(start + 178 * minutes):
        answer = client.get("/ban/?trang=2")
    assert answer["Location"] == "/dang-nhap/?next=%2Fban%2F%3Ftrang%3D2&het-phien=1"
    assert "Phiên làm việc đã hết." in client.get(answer["Location"]).content.decode()
    assert visit(client, start + 178 * minutes) == 302, "it is over for good"


def test_no_session_outlives_eight_hours(client: Client, cast: Cast) -> None:
    start = clock.now().replace(microsecond=0)
    sign_in(client, cast.hung)
    answers = [visit(client, start + dt.timedelta(minutes=minutes)) for minutes in range(0, 501, 20)]
    assert answers == [200] * 24 + [302] * 2


def test_a_citizen_may_rest_longer_than_an_officer(client: Client, cast: Cast) -> None:
    start = clock.now()
    sign_in(client, cast.lan)
    client.get("/ai/")
    with clock.frozen(start + dt.timedelta(hours=3)):
        assert at_keyboard(client)["kind"] == "citizen"
    with clock.frozen(start + dt.timedelta(hours=8, seconds=1)):
        assert at_keyboard(client)["kind"] == "nobody"


def test_use_is_written_once_a_minute_not_with_each_page(client: Client, cast: Cast) -> None:
    start = clock.now()
    sign_in(client, cast.hung)
    visit(client, start)

    def writes(seconds: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            visit(client, start + dt.timedelta(seconds=seconds))
        return sum(query["sql"].startswith(("UPDATE", "INSERT")) for query in queries)

    assert [writes(seconds) for seconds in (1, 30, 59, 61, 62)] == [0, 0, 0, 1, 0]


YEAR = (dt.datetime(2026, 1, 1), dt.datetime(2026, 12, 31))  # noqa: DTZ001 - Hypothesis adds the zone
instants = st.datetimes(*YEAR, timezones=st.just(VIETNAM))
spans = st.timedeltas(dt.timedelta(seconds=1), dt.timedelta(days=1))


@given(start=instants, rest=spans, life=spans, idle=st.none() | spans, used=spans)
def test_a_session_ends_exactly_when_a_limit_is_reached(
    start: dt.datetime, rest: dt.timedelta, life: dt.timedelta, idle: dt.timedelta | None, used: dt.timedelta
) -> None:
    seen = start + used
    ended = has_ended(
        signed_in_at=start, seen_at=seen, at=seen + rest, limits=SessionLimits(life=life, idle=idle)
    )
    assert ended is (used + rest >= life or (idle is not None and rest >= idle))


# --- which appointment ----------------------------------------------------------------------------


def choose(client: Client, actor: Actor, wanted: str = "") -> object:
    return client.post("/dang-nhap/vai-tro/", {"appointment": actor.appointment_id, "next": wanted})


def test_who_holds_two_places_chooses_after_signing_in(client: Client, cast: Cast) -> None:
    answer = client.post("/dang-nhap/", {"username": "hoa", "password": PASSWORD, "next": "/ban/"})
    assert answer["Location"] == "/dang-nhap/vai-tro/?next=%2Fban%2F"
    page = client.get(answer["Location"]).content.decode()
    assert page.count('type="radio"') == 2
    assert "Công chức, phường Nông Trang" in page
    assert "Chuyên viên xử lý" in page
    assert choose(client, cast.hoa_as_specialist, "/ban/")["Location"] == "/ban/"  # type: ignore[index] # a response
    assert at_keyboard(client)["appointment"] == cast.hoa_as_specialist.appointment_id


def test_who_holds_one_place_is_not_asked(client: Client, cast: Cast) -> None:
    answer = client.post("/dang-nhap/", {"username": "hung", "password": PASSWORD, "next": "/ban/"})
    assert answer["Location"] == "/ban/"


def test_the_choice_is_an_act_in_the_log(client: Client, cast: Cast) -> None:
    sign_in(client, cast.hoa)
    choose(client, cast.hoa_as_specialist)
    record = list_records(object_type="account", object_id=cast.hoa.account_id)[0]
    assert (record.act, record.appointment_id) == (
        "identity.choose_appointment",
        cast.hoa_as_specialist.appointment_id,
    )


def test_another_officers_place_cannot_be_chosen(client: Client, cast: Cast) -> None:
    sign_in(client, cast.hoa)
    assert choose(client, cast.phuc).status_code == 422  # type: ignore[attr-defined] # a response
    assert at_keyboard(client)["agency"] == cast.nong_trang


def test_a_session_bent_to_another_officers_place_works_in_its_own(client: Client, cast: Cast) -> None:
    sign_in(client, cast.hoa)
    session = client.session
    session[api.SESSION_KEY] = cast.phuc.appointment_id
    session.save()
    assert at_keyboard(client)["appointment"] == cast.hoa.appointment_id


def test_a_place_that_ended_is_left_the_same_day(client: Client, cast: Cast) -> None:
    sign_in(client, cast.hoa_as_specialist)
    assert cast.hoa_as_specialist.appointment_id
    api.end_appointment(
        appointment_id=cast.hoa_as_specialist.appointment_id, on=clock.today(), actor=SYSTEM, at=clock.now()
    )
    assert at_keyboard(client)["appointment"] == cast.hoa.appointment_id
    assert choose(client, cast.hoa_as_specialist).status_code == 422  # type: ignore[attr-defined] # a response


def test_a_citizen_has_no_roles_to_choose(client: Client, cast: Cast) -> None:
    assert sign_in(client, cast.lan).get("/dang-nhap/vai-tro/").status_code == 403


# --- cookies --------------------------------------------------------------------------------------


def test_the_cookie_is_kept_from_scripts_and_other_sites(client: Client, cast: Cast) -> None:
    client.post("/dang-nhap/", {"username": "hung", "password": PASSWORD})
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 8 * 3600)


def test_in_production_cookies_travel_by_tls_only(monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib

    monkeypatch.setenv("VANLANG_SECRET_KEY", "x" * 50)
    monkeypatch.setenv("VANLANG_HOSTS", "dichvucong.phutho.example")
    production = importlib.import_module("config.settings.production")
    assert production.SESSION_COOKIE_SECURE
    assert production.CSRF_COOKIE_SECURE
    assert production.SESSION_COOKIE_NAME == "__Host-session"
    assert production.SECURE_HSTS_SECONDS >= 365 * 24 * 3600
    assert production.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
    assert {"leader"} == production.VANLANG_SECOND_FACTOR_ROLES
