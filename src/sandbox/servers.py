"""
Start the stand-ins, all in one process.

`running(state)` is for tests that live beside the sandbox; anything that belongs to the platform starts
`python -m sandbox` as a process of its own and reads one JSON line per server.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from typing_extensions import override
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from sandbox.certificate_authority.authority import CertificateAuthority
from sandbox.identity_provider.grants import Client
from sandbox.identity_provider.people import PEOPLE, Person, read_people
from sandbox.identity_provider.provider import IdentityProvider, read_clients
from sandbox.national_portal.portal import NationalPortal, Secrets
from sandbox.payment_platform.platform import PaymentPlatform
from sandbox.post_office.office import PostOffice
from sandbox.state import secret
from sandbox.wire import Station

HOST = "127.0.0.1"
CLIENT_SECRET = "SANDBOX_IDENTITY_CLIENT_SECRET"
ENROLMENT_TOKEN = "SANDBOX_ENROLMENT_TOKEN"
POST_PASSWORD = "SANDBOX_POST_PASSWORD"
PAYMENT_SECRET = "SANDBOX_PAYMENT_SECRET"
PORTAL_PASSWORD = "SANDBOX_PORTAL_PASSWORD"
PORTAL_TOKEN = "SANDBOX_PORTAL_TOKEN"


@dataclass(frozen=True, slots=True)
class Plan:
    """What to start, and where. Port 0 takes any free one."""

    state: Path
    identity_port: int = 0
    authority_port: int = 0
    post_port: int = 0
    smtp_port: int = 0
    smpp_port: int = 0
    payment_port: int = 0
    payment_partner: str = "VANLANG"
    province_url: str = ""
    """Where callbacks and pushes go; empty until the control room names a province."""
    portal_port: int = 0
    session_seconds: int = 1800
    client_id: str = "vanlang"
    redirect_uris: Sequence[str] = ()
    logout_uris: Sequence[str] = ()
    clients_file: Path | None = None
    people_file: Path | None = None

    def people(self) -> tuple[Person, ...]:
        """Return who can sign in: our few, and those of the file."""
        return PEOPLE + (read_people(self.people_file) if self.people_file else ())

    def clients(self) -> dict[str, Client]:
        """Return the registered clients: those of the file, and the one given by its addresses."""
        clients = read_clients(self.clients_file) if self.clients_file else {}
        if self.redirect_uris:
            clients[self.client_id] = Client(
                id=self.client_id,
                secret=secret(self.state / "identity" / "client.secret", CLIENT_SECRET),
                name="Cổng dịch vụ của tỉnh",
                redirect_uris=frozenset(self.redirect_uris),
                logout_uris=frozenset(self.logout_uris),
            )
        return clients


@dataclass(frozen=True, slots=True)
class Urls:
    """Where the stand-ins answer."""

    identity_provider: str
    certificate_authority: str
    post_office: str
    payment_platform: str
    national_portal: str
    stations: tuple[Station, ...]

    def ready(self) -> list[dict[str, object]]:
        """Return what the entry point prints, one line per server."""
        return [station.ready() for station in self.stations]


class QuietHandler(WSGIRequestHandler):
    """Log nothing: the addresses of the sandbox carry codes and tokens."""

    disable_nagle_algorithm = True
    """Head and body leave at once: on a kept connection the client would wait 40 ms for the second of them."""

    @override
    def log(self, type: str, message: str, *args: object) -> None:
        """Drop the message."""


@contextmanager
def serving(port: int, make: Callable[[str], Station]) -> Iterator[Station]:
    """Serve the station that `make` builds for its base URL, on a thread, until the block ends."""
    with socket.create_server((HOST, port)) as listener:
        base_url = f"http://{HOST}:{listener.getsockname()[1]}"
        station = make(base_url)
        server: BaseWSGIServer = make_server(
            HOST,
            listener.getsockname()[1],
            station,
            threaded=True,
            request_handler=QuietHandler,
            fd=listener.fileno(),
        )
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield station
        finally:
            server.shutdown()
            server.server_close()
            thread.join(timeout=5)


@contextmanager
def running(state: Path | str, plan: Plan | None = None) -> Iterator[Urls]:
    """
    Start every stand-in and yield its addresses; stop them when the block ends.

    The identity provider comes up last: when it answers, all of them do.
    """
    plan = plan or Plan(Path(state))
    token = secret(plan.state / "authority" / "enrolment.token", ENROLMENT_TOKEN)
    with ExitStack() as stack:
        authority = stack.enter_context(
            serving(
                plan.authority_port, lambda url: CertificateAuthority(url, plan.state / "authority", token)
            )
        )
        post = stack.enter_context(_post_office(plan))
        payment = stack.enter_context(_payment_platform(plan))
        portal = stack.enter_context(_national_portal(plan))
        identity = stack.enter_context(
            serving(
                plan.identity_port,
                lambda url: IdentityProvider(url, plan.state / "identity", plan.clients(), plan.people()),
            )
        )
        yield Urls(
            identity.base_url,
            authority.base_url,
            post.base_url,
            payment.base_url,
            portal.base_url,
            (identity, authority, post, payment, portal),
        )


@contextmanager
def _post_office(plan: Plan) -> Iterator[Station]:
    """Open the post office: its pages, its mail server, its text message centre."""
    password = secret(plan.state / "post" / "password.secret", POST_PASSWORD)

    def make(url: str) -> PostOffice:
        return PostOffice(
            url, plan.state / "post", password, host=HOST, smtp_port=plan.smtp_port, smpp_port=plan.smpp_port
        )

    with serving(plan.post_port, make) as station:
        if not isinstance(station, PostOffice):
            raise TypeError(station.system)
        station.start()
        try:
            yield station
        finally:
            station.stop()


@contextmanager
def _payment_platform(plan: Plan) -> Iterator[Station]:
    """Open the payment platform: its pages, and the thread of its callbacks."""
    known = secret(plan.state / "payment" / "partner.secret", PAYMENT_SECRET)

    def make(url: str) -> PaymentPlatform:
        return PaymentPlatform(
            url, plan.state / "payment", known, province_url=plan.province_url, partner=plan.payment_partner
        )

    with serving(plan.payment_port, make) as station:
        if not isinstance(station, PaymentPlatform):
            raise TypeError(station.system)
        station.start()
        try:
            yield station
        finally:
            station.stop()


@contextmanager
def _national_portal(plan: Plan) -> Iterator[Station]:
    """Open the national portal, and let it push."""
    state = plan.state / "portal"
    known = Secrets(
        password=secret(state / "password.secret", PORTAL_PASSWORD),
        token=secret(state / "push.token", PORTAL_TOKEN),
    )

    def make(url: str) -> NationalPortal:
        return NationalPortal(
            url, state, known, province=plan.province_url, session_seconds=plan.session_seconds
        )

    with serving(plan.portal_port, make) as station:
        if not isinstance(station, NationalPortal):
            raise TypeError(station.system)
        station.start()
        try:
            yield station
        finally:
            station.stop()
