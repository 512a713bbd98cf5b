"""Secrets of this installation: made at the first start, kept in `.state/secrets.json`, readable by the owner only."""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Callable
from pathlib import Path

MAKERS: dict[str, Callable[[], str]] = {
    "VANLANG_SECRET_KEY": lambda: secrets.token_urlsafe(48),
    "VANLANG_KEY_ENCRYPTION_KEY": lambda: base64.b64encode(secrets.token_bytes(32)).decode(),
    "VANLANG_OIDC_CLIENT_SECRET": lambda: secrets.token_urlsafe(24),
    "VANLANG_SIGNING_AUTHORITY_TOKEN": lambda: secrets.token_urlsafe(24),
    "VANLANG_POST_PASSWORD": lambda: secrets.token_urlsafe(6),
    "VANLANG_PORTAL_PASSWORD": lambda: secrets.token_urlsafe(12),
    "VANLANG_PORTAL_TOKEN": lambda: secrets.token_urlsafe(24),
    "VANLANG_PAYMENT_SECRET": lambda: secrets.token_urlsafe(24),
    "VANLANG_VAPID_PRIVATE_KEY": lambda: base64.urlsafe_b64encode(_scalar()).rstrip(b"=").decode(),
    "VANLANG_DEMO_PASSWORD": lambda: "vl-" + secrets.token_urlsafe(9),
}


def _scalar() -> bytes:
    """Return a private key on P-256: a number below the curve's order, which begins with thirty-two ones."""
    return (secrets.randbelow(2**255) + 1).to_bytes(32, "big")


def installation_secrets(state: Path) -> dict[str, str]:
    """Return the secrets by the name of their environment variable; what the environment sets already wins."""
    path = state / "secrets.json"
    known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    missing = {name: make() for name, make in MAKERS.items() if name not in known}
    if missing:
        known |= missing
        state.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(json.dumps(known, indent=1))
    return {name: os.environ.get(name, value) for name, value in known.items()}
