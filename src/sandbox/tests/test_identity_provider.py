"""The identity provider keeps to OpenID Connect: what it must grant, and what it must refuse."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from datetime import date
from pathlib import Path

import jwt
import pytest

from sandbox.identity_provider.people import PEOPLE
from sandbox.servers import Plan, Urls
from sandbox.tests.browser import CLIENT_ID, Browser, RelyingParty, challenge_of, relying_party
from sandbox.tests.conftest import LOGOUT, REDIRECT


@pytest.fixture
def party(urls: Urls, state: Path) -> RelyingParty:
    return relying_party(urls.identity_provider, state)


def decoded(party: RelyingParty, token: str) -> dict[str, object]:
    """Verify as a relying party does: key from the JWKS by kid, issuer, audience, times."""
    jwks = jwt.PyJWKSet.from_dict(party.browser.get("/jwks").json)
    key = jwks[jwt.get_unverified_header(token)["kid"]]
    claims: dict[str, object] = jwt.decode(
        token, key.key, algorithms=["RS256"], audience=CLIENT_ID, issuer=party.browser.base
    )
    return claims


def test_discovery_names_itself_and_only_what_it_serves(party: RelyingParty) -> None:
    told = party.browser.get("/.well-known/openid-configuration").json
    base = party.browser.base
    assert told["issuer"] == base
    assert told["code_challenge_methods_supported"] == ["S256"]
    assert told["response_types_supported"] == ["code"]
    for key in ("jwks_uri", "authorization_endpoint", "token_endpoint", "userinfo_endpoint"):
        address = str(told[key])
        assert address.startswith(base)
        assert party.browser.ask("GET", address[len(base) :]).status != 404


def test_ba_lan_signs_in(party: RelyingParty) -> None:
    sent = party.choose(party.authorize()).sent_to
    assert sent["state"] == party.state
    assert sent["iss"] == party.browser.base
    answer = party.exchange(sent["code"])
    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-store"
    tokens = answer.json
    claims = decoded(party, str(tokens["id_token"]))
    assert claims["sub"] == "sandbox-0001"
    assert claims["nonce"] == party.nonce
    assert abs(int(str(claims["auth_time"])) - time.time()) < 60
    person = party.userinfo(str(tokens["access_token"])).json
    assert person["sub"] == claims["sub"]
    assert person["HoVaTen"] == person["name"] == "Nguyễn Thị Lan"
    assert person["SoDinhDanh"] == "025185000001"
    assert person["NgaySinh"] == "12/03/1985"
    assert person["birthdate"] == "1985-03-12"
    assert person["LoaiTaiKhoan"] == "1"


def test_a_missing_value_is_left_out(party: RelyingParty) -> None:
    tokens = party.exchange(party.code("sandbox-0005")).json
    person = party.userinfo(str(tokens["access_token"])).json
    assert {"SoDienThoai", "phone_number", "email"}.isdisjoint(person)


def test_the_page_lists_everyone_and_says_what_it_is(party: RelyingParty) -> None:
    page = party.authorize()
    assert page.status == 200
    assert 'lang="vi"' in page.text
    assert "Môi trường thử nghiệm" in page.text
    assert "<script" not in page.text
    assert "style=" not in page.text
    assert "script" not in page.headers["content-security-policy"]
    for person in PEOPLE:
        assert person.name in page.text
        assert f'<label for="{person.subject}">' in page.text


def test_the_front_page_says_what_it_is(party: RelyingParty) -> None:
    page = party.browser.get("/")
    assert (page.status, "Môi trường thử nghiệm" in page.text) == (200, True)


def test_the_people_are_made_up_and_well_formed() -> None:
    for person in PEOPLE:
        assert len(person.personal_id) == 12
        assert person.personal_id[6:].startswith("0000")
        assert person.personal_id[4:6] == f"{person.born_on.year % 100:02}"
        century_and_sex = 2 * (person.born_on.year // 100 - 19) + (person.gender == "female")
        assert person.personal_id[3] == str(century_and_sex)
        assert person.email is None or person.email.endswith(".example")
    assert len({person.personal_id for person in PEOPLE}) == len(PEOPLE)


def test_further_people_sign_in_beside_the_few(tmp_path: Path) -> None:
    told = asdict(PEOPLE[0]) | {
        "subject": "p-1",
        "name": "Lý Thị Nga",
        "born_on": "1990-02-01",
        "tax_code": None,
    }
    path = tmp_path / "people.json"
    path.write_text(json.dumps([told], default=str, ensure_ascii=False), encoding="utf-8")
    people = Plan(tmp_path, people_file=path).people()
    assert people[:-1] == PEOPLE
    assert (people[-1].name, people[-1].born_on) == ("Lý Thị Nga", date(1990, 2, 1))
    assert Plan(tmp_path).people() == PEOPLE


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"prompt": "none"}, "login_required"),
    ],
)
def test_a_faulty_request_goes_back_with_its_error(
    party: RelyingParty, changes: dict[str, str | None], error: str
) -> None:
    answer = party.authorize(**changes)
    assert answer.status == 303
    assert answer.sent_to["error"] == error
    assert answer.sent_to["state"] == party.state


@pytest.mark.parametrize(
    "address",
    [
        REDIRECT + "/",
        REDIRECT + "?x=1",
        REDIRECT.upper(),
        "http://127.0.0.1:9/",
        "https://evil.example/callback",
        None,
    ],
)
def test_a_redirect_that_is_not_registered_letter_by_letter_is_never_followed(
    party: RelyingParty, address: str | None
) -> None:
    answer = party.authorize(redirect_uri=address)
    assert answer.status == 400
    assert "location" not in answer.headers


def test_an_unknown_client_gets_a_page(party: RelyingParty) -> None:
    assert party.authorize(client_id="stranger").status == 400


def test_refusing_consent_sends_back_access_denied(party: RelyingParty) -> None:
    answer = party.choose(party.authorize(), deed="refuse")
    assert answer.sent_to["error"] == "access_denied"
    assert "code" not in answer.sent_to


def test_a_login_page_is_used_once(party: RelyingParty) -> None:
    page = party.authorize()
    assert party.choose(page).status == 303
    assert party.choose(page).status == 400


@pytest.mark.parametrize("verifier", ["x" * 43, ""])
def test_a_wrong_verifier_is_refused(party: RelyingParty, verifier: str) -> None:
    answer = party.exchange(party.code(), code_verifier=verifier)
    assert (answer.status, answer.json["error"]) == (400, "invalid_grant")


def test_the_challenge_itself_is_no_verifier(party: RelyingParty) -> None:
    answer = party.exchange(party.code(), code_verifier=challenge_of(party.verifier))
    assert answer.json["error"] == "invalid_grant"


def test_a_replayed_code_is_refused_and_takes_its_tokens_with_it(party: RelyingParty) -> None:
    code = party.code()
    token = str(party.exchange(code).json["access_token"])
    assert party.userinfo(token).status == 200
    again = party.exchange(code)
    assert (again.status, again.json["error"]) == (400, "invalid_grant")
    assert party.userinfo(token).status == 401


def test_a_code_of_another_client_is_refused(party: RelyingParty) -> None:
    other = {"client_id": "other", "client_secret": "other-secret", "redirect_uris": [REDIRECT]}
    assert party.browser.send("/_sandbox/clients", other).status == 200
    answer = party.exchange(party.code(), basic=("other", "other-secret"))
    assert answer.json["error"] == "invalid_grant"


def test_a_changed_redirect_at_the_token_endpoint_is_refused(party: RelyingParty) -> None:
    answer = party.exchange(party.code(), redirect_uri=LOGOUT)
    assert answer.json["error"] == "invalid_grant"


def test_a_wrong_secret_is_refused_and_leaves_the_code_usable(party: RelyingParty) -> None:
    code = party.code()
    answer = party.exchange(code, basic=(CLIENT_ID, "guess"))
    assert (answer.status, answer.json["error"]) == (401, "invalid_client")
    assert answer.headers["www-authenticate"].startswith("Basic")
    assert party.exchange(code).status == 200


def test_a_client_may_authenticate_in_the_form(party: RelyingParty) -> None:
    fields = {
        "grant_type": "authorization_code",
        "code": party.code(),
        "redirect_uri": REDIRECT,
        "code_verifier": party.verifier,
        "client_id": CLIENT_ID,
        "client_secret": party.secret,
    }
    assert party.browser.form("/token", fields).status == 200


def test_another_grant_type_is_refused(party: RelyingParty) -> None:
    answer = party.exchange(party.code(), grant_type="client_credentials")
    assert answer.json["error"] == "unsupported_grant_type"


def test_userinfo_wants_a_token(party: RelyingParty) -> None:
    answer = party.userinfo("made-up")
    assert answer.status == 401
    assert "invalid_token" in answer.headers["www-authenticate"]


def test_a_session_lets_a_second_sign_in_pass_without_a_page(party: RelyingParty) -> None:
    party.code()
    silent = party.authorize(prompt="none").sent_to
    claims = decoded(party, str(party.exchange(silent["code"]).json["id_token"]))
    assert claims["sub"] == "sandbox-0001"


def test_signing_out_ends_the_session_and_goes_back_only_home(party: RelyingParty) -> None:
    token = str(party.exchange(party.code()).json["id_token"])
    strange = party.browser.get(
        "/logout", id_token_hint=token, post_logout_redirect_uri="https://evil.example/"
    )
    assert strange.status == 200
    assert "location" not in strange.headers
    party.code()
    home = party.browser.get("/logout", id_token_hint=token, post_logout_redirect_uri=LOGOUT, state="s")
    assert home.headers["location"] == f"{LOGOUT}?state=s"
    assert party.authorize(prompt="none").sent_to["error"] == "login_required"


def test_the_hint_alone_ends_the_session_of_another_browser(party: RelyingParty) -> None:
    token = str(party.exchange(party.code()).json["id_token"])
    Browser(party.browser.base).get("/logout", id_token_hint=token)
    assert party.authorize(prompt="none").sent_to["error"] == "login_required"


@pytest.mark.parametrize(
    ("mode", "error"),
    [
        ("expired_token", jwt.ExpiredSignatureError),
        ("wrong_issuer", jwt.InvalidIssuerError),
        ("wrong_audience", jwt.InvalidAudienceError),
        ("bad_signature", jwt.InvalidSignatureError),
        ("unknown_key", KeyError),
        ("unsigned_token", KeyError),
    ],
)
def test_a_spoiled_token_fails_a_careful_client(
    party: RelyingParty, mode: str, error: type[Exception]
) -> None:
    party.browser.misbehave(mode)
    token = str(party.exchange(party.code()).json["id_token"])
    with pytest.raises(error):
        decoded(party, token)
    assert decoded(party, str(party.exchange(party.code()).json["id_token"]))["nonce"] == party.nonce


@pytest.mark.parametrize(
    ("mode", "claim", "value"),
    [
        ("wrong_nonce", "nonce", "another-nonce"),
        ("missing_nonce", "nonce", None),
        ("wrong_subject", "sub", "sandbox-9999"),
    ],
)
def test_a_lying_token_is_well_signed(party: RelyingParty, mode: str, claim: str, value: str | None) -> None:
    party.browser.misbehave(mode)
    assert decoded(party, str(party.exchange(party.code()).json["id_token"])).get(claim) == value


def test_userinfo_may_speak_of_someone_else(party: RelyingParty) -> None:
    token = str(party.exchange(party.code()).json["access_token"])
    party.browser.misbehave("other_userinfo")
    assert party.userinfo(token).json["sub"] != "sandbox-0001"
    assert party.userinfo(token).json["sub"] == "sandbox-0001"
