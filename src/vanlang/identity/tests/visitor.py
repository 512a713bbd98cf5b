"""A citizen's browser: our site through Django's test client, the identity provider on the wire."""

from __future__ import annotations

import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from http.client import HTTPMessage
from http.cookiejar import CookieJar
from typing import IO, Any

from django.test import Client

CALLBACK = "http://testserver/tai-khoan/oidc/national/login/callback/"
LAN, HUNG, HUYEN = "sandbox-0001", "sandbox-0002", "sandbox-0007"


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        return None


@dataclass
class Visitor:
    client: Client = field(default_factory=Client)
    jar: CookieJar = field(default_factory=CookieJar)

    def leave(self, back_to: str = "") -> str:
        """Press the button of the sign-in page; return the provider's address that we are sent to."""
        answer = self.client.post("/tai-khoan/oidc/national/login/", {"next": back_to})
        assert answer.status_code == 303, answer.content.decode()
        return str(answer["Location"])

    def choose(self, address: str, person: str = LAN, deed: str = "sign_in") -> str:
        """Pick a person on the provider's page; return the address that it sends the browser back to."""
        _, page = self.ask(address)
        found = re.search(r'name="request" value="([^"]+)"', page)
        assert found, page
        fields = {"request": found[1], "person": person, "consent": "yes", "deed": deed}
        location, _ = self.ask(
            urllib.parse.urljoin(address, "/login"), urllib.parse.urlencode(fields).encode()
        )
        return location

    def come_back(self, address: str) -> Any:
        """Follow the provider's redirect to our site."""
        return self.client.get(address.removeprefix("http://testserver"))

    def sign_in(self, person: str = LAN, back_to: str = "") -> Any:
        """Go there and back."""
        return self.come_back(self.choose(self.leave(back_to), person))

    def ask(self, address: str, body: bytes | None = None) -> tuple[str, str]:
        opener = urllib.request.build_opener(_NoRedirects, urllib.request.HTTPCookieProcessor(self.jar))
        try:
            with opener.open(address, body, timeout=20) as answer:
                return "", answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.headers.get("Location", ""), error.read().decode()
