"""An officer signs in by user name and password: who gets in, who is told what, how often one may try."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.hashers import identify_hasher
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings

from vanlang.audit.api import list_records
from vanlang.identity import api
from vanlang.identity.api import SYSTEM
from vanlang.identity.models import Account
from vanlang.identity.tests.cast import PASSWORD, Cast, make_cast
from vanlang.kernel import clock


def enter(client: Client, username: str, password: str = PASSWORD, *, wanted: str = "", **how: str) -> Any:
    return client.post("/dang-nhap/", {"username": username, "password": password, "next": wanted}, **how)


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_page_offers_two_doors(client: Client) -> None:
    page = client.get("/dang-nhap/?next=/can-bo/ho-so/").content.decode()
    assert "Tài khoản định danh điện tử" in page
    assert 'autocomplete="username"' in page
    assert page.count('name="next" value="/can-bo/ho-so/"') == 2
    assert "style=" not in page
    assert "<script>" not in page


def test_anh_hung_signs_in_and_goes_where_he_wanted(client: Client, cast: Cast) -> None:
    answer = enter(client, " Hung ", wanted="/can-bo/ho-so/7/")
    assert (answer.status_code, answer["Location"]) == (302, "/can-bo/ho-so/7/")
    assert is_in(client)
    assert Account.objects.get(username="hung").last_login is not None


def test_without_a_wish_an_officer_goes_to_the_desk(client: Client, cast: Cast) -> None:
    assert enter(client, "hung")["Location"] == "/can-bo/"


def test_who_is_in_is_not_asked_again(client: Client, cast: Cast) -> None:
    enter(client, "hung")
    assert client.get("/dang-nhap/?next=/can-bo/x/")["Location"] == "/can-bo/x/"
    assert client.get("/dang-nhap/?next=https://evil.example/")["Location"] == "/can-bo/"


@pytest.mark.parametrize(
    ("username", "password"), [("hung", "sai-mat-khau"), ("ai-do", PASSWORD), ("hung", "")]
)
def test_a_wrong_password_and_an_unknown_name_read_the_same(
    client: Client, cast: Cast, username: str, password: str
) -> None:
    answer = enter(client, username, password)
    assert answer.status_code == 422
    assert not is_in(client)
    if password:
        assert "Tên đăng nhập hoặc mật khẩu chưa đúng." in answer.content.decode()
    assert password not in answer.content.decode() or not password


def test_a_citizens_account_has_no_password_to_guess(client: Client, cast: Cast) -> None:
    username = Account.objects.get(pk=cast.lan.account_id).username
    assert enter(client, username, "!").status_code == 422
    assert not is_in(client)


def test_a_closed_account_stays_out(client: Client, cast: Cast) -> None:
    Account.objects.filter(username="hung").update(is_active=False)
    assert enter(client, "hung").status_code == 422
    assert not is_in(client)


def test_an_officer_whose_appointment_ended_is_told_so(client: Client, cast: Cast) -> None:
    assert cast.hung.appointment_id
    api.end_appointment(
        appointment_id=cast.hung.appointment_id, on=dt.date(2026, 1, 1), actor=SYSTEM, at=clock.now()
    )
    answer = enter(client, "hung")
    assert answer.status_code == 422
    assert "hết phân công" in answer.content.decode()
    assert not is_in(client)


def test_the_session_is_a_new_one(client: Client, cast: Cast) -> None:
    client.get("/dang-nhap/")
    session = client.session
    session["kept"] = "1"
    session.save()
    client.cookies[django_settings.SESSION_COOKIE_NAME] = before = session.session_key
    enter(client, "hung")
    assert client.session.session_key != before
    assert client.session["kept"] == "1"


def test_the_log_knows_who_came_in_how_and_who_did_not(client: Client, cast: Cast) -> None:
    enter(client, "hung", "sai")
    enter(client, "hung")
    client.post("/dang-nhap/ra/")
    in_and_out = [
        (one.act, one.facts) for one in list_records(object_type="account", object_id=cast.hung.account_id)
    ]
    assert in_and_out == [("identity.sign_out", {}), ("identity.sign_in", {"ways": ["password"]})]
    refused = list_records(object_type="account", object_id="")
    assert [one.facts for one in refused] == [{"why": "identity.wrong_credentials"}]


def test_passwords_are_kept_by_argon2id(cast: Cast, settings: Settings) -> None:
    from config.settings import base

    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS
    account = Account.objects.get(username="hung")
    account.set_password(PASSWORD)
    assert account.password.startswith("argon2$argon2id$")
    assert identify_hasher(account.password).algorithm == "argon2"


@pytest.fixture
def one_moment(at: dt.datetime) -> Iterator[None]:
    """Tries come back with time; on a slow machine fifty of them take some."""
    with clock.frozen(at):
        yield


# --- how often ------------------------------------------------------------------------------------


def test_the_sixth_wrong_password_is_refused_with_how_long_to_wait(
    client: Client, cast: Cast, one_moment: None
) -> None:
    answers = [enter(client, "hung", f"sai-{number}") for number in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert answers[5]["Retry-After"] == "60"
    assert "Hãy đợi 1 phút rồi thử lại." in answers[5].content.decode()
    assert enter(client, "hung").status_code == 429, "the right password does not help now"
    assert not is_in(client)


def test_a_success_forgives_the_slips_before_it(client: Client, cast: Cast) -> None:
    for _ in range(2):
        for number in range(4):
            assert enter(client, "hung", f"sai-{number}").status_code == 422
        assert enter(client, "hung").status_code == 302
        client.logout()


def test_a_stranger_elsewhere_does_not_lock_an_officer_out(client: Client, cast: Cast) -> None:
    for number in range(8):
        enter(client, "hung", f"sai-{number}", REMOTE_ADDR="203.0.113.9")
    assert enter(client, "hung").status_code == 302


def test_one_account_from_many_addresses_is_limited_too(client: Client, cast: Cast, one_moment: None) -> None:
    answers = [enter(client, "hung", "sai", REMOTE_ADDR=f"203.0.113.{number}") for number in range(21)]
    assert [answer.status_code for answer in answers] == [422] * 20 + [429]


def test_one_address_over_many_accounts_is_limited_too(client: Client, cast: Cast, one_moment: None) -> None:
    answers = [enter(client, f"can-bo-{number}", "sai") for number in range(51)]
    assert [answer.status_code for answer in answers] == [422] * 50 + [429]


def test_an_address_that_a_client_invents_is_not_believed(
    client: Client, cast: Cast, one_moment: None
) -> None:
    answers = [
        enter(client, "hung", "sai", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}").status_code
        for number in range(6)
    ]
    assert answers[-1] == 429


TRY = """
import django, sys
django.setup()
from django.test import Client
print(Client().post("/dang-nhap/", {"username": "hung", "password": "sai"}).status_code)
"""


@pytest.mark.django_db(transaction=True)
def test_the_count_holds_in_another_process_and_after_a_restart(client: Client, at: dt.datetime) -> None:
    """Five wrong passwords here, the sixth to a process that has just started."""
    make_cast(at)
    for number in range(5):
        assert enter(client, "hung", f"sai-{number}").status_code == 422
    name = connection.settings_dict["NAME"]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "VANLANG_DATABASE_URL": f"{os.environ['VANLANG_DATABASE_URL'].rpartition('/')[0]}/{name}",
        "PYTHONPATH": os.pathsep.join(
            [str(django_settings.VANLANG_ROOT / "src"), str(django_settings.VANLANG_ROOT)]
        ),
    }
    told = subprocess.run(
        [sys.executable, "-c", TRY], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    assert told.stdout.strip() == "429"
