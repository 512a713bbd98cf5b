"""
What makes an identity provider's answer believable: OpenID Connect Core 1.0, section 3.1.3.7, every point of it.

The token comes straight from the provider over TLS, and the standard then lets a client skip the signature. We do
not: a province runs behind proxies that open TLS, and the log of a refused answer must be able to say why.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import jwt

from vanlang.kernel.errors import Refusal

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures by a private key only: never `none`, never a shared secret."""

LEEWAY = dt.timedelta(seconds=60)
"""How far apart the two clocks may be."""

LONGEST_AGE = dt.timedelta(minutes=15)
"""An older token was made for another sign-in."""

_REQUIRED = ("iss", "sub", "aud", "exp", "iat", "nonce")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What we asked, as far as the answer must agree with it."""

    issuer: str
    client_id: str
    nonce: str
    access_token: str
    """The token that came along; the id_token's `at_hash`, where present, must be its."""


def key_id_of(token: str) -> str | None:
    """Return the `kid` that an unverified token names, or None."""
    try:
        return str(jwt.get_unverified_header(token)["kid"])
    except (jwt.InvalidTokenError, KeyError):
        return None


def knows_key(keys: Sequence[Mapping[str, Any]], key_id: str | None) -> bool:
    """Return whether the provider's published `keys` hold the one that a token names."""
    return key_id is None or any(key.get("kid") == key_id for key in keys)


def read_id_token(
    token: str, *, keys: Sequence[Mapping[str, Any]], expected: Expected, at: dt.datetime
) -> Mapping[str, Any] | Refusal:
    """
    Return the claims of `token` when it is what `expected` describes at the instant `at`, else why not.

    Shapes: `keys` is the `keys` member of the provider's JWKS. The refusal's fact `why` names the failed point, for
    the log; the person reads the same sentence for all of them.
    """
    claims = _signed_claims(token, keys)
    if isinstance(claims, str):
        return _refusal(claims)
    why = _first_fault(claims, expected, at)
    return _refusal(why) if why else claims


def _signed_claims(token: str, keys: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | str:
    try:
        header = jwt.get_unverified_header(token)
    except jwt.InvalidTokenError:
        return "unreadable"
    if header.get("alg") not in ALGORITHMS:
        return "algorithm"
    candidates = [
        key for key in keys if key.get("use", "sig") == "sig" and header.get("kid") in (None, key.get("kid"))
    ]
    if len(candidates) != 1:
        return "key"
    try:
        # PyJWK ties the key to one algorithm, so a public key cannot be passed off as a shared secret
        key = jwt.PyJWK.from_dict(dict(candidates[0]), algorithm=header["alg"])
        return jwt.decode(
            token,
            key,
            algorithms=[header["alg"]],
            options={"verify_aud": False, "verify_exp": False, "verify_iat": False, "verify_nbf": False},
        )
    except jwt.PyJWTError:
        return "signature"


def _first_fault(claims: Mapping[str, Any], expected: Expected, at: dt.datetime) -> str | None:
    if any(not claims.get(name) for name in _REQUIRED):
        return "missing claim"
    audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    issued_at, expires_at = _instant(claims["iat"]), _instant(claims["exp"])
    if issued_at is None or expires_at is None:
        return "time"
    table = (
        ("issuer", claims["iss"] == expected.issuer),
        ("audience", expected.client_id in audience),
        ("authorised party", claims.get("azp", expected.client_id) == expected.client_id),
        ("authorised party", len(audience) == 1 or "azp" in claims),
        ("expired", at < expires_at + LEEWAY),
        ("not yet valid", issued_at <= at + LEEWAY),
        ("too old", at - issued_at <= LONGEST_AGE + LEEWAY),
        ("nonce", hmac.compare_digest(str(claims["nonce"]).encode(), expected.nonce.encode())),
        ("access token", _belongs(claims, expected.access_token)),
    )
    return next((why for why, holds in table if not holds), None)


def _belongs(claims: Mapping[str, Any], access_token: str) -> bool:
    """Check `at_hash`, optional in a code flow: half of the access token's hash, by any hash the algorithms use."""
    told = claims.get("at_hash")
    if told is None:
        return True
    half = [hashlib.new(name, access_token.encode()).digest() for name in ("sha256", "sha384", "sha512")]
    return any(
        hmac.compare_digest(base64.urlsafe_b64encode(one[: len(one) // 2]).rstrip(b"="), str(told).encode())
        for one in half
    )


def _instant(value: object) -> dt.datetime | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return dt.datetime.fromtimestamp(value, dt.UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _refusal(why: str) -> Refusal:
    return Refusal("identity.provider_refused", {"why": why})
