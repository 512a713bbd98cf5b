"""
Sign-in through the national identity provider, on the wire: what is accepted, and what must never be.

A token that came straight from the provider over TLS may go without a check of its signature (OpenID Connect Core §3.1.3.7,
step 6), and a client that sent no nonce has none to compare; the library makes use of both, so those misdeeds of the
sandbox are not tried here.
"""

from __future__ import annotations

import http.client
import re
from copy import deepcopy
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.test import Client

from tests.support.sandbox import Outside
from tests.support.sandbox import fixture_outside as sandbox  # noqa: F401 - a fixture by its name
from vanlang.identity.models import Account, Person

pytestmark = pytest.mark.django_db

CALLBACK = "http://testserver/tai-khoan/oidc/national/login/callback/"


@pytest.fixture
def provider(sandbox: Outside, settings: Any) -> Outside:  # noqa: F811 - the fixture above
    """The sandbox, with the platform registered as its client."""
    sandbox.fresh()
    name, secret = sandbox.register_client(redirect_uris=[CALLBACK], logout_uris=["http://testserver/"])
    providers = deepcopy(settings.SOCIALACCOUNT_PROVIDERS)
    app = providers["openid_connect"]["APPS"][0]
    app["client_id"], app["secret"] = name, secret
    app["settings"]["server_url"] = sandbox.identity_provider
    settings.SOCIALACCOUNT_PROVIDERS = providers
    return sandbox


def ask(url: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
    """A browser at the provider: return status, address to go to, page."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    try:
        body = urlencode(form).encode() if form is not None else None
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if form is not None else {}
        connection.request(
            "POST" if form is not None else "GET", f"{parts.path}?{parts.query}", body, headers
        )
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location", ""), answer.read().decode()
    finally:
        connection.close()


def signed_in_by(
    client: Client, provider: Outside, person: str = "sandbox-0001", deed: str = "sign_in"
) -> Any:
    """Go the whole way as a browser does; return the platform's last answer."""
    away = client.post("/tai-khoan/oidc/national/login/")
    assert away.status_code == 302, away.content[:500]
    status, _, page = ask(away["Location"])
    assert status == 200, page
    found = re.search(r'name="request" value="([^"]+)"', page)
    assert found
    form = {"request": found[1], "person": person, "consent": "yes", "deed": deed}
    _, back, _ = ask(f"{provider.identity_provider}/login", form)
    assert back.startswith(CALLBACK)
    return client.get(back.removeprefix("http://testserver"))


def who(client: Client) -> str | None:
    account_id = client.session.get("_auth_user_id")
    return None if account_id is None else Account.objects.get(pk=account_id).full_name


def test_ba_lan_signs_in_and_is_known_by_her_personal_id(client: Client, provider: Outside) -> None:
    assert signed_in_by(client, provider).status_code == 302
    assert who(client) == "Nguyễn Thị Lan"
    person = Person.objects.get()
    assert (person.personal_id, str(person.born_on)) == ("025185000001", "1985-03-12")
    assert person.address == "Tổ 5, phường Việt Trì, tỉnh Phú Thọ"


def test_the_second_sign_in_finds_the_same_account(client: Client, provider: Outside) -> None:
    signed_in_by(client, provider)
    first = client.session["_auth_user_id"]
    again = Client()
    signed_in_by(again, provider)
    assert again.session["_auth_user_id"] == first


def test_who_refuses_at_the_provider_is_not_signed_in(client: Client, provider: Outside) -> None:
    signed_in_by(client, provider, deed="refuse")
    assert who(client) is None


@pytest.mark.parametrize(
    "mode", ["expired_token", "wrong_issuer", "wrong_audience", "wrong_subject", "server_error"]
)
def test_a_provider_that_lies_or_fails_signs_nobody_in(client: Client, provider: Outside, mode: str) -> None:
    provider.misbehave("identity_provider", mode, path="/token", times=3)
    signed_in_by(client, provider)
    assert who(client) is None
    assert not Person.objects.exists()


def test_user_info_about_someone_else_signs_nobody_in(client: Client, provider: Outside) -> None:
    provider.misbehave("identity_provider", "other_userinfo")
    signed_in_by(client, provider)
    assert who(client) is None
    assert not Person.objects.exists()


def test_the_answer_for_another_browser_is_not_taken(client: Client, provider: Outside) -> None:
    away = client.post("/tai-khoan/oidc/national/login/")
    _, _, page = ask(away["Location"])
    found = re.search(r'name="request" value="([^"]+)"', page)
    assert found
    form = {"request": found[1], "person": "sandbox-0003", "consent": "yes", "deed": "sign_in"}
    _, back, _ = ask(f"{provider.identity_provider}/login", form)
    victim = Client()
    victim.get(back.removeprefix("http://testserver"))
    assert who(victim) is None
