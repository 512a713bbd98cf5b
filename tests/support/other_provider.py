"""
Another OpenID Connect server, unlike the sandbox wherever the standard leaves the choice.

Its issuer has a path, it signs with ES256, wants the client's secret in the form, has no user-info, puts everything
in the id_token under names of its own, and asks nobody anything: whoever arrives is Ông Tám.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

CLIENT, SECRET = "tinh-khac", "bí-mật-của-tỉnh"


@dataclass
class OtherProvider:
    base: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    asked: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def issuer(self) -> str:
        return f"{self.base}/realms/tinh"

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.base}/vao",
            "token_endpoint": f"{self.base}/the",
            "jwks_uri": f"{self.base}/khoa",
        }

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": "2026", "alg": "ES256"}]}

    def authorize(self, asked: dict[str, str]) -> str:
        code = secrets.token_urlsafe(16)
        self.asked[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        asked = self.asked.pop(form.get("code", ""), None)
        if asked is None or (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET):
            return None
        claims = {
            "iss": self.issuer,
            "sub": "8",
            "aud": [CLIENT],
            "azp": CLIENT,
            "nonce": asked["nonce"],
            "iat": int(time.time()),
            "exp": int(time.time()) + 60,
            "name": "Phạm Văn Tám",
            "birthdate": "1960-08-08",
            "phone_number": "+84900000008",
            "address": {"formatted": "Xã Phù Ninh"},
            "vn:citizen_id": "025060000008",
        }
        token = jwt.encode(claims, self.key, "ES256", headers={"kid": "2026"})
        return {"access_token": secrets.token_urlsafe(), "token_type": "Bearer", "id_token": token}


@contextmanager
def serving() -> Iterator[OtherProvider]:
    """Serve on a free loopback port until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.provider = OtherProvider(f"http://127.0.0.1:{server.server_address[1]}")  # type: ignore[attr-defined] # the handler's way to it
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.provider  # type: ignore[attr-defined] # as above
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


class _Handler(BaseHTTPRequestHandler):
    @property
    def provider(self) -> OtherProvider:
        return self.server.provider  # type: ignore[attr-defined, no-any-return] # set in `serving`

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/vao":
            self.send_response(302)
            self.send_header("Location", self.provider.authorize(_flat(parts.query)))
            self.end_headers()
            return
        pages = {
            "/realms/tinh/.well-known/openid-configuration": self.provider.discovery,
            "/khoa": self.provider.keys,
        }
        page = pages.get(parts.path)
        self._answer(200 if page else 404, page() if page else {})

    def do_POST(self) -> None:
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        tokens = self.provider.token(_flat(form))
        self._answer(200 if tokens else 401, tokens or {"error": "invalid_client"})

    def _answer(self, status: int, value: dict[str, Any]) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def _flat(query: str) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(query).items()}
