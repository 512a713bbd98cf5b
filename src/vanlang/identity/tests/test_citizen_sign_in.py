"""A citizen signs in at the identity provider, on the wire; and what we do when it misbehaves."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from pytest_django.fixtures import Settings
from tests.support.sandbox import Outside

from vanlang.audit.api import list_records
from vanlang.identity.models import Account, Person
from vanlang.identity.tests.visitor import HUNG, HUYEN, Visitor

WANTED = "/nop-ho-so/9/?buoc=2"


def signed_in_as(visitor: Visitor) -> str:
    user_id = visitor.client.session.get("_auth_user_id")
    return Account.objects.get(pk=user_id).full_name if user_id else ""


def test_ba_lan_signs_in_and_goes_where_she_wanted(lan: Visitor) -> None:
    answer = lan.sign_in(back_to=WANTED)
    assert (answer.status_code, answer["Location"]) == (302, WANTED)
    assert signed_in_as(lan) == "Nguyễn Thị Lan"
    person = Person.objects.get()
    assert (person.personal_id, person.full_name, person.phone) == (
        "025185000001",
        "Nguyễn Thị Lan",
        "0900000001",
    )
    assert person.address == "Tổ 5, phường Việt Trì, tỉnh Phú Thọ"
    assert str(person.born_on) == "1985-03-12"


def test_the_errand_carries_pkce_state_and_nonce(lan: Visitor) -> None:
    asked = [
        {key: values[0] for key, values in parse_qs(urlsplit(lan.leave()).query).items()} for _ in range(2)
    ]
    assert asked[0]["code_challenge_method"] == "S256"
    assert asked[0]["response_type"] == "code"
    for secret in ("state", "nonce", "code_challenge"):
        assert len(asked[0][secret]) >= 16
        assert asked[0][secret] != asked[1][secret]


def test_the_second_sign_in_finds_the_same_account(lan: Visitor) -> None:
    lan.sign_in()
    Visitor().sign_in()
    assert Account.objects.count() == Person.objects.count() == 1


def test_signing_in_as_another_ends_the_first_session(lan: Visitor) -> None:
    lan.sign_in()
    session = lan.client.session
    session["draft"] = "của Bà Lan"
    session.save()
    lan.sign_in(HUNG)
    assert signed_in_as(lan) == "Trần Mạnh Hùng"
    assert "draft" not in lan.client.session


def test_the_session_is_a_new_one_and_keeps_the_draft(lan: Visitor) -> None:
    session = lan.client.session
    session["draft"] = "đang làm dở"
    session.save()
    lan.client.cookies["sessionid"] = session.session_key
    before = session.session_key
    lan.sign_in()
    assert lan.client.session.session_key != before
    assert lan.client.session["draft"] == "đang làm dở"


def test_no_claims_are_kept_outside_the_person(lan: Visitor) -> None:
    lan.sign_in()
    assert "025185000001" not in str(dict(lan.client.session.items()))


def test_the_sign_in_is_written_in_the_log(lan: Visitor) -> None:
    lan.sign_in()
    account = Account.objects.get()
    records = list_records(object_type="account", object_id=str(account.pk))
    assert [(record.act, record.facts) for record in records] == [
        ("identity.sign_in", {"ways": ["socialaccount"]})
    ]


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_led_to_another_site(lan: Visitor, wanted: str) -> None:
    assert lan.sign_in(back_to=wanted)["Location"] == "/"


# --- what must be refused -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "misdeed",
    [
        "wrong_nonce",
        "missing_nonce",
        "expired_token",
        "wrong_issuer",
        "wrong_audience",
        "wrong_subject",
        "bad_signature",
        "unknown_key",
        "unsigned_token",
        "other_userinfo",
    ],
)
def test_an_answer_that_cannot_be_believed_lets_nobody_in_and_loses_nothing(
    provider: Outside, lan: Visitor, misdeed: str
) -> None:
    provider.misbehave("identity_provider", misdeed)
    answer = lan.sign_in(back_to=WANTED)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "không xác minh được" in page
    assert f'name="next" value="{WANTED}"' in page
    assert signed_in_as(lan) == ""
    assert not Person.objects.exists()
    assert lan.sign_in(back_to=WANTED)["Location"] == WANTED  # the way out that the page offers


def test_a_replayed_answer_is_refused(lan: Visitor) -> None:
    address = lan.choose(lan.leave(WANTED))
    assert lan.come_back(address).status_code == 302
    lan.client.logout()
    assert lan.come_back(address).status_code == 400
    assert signed_in_as(lan) == ""


def test_a_stolen_answer_is_refused_in_another_browser(lan: Visitor) -> None:
    address = lan.choose(lan.leave())
    thief = Visitor()
    answer = thief.come_back(address)
    assert answer.status_code == 400
    assert "đã hết hạn hoặc đã được dùng" in answer.content.decode()
    assert signed_in_as(thief) == ""


def test_a_code_pushed_into_another_errand_is_refused(lan: Visitor) -> None:
    """The attacker's own code, sent to a victim's browser with the victim's state: PKCE and nonce forbid it."""
    attacker = parse_qs(urlsplit(Visitor().choose(Visitor.leave(Visitor()), HUNG)).query)["code"][0]
    victims = urlsplit(lan.choose(lan.leave()))
    query = parse_qs(victims.query)
    answer = lan.come_back(f"{victims.path}?state={query['state'][0]}&iss={query['iss'][0]}&code={attacker}")
    assert answer.status_code == 403
    assert signed_in_as(lan) == ""


@pytest.mark.parametrize("iss", ["&iss=https%3A%2F%2Fanother-issuer.example", ""])
def test_an_answer_of_another_issuer_is_refused(lan: Visitor, iss: str) -> None:
    address = lan.choose(lan.leave())
    assert lan.come_back(address.partition("&iss=")[0] + iss).status_code == 403


def test_who_refuses_consent_is_told_calmly(lan: Visitor) -> None:
    answer = lan.come_back(lan.choose(lan.leave(WANTED), deed="refuse"))
    assert answer.status_code == 403
    assert "dừng theo yêu cầu" in answer.content.decode()
    assert f'value="{WANTED}"' in answer.content.decode()


def test_a_level_1_account_is_told_how_to_raise_it(lan: Visitor) -> None:
    answer = lan.sign_in(HUYEN)
    assert answer.status_code == 403
    assert "mức độ 1" in answer.content.decode()
    assert not Person.objects.exists()


def test_a_province_may_accept_level_1(lan: Visitor, settings: Settings) -> None:
    settings.VANLANG_OIDC["minimum_level"] = 1
    assert lan.sign_in(HUYEN).status_code == 302


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/jwks", "/userinfo", "/token"])
@pytest.mark.parametrize("mode", ["error_500", "drop"])
def test_a_provider_that_is_down_is_said_to_be_down(
    provider: Outside, lan: Visitor, path: str, mode: str
) -> None:
    provider.misbehave("identity_provider", mode, path=path)
    if path.startswith("/.well-known"):
        answer = lan.client.post("/tai-khoan/oidc/national/login/", {"next": WANTED})
    else:
        answer = lan.sign_in(back_to=WANTED)
    expected = 403 if (path, mode) == ("/token", "error_500") else 503
    assert answer.status_code == expected
    assert f'value="{WANTED}"' in answer.content.decode()
    assert lan.sign_in(back_to=WANTED)["Location"] == WANTED


def test_a_changed_key_is_fetched_anew(provider: Outside, lan: Visitor) -> None:
    from django.core.cache import cache

    cache.set(f"oidc-keys:{provider.identity_provider}/jwks", [{"kid": "last year's", "kty": "RSA"}], 600)
    assert lan.sign_in().status_code == 302


def test_a_discovery_document_of_another_issuer_is_not_believed(lan: Visitor, settings: Settings) -> None:
    told = settings.VANLANG_OIDC
    told["issuer"] = "https://dinh-danh.example"
    answer = lan.client.post("/tai-khoan/oidc/national/login/", {"next": WANTED})
    assert answer.status_code == 403


def test_a_refusal_is_written_in_the_log_without_who(provider: Outside, lan: Visitor) -> None:
    provider.misbehave("identity_provider", "wrong_nonce")
    lan.sign_in()
    record = list_records(object_type="account", object_id="")[0]
    assert (record.act, record.facts) == ("identity.sign_in_refused", {"why": "identity.provider_refused"})


def test_a_link_cannot_start_a_sign_in(lan: Visitor) -> None:
    assert lan.client.get("/tai-khoan/oidc/national/login/").status_code == 405


def test_the_sign_in_page_may_send_its_form_to_the_provider_and_nowhere_else(
    provider: Outside, lan: Visitor
) -> None:
    policy = lan.client.get("/dang-nhap/")["Content-Security-Policy"]
    assert f"form-action 'self' {provider.identity_provider};" in policy


# --- the way out ----------------------------------------------------------------------------------


def test_signing_out_leads_on_to_the_providers_own_way_out(provider: Outside, lan: Visitor) -> None:
    lan.sign_in()
    answer = lan.client.post("/dang-nhap/ra/")
    assert (answer.status_code, signed_in_as(lan)) == (303, "")
    page = lan.client.get(answer["Location"]).content.decode()
    assert f'href="{provider.identity_provider}/logout?client_id=' in page
    assert "post_logout_redirect_uri=http%3A%2F%2Ftestserver%2F" in page


def test_signing_out_works_while_the_provider_is_down(provider: Outside, lan: Visitor) -> None:
    from django.core.cache import cache

    lan.sign_in()
    cache.clear()
    provider.misbehave("identity_provider", "error_500")
    page = lan.client.get(lan.client.post("/dang-nhap/ra/")["Location"])
    assert page.status_code == 200
    assert "Đã đăng xuất" in page.content.decode()
