"""A push service: takes subscriptions of its own making, checks who posts (RFC 8292), and opens what it was given (RFC 8291)."""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from sandbox.post_office.sealing import unseal
from sandbox.state import write_private


class UnwelcomeError(Exception):
    """Who posts did not say who they are, or wrote what cannot be opened."""


@dataclass(frozen=True, slots=True)
class Browser:
    """One subscription, with the keys that a real push service never has."""

    id: str
    private: ec.EllipticCurvePrivateKey
    auth: bytes

    def shown(self, base_url: str) -> dict[str, object]:
        """Return what the browser hands to the website."""
        point = self.private.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return {
            "endpoint": f"{base_url}/push/{self.id}",
            "keys": {"p256dh": b64(point), "auth": b64(self.auth)},
        }

    def open(self, body: bytes) -> dict[str, object]:
        """Return what was written to this browser. Raises: UnwelcomeError."""
        try:
            opened = json.loads(unseal(body, private=self.private, auth=self.auth))
        except ValueError as unreadable:
            raise UnwelcomeError("cannot be opened") from unreadable
        if not isinstance(opened, dict):
            raise UnwelcomeError("is no object")
        return opened


class Browsers:
    """All subscriptions; kept between two starts, so that a demo keeps its browser."""

    def __init__(self, path: Path) -> None:
        self._path = path
        kept = json.loads(path.read_text()) if path.exists() else {}
        self._known = {name: _browser(name, one["private"], one["auth"]) for name, one in kept.items()}

    def add(self) -> Browser:
        scalar = secrets.randbelow(2**255) + 1
        browser = _browser(secrets.token_urlsafe(12), b64(scalar.to_bytes(32, "big")), b64(os.urandom(16)))
        self._known[browser.id] = browser
        self._save()
        return browser

    def find(self, name: str) -> Browser | None:
        return self._known.get(name)

    def remove(self, name: str) -> None:
        self._known.pop(name, None)
        self._save()

    def _save(self) -> None:
        kept = {
            one.id: {
                "private": b64(one.private.private_numbers().private_value.to_bytes(32, "big")),
                "auth": b64(one.auth),
            }
            for one in self._known.values()
        }
        write_private(self._path, json.dumps(kept).encode())


def check_sender(authorization: str, *, audience: str) -> str:
    """Return who posts, from a VAPID header. Raises: UnwelcomeError."""
    scheme, _, rest = authorization.partition(" ")
    told = dict(part.strip().split("=", 1) for part in rest.split(",") if "=" in part)
    if scheme.lower() != "vapid" or not {"t", "k"} <= set(told):
        raise UnwelcomeError("no VAPID header")
    try:
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unb64(told["k"]))
        claims = jwt.decode(told["t"], key, algorithms=["ES256"], audience=audience)
    except (ValueError, jwt.PyJWTError) as false:
        raise UnwelcomeError(type(false).__name__) from false
    return str(claims.get("sub", ""))


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _browser(name: str, private: str, auth: str) -> Browser:
    key = ec.derive_private_key(int.from_bytes(unb64(private), "big"), ec.SECP256R1())
    return Browser(name, key, unb64(auth))
