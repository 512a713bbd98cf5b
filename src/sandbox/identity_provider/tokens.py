"""The signed id_token, the key behind it, and the ways to spoil both on demand."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from sandbox.identity_provider.grants import Grant
from sandbox.state import rsa_key

LIFE = timedelta(minutes=5)
SPOILED = frozenset(
    {
        "wrong_nonce",
        "missing_nonce",
        "expired_token",
        "wrong_issuer",
        "wrong_audience",
        "wrong_subject",
        "bad_signature",
        "unknown_key",
        "unsigned_token",
    }
)
"""The misbehaviours of an id_token."""


def _thumbprint(jwk: dict[str, str]) -> str:
    """Return the RFC 7638 thumbprint of an RSA key."""
    canonical = json.dumps(
        {key: jwk[key] for key in ("e", "kty", "n")}, separators=(",", ":"), sort_keys=True
    )
    return base64.urlsafe_b64encode(hashlib.sha256(canonical.encode()).digest()).rstrip(b"=").decode()


def _jwk(key: rsa.RSAPrivateKey) -> dict[str, str]:
    public = jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    jwk = {name: str(public[name]) for name in ("kty", "n", "e")}
    return {**jwk, "kid": _thumbprint(jwk), "use": "sig", "alg": "RS256"}


@dataclass(frozen=True)
class Mint:
    """Makes id_tokens for one issuer."""

    issuer: str
    state: Path

    @cached_property
    def key(self) -> rsa.RSAPrivateKey:
        """The key that the JWKS announces."""
        return rsa_key(self.state / "id_token.key.pem")

    @cached_property
    def stranger(self) -> rsa.RSAPrivateKey:
        """A key that nobody announced."""
        return rsa_key(self.state / "unknown.key.pem")

    @cached_property
    def jwks(self) -> dict[str, object]:
        """The public keys, as the JWKS endpoint shows them."""
        return {"keys": [_jwk(self.key)]}

    def claims(self, grant: Grant, access_token: str, at: datetime) -> dict[str, object]:
        """Return the claims of an honest id_token."""
        half = hashlib.sha256(access_token.encode()).digest()[:16]
        claims: dict[str, object] = {
            "iss": self.issuer,
            "sub": grant.subject,
            "aud": grant.request.client_id,
            "azp": grant.request.client_id,
            "iat": int(at.timestamp()),
            "exp": int((at + LIFE).timestamp()),
            "auth_time": int(grant.signed_in_at.timestamp()),
            "at_hash": base64.urlsafe_b64encode(half).rstrip(b"=").decode(),
            "sid": hashlib.sha256(grant.session.encode()).hexdigest()[:32],
            "acr": "urn:vn:sandbox:level:2",
            "amr": ["sandbox"],
        }
        if grant.request.nonce is not None:
            claims["nonce"] = grant.request.nonce
        return claims

    def id_token(self, claims: dict[str, object], misdeed: str | None = None) -> str:
        """Return `claims` signed, or spoiled in the way of `misdeed`."""
        told = _spoil_claims(claims, misdeed)
        if misdeed == "unsigned_token":
            return jwt.encode(told, "", algorithm="none")
        key = self.stranger if misdeed == "unknown_key" else self.key
        token = jwt.encode(told, key, algorithm="RS256", headers={"kid": _jwk(key)["kid"]})
        return _break_signature(token) if misdeed == "bad_signature" else token

    def subject_of_hint(self, token: str, client_ids: list[str]) -> tuple[str, str] | None:
        """Return (client id, session hash) of an id_token of ours shown at sign-out, expired or not."""
        try:
            claims = jwt.decode(
                token,
                self.key.public_key(),
                algorithms=["RS256"],
                audience=client_ids,
                issuer=self.issuer,
                options={"verify_exp": False},
            )
        except jwt.InvalidTokenError:
            return None
        return str(claims["aud"]), str(claims.get("sid", ""))


def _spoil_claims(claims: dict[str, object], misdeed: str | None) -> dict[str, object]:
    hours_ago = int(str(claims["iat"])) - 7200
    changes: dict[str | None, dict[str, object]] = {
        "wrong_nonce": {"nonce": "another-nonce"},
        "expired_token": {"iat": hours_ago, "auth_time": hours_ago, "exp": hours_ago + 300},
        "wrong_issuer": {"iss": "https://another-issuer.example"},
        "wrong_audience": {"aud": "another-client", "azp": "another-client"},
        "wrong_subject": {"sub": "sandbox-9999"},
    }
    told = {**claims, **changes.get(misdeed, {})}
    if misdeed == "missing_nonce":
        told.pop("nonce", None)
    return told


def _break_signature(token: str) -> str:
    head, body, signature = token.split(".")
    raw = bytearray(base64.urlsafe_b64decode(signature + "=="))
    raw[10] ^= 0xFF
    return f"{head}.{body}.{base64.urlsafe_b64encode(raw).rstrip(b'=').decode()}"
