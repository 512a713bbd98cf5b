"""The second factor: setting it up, the step at sign-in, spare codes, and showing it again before a grave act."""

from __future__ import annotations

import re
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import zxingcpp
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from PIL import Image
from pytest_django.fixtures import Settings
from tests.support.people import sign_in

from vanlang.audit.api import list_records
from vanlang.identity.api import Role, officer_required, require_fresh_second_factor
from vanlang.identity.tests.cast import PASSWORD, Cast, code_of, give_second_factor, make_officer

ACTIVATE = "/dang-nhap/bao-mat/bat/"


# --- a desk with one grave act, for these tests ----------------------------------------------------

SIGNED: list[dict[str, list[str]]] = []


@officer_required
def sign_paper(request: HttpRequest) -> HttpResponse:
    require_fresh_second_factor(request)
    if request.method == "POST":
        SIGNED.append(
            {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
        )
    return HttpResponse("ký" if request.method == "POST" else "xác nhận")


@officer_required(Role.LEADER)
def leaders_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("của lãnh đạo")


urlpatterns = [
    path("ky/7/", sign_paper),
    path("lanh-dao/", leaders_page),
    path("", include("config.urls")),
]


@pytest.fixture(autouse=True)
def _house(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    settings.VANLANG_SECOND_FACTOR_ROLES = frozenset({"leader"})
    SIGNED.clear()


def enter(client: Client, username: str, wanted: str = "") -> Any:
    return client.post("/dang-nhap/", {"username": username, "password": PASSWORD, "next": wanted})


def show(client: Client, address: str, code: str, **fields: Any) -> Any:
    return client.post(address, {"second_factor_code": code, **fields})


# --- at sign-in -----------------------------------------------------------------------------------


def test_after_the_password_comes_the_code(client: Client, cast: Cast) -> None:
    secret = give_second_factor(cast.phuc)
    answer = enter(client, "phuc", "/lanh-dao/")
    assert answer["Location"] == "/dang-nhap/ma-xac-thuc/"
    assert client.get("/lanh-dao/").status_code == 302, "the password alone opens nothing"
    page = client.get("/dang-nhap/ma-xac-thuc/").content.decode()
    assert 'autocomplete="one-time-code"' in page
    answer = show(client, "/dang-nhap/ma-xac-thuc/", code_of(secret, time.time()))
    assert answer["Location"] == "/lanh-dao/"
    assert client.get("/lanh-dao/").content.decode() == "của lãnh đạo"
    records = list_records(object_type="account", object_id=cast.phuc.account_id)
    assert records[0].facts == {"ways": ["password", "mfa"]}


@pytest.mark.parametrize("code", ["000000", "", "abc", "12345678901234567890123"])
def test_a_wrong_code_opens_nothing(client: Client, cast: Cast, code: str) -> None:
    give_second_factor(cast.phuc)
    enter(client, "phuc")
    assert show(client, "/dang-nhap/ma-xac-thuc/", code).status_code == 422
    assert "_auth_user_id" not in client.session


def test_the_sixth_code_is_refused_and_another_browser_does_not_help(client: Client, cast: Cast) -> None:
    secret = give_second_factor(cast.phuc)
    enter(client, "phuc")
    answers = [show(client, "/dang-nhap/ma-xac-thuc/", "000000").status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]
    other = Client()
    enter(other, "phuc")
    answer = show(other, "/dang-nhap/ma-xac-thuc/", code_of(secret, time.time()))
    assert answer.status_code == 429
    assert answer["Retry-After"] == "60"


def test_a_code_is_used_once_in_all_its_minutes(client: Client, cast: Cast) -> None:
    from django.core.cache import cache

    secret = give_second_factor(cast.phuc)
    code = code_of(secret, time.time())
    enter(client, "phuc")
    assert show(client, "/dang-nhap/ma-xac-thuc/", code).status_code == 302
    cache.clear()  # where allauth remembers it, for one period of the three in which it is valid
    other = Client()
    enter(other, "phuc")
    assert show(other, "/dang-nhap/ma-xac-thuc/", code).status_code == 422


def test_the_code_page_without_a_password_leads_back(client: Client, cast: Cast) -> None:
    assert client.get("/dang-nhap/ma-xac-thuc/")["Location"] == "/dang-nhap/"


def test_a_spare_code_opens_once(client: Client, cast: Cast) -> None:
    give_second_factor(cast.phuc)
    spare = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    enter(client, "phuc")
    assert show(client, "/dang-nhap/ma-xac-thuc/", f"{spare[:4]} {spare[4:]}").status_code == 302
    other = Client()
    enter(other, "phuc")
    assert show(other, "/dang-nhap/ma-xac-thuc/", spare).status_code == 422


# --- setting it up --------------------------------------------------------------------------------


def test_a_leader_without_a_second_factor_is_led_to_it_before_anything(client: Client, cast: Cast) -> None:
    assert enter(client, "phuc", "/lanh-dao/")["Location"] == "/lanh-dao/"
    assert client.get("/lanh-dao/")["Location"] == f"{ACTIVATE}?next=%2Flanh-dao%2F"
    page = client.get(f"{ACTIVATE}?next=/lanh-dao/").content.decode()
    assert "bắt buộc xác thực hai bước" in page
    secret = client.session[SECRET_SESSION_KEY]
    answer = show(client, ACTIVATE, code_of(secret, time.time()), next="/lanh-dao/")
    assert answer["Location"] == "/dang-nhap/bao-mat/ma-du-phong/?next=%2Flanh-dao%2F"
    assert client.get("/lanh-dao/").status_code == 200
    page = client.get(answer["Location"]).content.decode()
    assert len(re.findall(r"<code>\d{4} \d{4}</code>", page)) == 10
    assert 'href="/lanh-dao/"' in page
    changes = [one.facts for one in list_records(object_type="account", object_id=cast.phuc.account_id)]
    assert {"change": "activated"} in changes


def test_other_roles_are_not_asked(client: Client, cast: Cast) -> None:
    enter(client, "hung")
    assert client.get("/ky/7/")["Location"].startswith("/dang-nhap/xac-nhan/")


def test_the_qr_code_says_what_the_page_says(client: Client, cast: Cast) -> None:
    enter(client, "phuc")
    page = client.get(ACTIVATE).content.decode()
    image = client.get("/dang-nhap/bao-mat/ma.svg")
    assert image["Content-Type"] == "image/svg+xml"
    assert "no-store" in image["Cache-Control"]
    assert b"style=" not in image.content
    secret = client.session[SECRET_SESSION_KEY]
    assert " ".join(re.findall("....", secret)) in page
    (read,) = zxingcpp.read_barcodes(_pixels_of(image.content.decode()))
    assert read.text.startswith("otpauth://totp/phuc?")
    assert parse_qs(urlsplit(read.text).query) == {"secret": [secret], "issuer": ["Văn Lang"]}


def _pixels_of(svg: str) -> Image.Image:
    """Draw the path of a QR code's SVG, which only moves and draws to the right, as a telephone would see it."""
    picture = Image.new("L", (80, 80), 255)
    data = re.search(r' class="qrline"[^>]* d="([^"]+)"', svg) or re.search(r' d="(M[^"]+m[^"]+)"', svg)
    assert data, svg[:300]
    x = y = 0.0
    for deed, numbers in re.findall(r"([Mmh])([-\d. ]+)", data[1]):
        values = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        if deed == "h":
            picture.paste(0, (int(x), int(y), int(x + values[0]), int(y) + 1))
        x, y = (values[0], values[1]) if deed == "M" else (x + values[0], y + sum(values[1:]))
    return picture.resize((480, 480), Image.Resampling.NEAREST)


def test_a_wrong_code_sets_nothing_up_and_keeps_the_secret(client: Client, cast: Cast) -> None:
    enter(client, "phuc")
    client.get(ACTIVATE)
    secret = client.session[SECRET_SESSION_KEY]
    assert show(client, ACTIVATE, "000000").status_code == 422
    assert not Authenticator.objects.exists()
    assert client.session[SECRET_SESSION_KEY] == secret


def test_the_secret_lies_encrypted_in_the_database(cast: Cast) -> None:
    secret = give_second_factor(cast.phuc)
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert Authenticator.objects.get(type="totp").wrap().validate_code(code_of(secret, time.time()))


def test_setting_up_later_asks_for_the_password_again(client: Client, cast: Cast) -> None:
    sign_in(client, cast.hung)  # a session whose password was not typed just now
    answer = client.get(ACTIVATE)
    assert answer["Location"].startswith("/dang-nhap/mat-khau/?next=")
    assert client.post(answer["Location"], {"password": "sai"}).status_code == 422
    again = client.post(answer["Location"], {"password": PASSWORD, "next": ACTIVATE})
    assert again["Location"] == ACTIVATE
    assert client.get(ACTIVATE).status_code == 200


def test_guessing_the_password_there_is_limited(client: Client, cast: Cast) -> None:
    sign_in(client, cast.hung)
    answers = [client.post("/dang-nhap/mat-khau/", {"password": "sai"}).status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]


def test_a_leader_cannot_take_it_off_another_may(client: Client, cast: Cast) -> None:
    give_second_factor(cast.phuc)
    sign_in(client, cast.phuc, second_factor=True)
    assert client.post("/dang-nhap/bao-mat/tat/").status_code == 403
    give_second_factor(cast.hung)
    sign_in(client, cast.hung, second_factor=True)
    assert client.post("/dang-nhap/bao-mat/tat/").status_code == 303
    assert set(Authenticator.objects.values_list("user_id", flat=True)) == {cast.phuc.account_id}


def test_new_spare_codes_end_the_old_ones(client: Client, cast: Cast) -> None:
    give_second_factor(cast.phuc)
    sign_in(client, cast.phuc, second_factor=True)
    before = client.get("/dang-nhap/bao-mat/ma-du-phong.txt").content.decode()
    assert client.post("/dang-nhap/bao-mat/ma-du-phong/moi/").status_code == 303
    after = client.get("/dang-nhap/bao-mat/ma-du-phong.txt").content.decode()
    assert len(set(before.split("\r\n")) & set(after.split("\r\n"))) == 2  # the heading and the end


@pytest.mark.parametrize("page", ["/dang-nhap/bao-mat/ma-du-phong/", "/dang-nhap/bao-mat/ma-du-phong.txt"])
def test_spare_codes_are_shown_to_a_fresh_code_only(client: Client, cast: Cast, page: str) -> None:
    give_second_factor(cast.hung)
    sign_in(client, cast.hung)
    assert client.get(page)["Location"].startswith("/dang-nhap/xac-nhan/")


def test_the_state_of_things_is_shown(client: Client, cast: Cast) -> None:
    sign_in(client, cast.hung)
    assert "Chưa bật" in client.get("/dang-nhap/bao-mat/").content.decode()
    give_second_factor(cast.hung)
    page = client.get("/dang-nhap/bao-mat/").content.decode()
    assert "Đang bật" in page
    assert "Còn 10 mã dự phòng" in page


# --- before a grave act ---------------------------------------------------------------------------


def test_signing_asks_for_a_code_and_comes_back(client: Client, cast: Cast) -> None:
    secret = give_second_factor(cast.hung)
    sign_in(client, cast.hung)
    answer = client.get("/ky/7/")
    assert answer["Location"] == "/dang-nhap/xac-nhan/?next=%2Fky%2F7%2F"
    assert client.get(answer["Location"]).status_code == 200
    assert show(client, answer["Location"], code_of(secret, time.time()))["Location"] == "/ky/7/"
    assert client.get("/ky/7/").content.decode() == "xác nhận"


def test_a_form_on_its_way_is_kept_and_sent_again(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    secret = give_second_factor(cast.hung)
    sign_in(client, cast.hung)
    client.get("/dang-nhap/bao-mat/")
    form = {
        "note": 'Đã "xem" & ký',
        "paper": ["1", "2"],
        "csrfmiddlewaretoken": client.cookies["csrftoken"].value,
    }
    page = client.post("/ky/7/", form, headers={"referer": "http://testserver/ky/7/xem/"})
    assert page.status_code == 403
    assert SIGNED == []
    fields = _fields_of(page.content.decode())
    assert fields["paper"] == ["1", "2"]
    assert fields["note"] == ['Đã "xem" & ký']
    action = _action_of(page.content.decode())
    wrong = client.post(action, {**fields, "second_factor_code": "000000"})
    assert wrong.status_code == 422
    assert _fields_of(wrong.content.decode())["note"] == form_note(form)
    sent = {**fields, "second_factor_code": code_of(secret, time.time())}
    right = client.post(action, sent)
    assert (right.status_code, right["Location"]) == (307, "/ky/7/")
    assert client.post(right["Location"], sent).content.decode() == "ký"  # a browser does this by itself
    assert SIGNED[0]["note"] == form_note(form)
    assert SIGNED[0]["paper"] == ["1", "2"]


def test_htmx_is_led_to_the_code_page_and_back_to_the_page_around_it(client: Client, cast: Cast) -> None:
    sign_in(client, cast.hung)
    told = {"HX-Request": "true", "HX-Current-URL": "http://testserver/can-bo/ho-so/7/?the=ky"}
    answer = client.post("/ky/7/", {"note": "x"}, headers=told)
    assert answer["HX-Redirect"] == "/dang-nhap/xac-nhan/?next=%2Fcan-bo%2Fho-so%2F7%2F%3Fthe%3Dky"


def test_an_old_code_is_not_fresh(client: Client, cast: Cast) -> None:
    sign_in(client, cast.hung, second_factor=True)
    assert client.get("/ky/7/").status_code == 200
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time() - 15 * 60 - 1}]
    session.save()
    assert client.get("/ky/7/").status_code == 302


def test_another_accounts_code_is_nobodys_proof(client: Client, cast: Cast) -> None:
    sign_in(client, cast.hung, second_factor=True)
    session = client.session
    session["account_authentication_methods_user"] = str(cast.phuc.account_id)
    session.save()
    assert client.get("/ky/7/").status_code == 302


def test_who_has_no_second_factor_is_led_to_set_one_up(client: Client, cast: Cast) -> None:
    sign_in(client, cast.hung)
    answer = client.get("/dang-nhap/xac-nhan/?next=/ky/7/")
    assert answer["Location"] == f"{ACTIVATE}?next=%2Fky%2F7%2F"


@pytest.mark.parametrize("query", ["next=https://evil.example/", "next=//evil.example/&gui-lai=/"])
def test_a_code_leads_to_no_other_site(client: Client, cast: Cast, query: str) -> None:
    secret = give_second_factor(cast.hung)
    sign_in(client, cast.hung)
    answer = show(client, f"/dang-nhap/xac-nhan/?{query}", code_of(secret, time.time()))
    assert (answer.status_code, answer["Location"]) == (303, "/dang-nhap/bao-mat/")


def test_choosing_a_leaders_place_leads_to_the_second_factor(client: Client, cast: Cast, at: Any) -> None:
    leader = make_officer("hoa", "Vũ Thị Hoa", cast.viet_tri, Role.LEADER, at)
    sign_in(client, cast.hoa)
    assert client.get("/lanh-dao/").status_code == 403
    client.post("/dang-nhap/vai-tro/", {"appointment": leader.appointment_id})
    assert client.get("/lanh-dao/")["Location"].startswith(ACTIVATE)


def form_note(form: dict[str, Any]) -> list[str]:
    return [form["note"]]


def _fields_of(page: str) -> dict[str, list[str]]:
    import html

    form = page[page.index('action="/dang-nhap/xac-nhan/') :]
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form):
        fields.setdefault(html.unescape(name), []).append(html.unescape(value))
    return fields


def _action_of(page: str) -> str:
    import html

    found = re.search(r'action="(/dang-nhap/xac-nhan/[^"]*)"', page)
    assert found
    return html.unescape(found[1])
