"""
The sandbox as the platform meets it: another process, known by its addresses only.

A test package that needs it writes one line in its `conftest.py`:

    from tests.support.sandbox import fixture_outside as outside

and asks for `outside`: started once per session on free ports, told to behave again before each use of
`outside.fresh()`. Clients of the identity provider are registered on the wire, because a live test server
learns its own port only when it runs.
"""

from __future__ import annotations

import json
import os
import queue
import secrets
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SOURCES = Path(__file__).resolve().parents[2] / "src"
READY_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Outside:
    """The running sandbox."""

    identity_provider: str
    """Issuer of the identity provider; its discovery document is below `/.well-known/openid-configuration`."""

    certificate_authority: str
    """Base of `/enrol`, `/revoke`, `/tsa`, `/ocsp`, `/crl`, `/root.pem`."""

    post_office: str
    """Base of the inbox at `/_sandbox/inbox`, of `/push/…` and of `/messenger/message/template`."""

    national_portal: str
    """Base of `/adapter/…`; what it holds and what it may be ordered to do is below `/_sandbox/`."""

    smtp_port: int
    smpp_port: int
    smtp_certificate: str
    """Path of the certificate to trust."""

    post_password: str
    """What mail server, message centre and messenger want to hear."""

    payment_platform: str
    """Base of `/init`, `/query`, `/refund`, `/statement` and of the page to pay on."""

    payment_secret: str
    """The last of what is under every seal."""
    portal_password: str
    portal_token: str
    """What the national portal wants to hear at login, and what it shows when it pushes."""

    enrolment_token: str
    """The bearer token that `/enrol` and `/revoke` want."""

    def misbehave(self, system: str, mode: str, *, times: int = 1, **options: object) -> None:
        """Tell `system` ("identity_provider", "post_office", …) to do wrong `times` times."""
        self._control(system, "misbehave", {"mode": mode, "times": times, **options})

    def fresh(self) -> Outside:
        """Make every server behave again and forget its visitors."""
        self._control("identity_provider", "reset", {})
        self._control("certificate_authority", "reset", {})
        self._control("post_office", "reset", {})
        self._control("payment_platform", "reset", {})
        self._control("national_portal", "reset", {})
        return self

    def register_client(
        self, *, redirect_uris: list[str], logout_uris: list[str] | None = None
    ) -> tuple[str, str]:
        """Register a client of the identity provider; return its id and its secret."""
        name, secret = f"client-{secrets.token_hex(4)}", secrets.token_urlsafe(24)
        body = {"client_id": name, "client_secret": secret, "redirect_uris": redirect_uris}
        self._control(
            "identity_provider", "clients", {**body, "post_logout_redirect_uris": logout_uris or []}
        )
        return name, secret

    def inbox(self, channel: str = "", to: str = "") -> list[dict[str, Any]]:
        """Return what arrived at the post office, oldest first."""
        found = get(f"{self.post_office}/_sandbox/inbox?channel={channel}&to={to}")
        items: list[dict[str, Any]] = json.loads(found)["items"]
        return items

    def subscribe_browser(self) -> dict[str, Any]:
        """Return the subscription of a new browser, as it would hand it to a website."""
        subscription: dict[str, Any] = json.loads(post(f"{self.post_office}/_sandbox/subscriptions", {}))
        return subscription

    def province_is_at(self, url: str) -> None:
        """Say where callbacks go: a live server learns its own port only when it runs."""
        self._control("payment_platform", "province", {"url": url})

    def revoke(self, serial: int, *, reason: str = "keyCompromise", at: str | None = None) -> None:
        """Revoke a certificate, from `at` (ISO instant with zone) or from now."""
        body = {"serial": str(serial), "reason": reason} | ({"at": at} if at else {})
        post(f"{self.certificate_authority}/revoke", body, token=self.enrolment_token)

    def root(self) -> bytes:
        """Return the root certificate as PEM."""
        return get(f"{self.certificate_authority}/root.pem")

    def order(self, system: str, deed: str, **body: object) -> dict[str, Any]:
        """Order `system` to do something in its control room; return its answer."""
        answer: dict[str, Any] = json.loads(self._control(system, deed, body))
        return answer

    def _control(self, system: str, deed: str, body: dict[str, object]) -> bytes:
        return post(f"{getattr(self, system)}/_sandbox/{deed}", body)


def get(url: str) -> bytes:
    """Return the body at a loopback `url`."""
    with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - a loopback address of our own child
        body: bytes = answer.read()
        return body


def post(url: str, body: dict[str, object], *, token: str | None = None) -> bytes:
    """Send `body` as JSON to a loopback `url`, return the answer's body."""
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)  # noqa: S310 - as above
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - as above
        received: bytes = answer.read()
        return received


@contextmanager
def running(state: Path) -> Iterator[Outside]:
    """Start the sandbox as a process, yield it when it answers, stop it by SIGTERM."""
    token, password, payment = secrets.token_urlsafe(24), secrets.token_urlsafe(6), secrets.token_urlsafe(24)
    portal_password, portal_token = secrets.token_urlsafe(12), secrets.token_urlsafe(24)
    environment = {
        **os.environ,
        "PYTHONPATH": str(SOURCES),
        "SANDBOX_ENROLMENT_TOKEN": token,
        "SANDBOX_POST_PASSWORD": password,
        "SANDBOX_PAYMENT_SECRET": payment,
        "SANDBOX_PORTAL_PASSWORD": portal_password,
        "SANDBOX_PORTAL_TOKEN": portal_token,
    }
    command = [sys.executable, "-W", "error", "-m", "sandbox", "--state", str(state)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            told = _ready(process)
            yield Outside(
                identity_provider=told["identity_provider"]["url"],
                certificate_authority=told["certificate_authority"]["url"],
                post_office=told["post_office"]["url"],
                national_portal=told["national_portal"]["url"],
                smtp_port=told["post_office"]["smtp_port"],
                smpp_port=told["post_office"]["smpp_port"],
                smtp_certificate=told["post_office"]["certificate"],
                post_password=password,
                payment_platform=told["payment_platform"]["url"],
                payment_secret=payment,
                portal_password=portal_password,
                portal_token=portal_token,
                enrolment_token=token,
            )
        finally:
            process.terminate()
            assert process.wait(timeout=10) == 0, "the sandbox did not stop cleanly"


def _ready(process: subprocess.Popen[str]) -> dict[str, dict[str, Any]]:
    """Read the ready lines, with a limit: a server that never starts must fail the test, not hang it."""
    lines: queue.Queue[str] = queue.Queue()
    stream = process.stdout
    assert stream is not None
    threading.Thread(target=lambda: [lines.put(line) for line in stream], daemon=True).start()
    servers: dict[str, dict[str, Any]] = {}
    while len(servers) < 5:
        told = json.loads(lines.get(timeout=READY_SECONDS))
        servers[told["system"]] = told
    return servers


@pytest.fixture(scope="session")
def fixture_outside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outside]:
    """The sandbox, one for the whole session."""
    with running(tmp_path_factory.mktemp("sandbox")) as outside:
        yield outside
