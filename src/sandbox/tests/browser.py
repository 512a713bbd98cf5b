"""A client on the wire: a browser with cookies that does not follow redirects, and a relying party's moves."""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import re
import secrets
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

from sandbox.tests.conftest import REDIRECT

CLIENT_ID = "vanlang"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, object]:
        value: dict[str, object] = json.loads(self.body)
        return value

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def sent_to(self) -> dict[str, str]:
        """The values in the address that the browser is sent to."""
        return {key: values[0] for key, values in parse_qs(urlsplit(self.headers["location"]).query).items()}


@dataclass
class Browser:
    base: str
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        connection = http.client.HTTPConnection(urlsplit(self.base).netloc, timeout=10)
        told = dict(headers or {})
        if self.cookies:
            told["Cookie"] = "; ".join(f"{key}={value}" for key, value in self.cookies.items())
        try:
            connection.request(method, path, body, told)
            answer = connection.getresponse()
            headers_in = {key.lower(): value for key, value in answer.getheaders()}
            self._remember(headers_in.get("set-cookie"))
            return Answer(answer.status, headers_in, answer.read())
        finally:
            connection.close()

    def _remember(self, told: str | None) -> None:
        for name, morsel in SimpleCookie(told or "").items():
            if morsel["max-age"] == "0":
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value

    def get(self, path: str, **query: str) -> Answer:
        return self.ask("GET", f"{path}?{urlencode(query)}" if query else path)

    def form(self, path: str, fields: dict[str, str], headers: dict[str, str] | None = None) -> Answer:
        content = {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
        return self.ask("POST", path, urlencode(fields).encode(), content)

    def send(self, path: str, value: object, headers: dict[str, str] | None = None) -> Answer:
        return self.ask(
            "POST", path, json.dumps(value).encode(), {"Content-Type": "application/json", **(headers or {})}
        )

    def misbehave(self, mode: str, **options: object) -> None:
        assert self.send("/_sandbox/misbehave", {"mode": mode, **options}).status == 200


def challenge_of(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


@dataclass
class RelyingParty:
    """Signs a person in, step by step, so that a test can go wrong at any of them."""

    browser: Browser
    secret: str
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    state: str = field(default_factory=lambda: secrets.token_urlsafe(8))
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(8))

    def request(self, **changes: str | None) -> dict[str, str]:
        asked: dict[str, str | None] = {
            "response_type": "code",
            "client_id": CLIENT_ID,
            "redirect_uri": REDIRECT,
            "scope": "openid profile",
            "state": self.state,
            "nonce": self.nonce,
            "code_challenge": challenge_of(self.verifier),
            "code_challenge_method": "S256",
            **changes,
        }
        return {key: value for key, value in asked.items() if value is not None}

    def authorize(self, **changes: str | None) -> Answer:
        return self.browser.get("/authorize", **self.request(**changes))

    def choose(self, page: Answer, person: str = "sandbox-0001", deed: str = "sign_in") -> Answer:
        found = re.search(r'name="request" value="([^"]+)"', page.text)
        assert found, page.text
        fields = {"request": found[1], "person": person, "consent": "yes", "deed": deed}
        return self.browser.form("/login", fields)

    def code(self, person: str = "sandbox-0001") -> str:
        return self.choose(self.authorize(), person).sent_to["code"]

    def exchange(self, code: str, *, basic: tuple[str, str] | None = None, **changes: str) -> Answer:
        name, secret = basic or (CLIENT_ID, self.secret)
        header = "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": REDIRECT,
            "code_verifier": self.verifier,
            **changes,
        }
        return self.browser.form("/token", fields, {"Authorization": header})

    def userinfo(self, token: str) -> Answer:
        return self.browser.ask("GET", "/userinfo", headers={"Authorization": f"Bearer {token}"})


def relying_party(base: str, state: Path) -> RelyingParty:
    return RelyingParty(Browser(base), (state / "identity" / "client.secret").read_text().strip())
