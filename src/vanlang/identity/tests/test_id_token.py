"""Every point of an id_token's checking, one at a time, without a provider."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from vanlang.identity.rules.id_token import Expected, read_id_token
from vanlang.kernel.errors import Refusal

AT = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
NOW = int(AT.timestamp())
EXPECTED = Expected(
    issuer="https://dinh-danh.example", client_id="province", nonce="n-0S6_WzA2Mj", access_token="SlAV32hkKG"
)
CLAIMS = {
    "iss": "https://dinh-danh.example",
    "sub": "248289761001",
    "aud": "province",
    "nonce": "n-0S6_WzA2Mj",
    "iat": NOW - 2,
    "exp": NOW + 300,
}
KEYS: dict[str, Any] = {
    "RS256": rsa.generate_private_key(65537, 2048),
    "ES256": ec.generate_private_key(ec.SECP256R1()),
    "EdDSA": ed25519.Ed25519PrivateKey.generate(),
}


@cache
def jwks() -> tuple[dict[str, Any], ...]:
    algorithms = jwt.algorithms.get_default_algorithms()
    return tuple(
        {**json.loads(algorithms[name].to_jwk(key.public_key())), "kid": name, "use": "sig"}
        for name, key in KEYS.items()
    )


def signed(claims: Mapping[str, Any], algorithm: str = "ES256", kid: str | None = None) -> str:
    return jwt.encode(dict(claims), KEYS[algorithm], algorithm, headers={"kid": kid or algorithm})


def why(token: str, keys: tuple[dict[str, Any], ...] | None = None) -> str:
    """Return the failed point, or nothing when the token is believed."""
    answer = read_id_token(token, keys=jwks() if keys is None else keys, expected=EXPECTED, at=AT)
    return str(answer.facts["why"]) if isinstance(answer, Refusal) else ""


@pytest.mark.parametrize("algorithm", KEYS)
def test_an_honest_token_is_believed_whatever_kind_of_key_signs_it(algorithm: str) -> None:
    answer = read_id_token(signed(CLAIMS, algorithm), keys=jwks(), expected=EXPECTED, at=AT)
    assert answer == CLAIMS


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"iss": "https://dinh-danh.example/"}, "issuer"),
        ({"aud": "another"}, "audience"),
        ({"aud": ["province"]}, ""),
        ({"aud": ["province", "another"]}, "authorised party"),
        ({"aud": ["province", "another"], "azp": "province"}, ""),
        ({"azp": "another"}, "authorised party"),
        ({"exp": NOW - 59}, ""),
        ({"exp": NOW - 60}, "expired"),
        ({"iat": NOW + 60}, ""),
        ({"iat": NOW + 61}, "not yet valid"),
        ({"iat": NOW - 16 * 60}, ""),
        ({"iat": NOW - 16 * 60 - 1}, "too old"),
        ({"nonce": "n-0S6_WzA2MJ"}, "nonce"),
        ({"nonce": None}, "missing claim"),
        ({"sub": ""}, "missing claim"),
        ({"exp": None}, "missing claim"),
        ({"exp": "soon"}, "time"),
        ({"iat": True}, "time"),
        ({"exp": 10**30}, "time"),
    ],
)
def test_one_claim_at_a_time(changes: dict[str, Any], expected: str) -> None:
    claims = {key: value for key, value in {**CLAIMS, **changes}.items() if value is not None}
    assert why(signed(claims)) == expected


def test_the_hash_of_the_access_token_must_be_its_own() -> None:
    def half(token: str) -> str:
        return base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()[:16]).rstrip(b"=").decode()

    assert why(signed({**CLAIMS, "at_hash": half("SlAV32hkKG")})) == ""
    assert why(signed({**CLAIMS, "at_hash": half("another")})) == "access token"


def test_a_changed_letter_breaks_the_signature() -> None:
    head, body, signature = signed(CLAIMS).split(".")
    forged = base64.urlsafe_b64encode(json.dumps({**CLAIMS, "sub": "1"}).encode()).rstrip(b"=").decode()
    assert why(f"{head}.{forged}.{signature}") == "signature"
    assert why(f"{head}.{body}.") == "signature"


def test_no_signature_and_no_shared_secret_count() -> None:
    assert why(jwt.encode(CLAIMS, "", "none")) == "algorithm"
    by_secret = jwt.encode(CLAIMS, "x" * 64, "HS256", headers={"kid": "RS256"})
    assert why(by_secret) == "algorithm"


def test_a_key_signs_only_in_its_own_way() -> None:
    assert why(signed(CLAIMS, "ES256", kid="RS256")) == "signature"


@pytest.mark.parametrize(("kid", "expected"), [("unknown", "key"), ("ES256", "")])
def test_the_key_is_one_that_the_provider_published(kid: str, expected: str) -> None:
    assert why(signed(CLAIMS, kid=kid)) == expected


def test_a_token_without_key_name_is_believed_when_there_is_one_key_only() -> None:
    token = jwt.encode(CLAIMS, KEYS["ES256"], "ES256")
    assert why(token) == "key"
    assert why(token, tuple(key for key in jwks() if key["kid"] == "ES256")) == ""


def test_a_key_for_encryption_does_not_sign() -> None:
    assert why(signed(CLAIMS), tuple({**key, "use": "enc"} for key in jwks())) == "key"


@pytest.mark.parametrize("token", ["", "a.b.c", "đ", "." * 5])
def test_what_is_no_token_is_refused(token: str) -> None:
    assert why(token) == "unreadable"
