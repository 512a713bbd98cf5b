"""A mail server: aiosmtpd with STARTTLS and AUTH, on a loop of its own, that can be taken off the air and put back."""

from __future__ import annotations

import asyncio
import datetime as dt
import ipaddress
import socket
import ssl
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from sandbox.post_office.inbox import Inbox, Item
from sandbox.state import write_private
from sandbox.wire import Plan

PATH = "/smtp"
NOBODY = "khong-co"
"""Addresses that begin with this have nobody behind them, always."""
ANSWERS = {
    "temporary": "451 4.3.0 Try again later",
    "throttle": "450 4.7.1 Too many messages, slow down",
    "permanent": "550 5.1.1 No such mailbox",
    "reject": "554 5.7.1 Message refused",
    "refuse": "451 4.3.2 System not accepting messages",
    "nonsense": "xyzzy",
}
"""What is said at RCPT TO."""
MODES = frozenset({*ANSWERS, "down", "slow", "nonsense_after_data", "drop_after_accept", "hang_up"})


class MailServer:
    """Listens at one port from `start` to `stop`; `pause` closes the port for real."""

    def __init__(self, *, inbox: Inbox, plan: Plan, state: Path, password: str, host: str, port: int) -> None:
        self._inbox, self._plan, self._password = inbox, plan, password
        self._host, self.port = host, port
        self.certificate = state / "smtp-cert.pem"
        self._tls = _tls_context(self.certificate, state / "smtp-key.pem", host)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server: asyncio.Server | None = None

    def start(self) -> None:
        self._thread.start()
        self.resume()

    def stop(self) -> None:
        self.pause()
        self._run(self._drain())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=5)
        self._loop.close()

    def pause(self) -> None:
        """Refuse connections, as a server that is down does."""
        server, self._server = self._server, None
        if server is not None:
            self._run(_close(server))

    def resume(self) -> None:
        if self._server is None:
            self._server = self._run(self._listen())
            self.port = self._server.sockets[0].getsockname()[1]

    def _run(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=10)

    async def _listen(self) -> asyncio.Server:
        listener = socket.create_server((self._host, self.port))
        return await self._loop.create_server(self._make, sock=listener)

    async def _drain(self) -> None:
        tasks = [task for task in asyncio.all_tasks(self._loop) if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _make(self) -> SMTP:
        return SMTP(
            _Desk(self._inbox, self._plan),
            hostname="mail.sandbox.example",
            ident="Sandbox",
            enable_SMTPUTF8=False,
            tls_context=self._tls,
            require_starttls=True,
            auth_required=True,
            authenticator=self._check,
            loop=self._loop,
        )

    def _check(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
    ) -> AuthResult:
        known = isinstance(data, LoginPassword) and data.password == self._password.encode()
        return AuthResult(success=known, handled=known)


class _Desk:
    """What the server does with recipients and letters."""

    def __init__(self, inbox: Inbox, plan: Plan) -> None:
        self._inbox, self._plan = inbox, plan

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if slow := self._plan.take({"slow"}, PATH):
            await asyncio.sleep(slow.milliseconds / 1000)
        if self._plan.take({"hang_up"}, PATH):
            _cut(server)
            return "421 4.3.0 Goodbye"
        if misdeed := self._plan.take(ANSWERS, PATH):
            return ANSWERS[misdeed.mode]
        if address.startswith(NOBODY):
            return ANSWERS["permanent"]
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        parsed = message_from_bytes(content, policy=policy.default)
        for address in envelope.rcpt_tos:
            self._inbox.add(_item(parsed, address))
        if self._plan.take({"drop_after_accept"}, PATH):
            _cut(server)
        if self._plan.take({"nonsense_after_data"}, PATH):
            return "xyzzy"
        return "250 2.0.0 Accepted"


def _cut(server: SMTP) -> None:
    if isinstance(server.transport, asyncio.WriteTransport):
        server.transport.abort()


def _item(parsed: EmailMessage, address: str) -> Item:
    return Item(
        channel="email",
        to=address,
        subject=str(parsed["Subject"] or ""),
        text=_part(parsed, "plain"),
        html=_part(parsed, "html"),
        facts={name: str(value) for name, value in parsed.items() if name not in {"To", "Subject"}},
    )


def _part(parsed: EmailMessage, kind: str) -> str:
    body = parsed.get_body((kind,))
    return str(body.get_content()) if body is not None else ""


async def _close(server: asyncio.Server) -> None:
    server.close()


def _tls_context(certificate: Path, key: Path, host: str) -> ssl.SSLContext:
    if not (certificate.exists() and key.exists()):
        _make_certificate(certificate, key, host)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def _make_certificate(certificate: Path, key: Path, host: str) -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Sandbox mail server")])
    begins = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)  # noqa: TID251 - the sandbox has its own clock
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + dt.timedelta(days=3650))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(private, hashes.SHA256())
    )
    write_private(certificate, made.public_bytes(serialization.Encoding.PEM))
    write_private(
        key,
        private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ),
    )
