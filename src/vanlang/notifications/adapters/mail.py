"""
E-mail by SMTP (RFC 5321): STARTTLS or TLS, AUTH, one connection for a batch.

The Message-ID is the delivery's: a letter sent twice after a crash is the same letter to whoever files it. Signing with DKIM is
the relay's work, as the key is; answers that come later to the return address (RFC 3464) are not read here.
"""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from typing_extensions import override

from vanlang.notifications.ports import Carried, Carrier, Parcel
from vanlang.notifications.rules.smtp_codes import verdict_of
from vanlang.notifications.rules.wording import as_html, as_text
from vanlang.notifications.types import NoticeChannel, NoticeKind, ProviderVerdict


@dataclass(frozen=True, slots=True)
class Relay:
    """Where letters are handed in."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    tls: str = "starttls"
    """"starttls", "tls" from the first byte, or "none" (a relay on the same machine)."""
    ca_file: str = ""
    seconds: float = 20


class MailCarrier(Carrier):
    """One relay."""

    channel = NoticeChannel.EMAIL

    def __init__(self, name: str, relay: Relay, *, sender: str) -> None:
        self.name, self._relay, self._sender = name, relay, sender

    @override
    def carry(self, parcels: Sequence[Parcel]) -> Iterator[Carried]:
        if not parcels:
            return
        try:
            smtp = self._connect()
        except (OSError, smtplib.SMTPException) as silence:
            yield Carried(parcels[0].reference, ProviderVerdict.UNREACHABLE, _code(silence))
            return
        try:
            for parcel in parcels:
                result = self._carry(smtp, parcel)
                yield result
                if result.verdict in {
                    ProviderVerdict.UNREACHABLE,
                    ProviderVerdict.UNCLEAR,
                    ProviderVerdict.THROTTLED,
                }:
                    return
        finally:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                smtp.quit()
            smtp.close()

    def _connect(self) -> smtplib.SMTP:
        """Return a relay that knows us. Raises: OSError, SMTPException: nothing was handed over."""
        relay = self._relay
        context = ssl.create_default_context(cafile=relay.ca_file or None)
        smtp: smtplib.SMTP
        if relay.tls == "tls":
            smtp = smtplib.SMTP_SSL(relay.host, relay.port, timeout=relay.seconds, context=context)
        else:
            smtp = smtplib.SMTP(relay.host, relay.port, timeout=relay.seconds)
        try:
            if relay.tls == "starttls":
                smtp.starttls(context=context)
            if relay.user:
                smtp.login(relay.user, relay.password)
            smtp.ehlo_or_helo_if_needed()
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _carry(self, smtp: smtplib.SMTP, parcel: Parcel) -> Carried:
        """Hand over one letter: until its last line was sent, a broken connection has taken nothing."""
        try:
            for code, answer in (smtp.mail(self._sender), smtp.rcpt(parcel.to)):
                if code not in {250, 251}:
                    smtp.rset()
                    return _refused(parcel, code, answer)
            code, answer = smtp.docmd("data")
            if code != 354:
                return _refused(parcel, code, answer)
        except (OSError, smtplib.SMTPException) as silence:
            return Carried(parcel.reference, ProviderVerdict.UNREACHABLE, _code(silence))
        try:
            smtp.send(_quoted(letter_of(parcel, self._sender).as_bytes(policy=SMTP)))
            code, answer = smtp.getreply()
        except (OSError, smtplib.SMTPException) as silence:
            return Carried(parcel.reference, ProviderVerdict.UNCLEAR, _code(silence))
        if code == 250:
            return Carried(
                parcel.reference, ProviderVerdict.ACCEPTED, "250", message_id(parcel, self._sender)
            )
        verdict = ProviderVerdict.UNCLEAR if code < 400 else verdict_of(code, answer.decode(errors="replace"))
        return Carried(parcel.reference, verdict, str(code))


def letter_of(parcel: Parcel, sender: str) -> EmailMessage:
    """Return the parcel as a letter: text and HTML of the same words, and how to stop in one click (RFC 8058)."""
    letter, message = parcel.letter, EmailMessage(policy=SMTP)
    message["From"] = Address(display_name=letter.agency, addr_spec=sender)
    message["To"] = parcel.to
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(parcel.at)
    message["Message-ID"] = message_id(parcel, sender)
    message["Auto-Submitted"] = "auto-generated"
    if parcel.kind is not NoticeKind.DUTY:
        message["List-Unsubscribe"] = f"<{letter.stop_link}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(as_text(letter), cte="quoted-printable")
    message.add_alternative(as_html(letter), subtype="html", cte="quoted-printable")
    return message


def message_id(parcel: Parcel, sender: str) -> str:
    return f"<{parcel.reference}@{sender.rpartition('@')[2]}>"


def _refused(parcel: Parcel, code: int, answer: bytes) -> Carried:
    return Carried(parcel.reference, verdict_of(code, answer.decode(errors="replace")), str(code))


def _quoted(content: bytes) -> bytes:
    """Return a letter as it goes over the wire: leading dots doubled, ended by a dot on a line of its own."""
    body = content if content.endswith(b"\r\n") else content + b"\r\n"
    return body.replace(b"\r\n.", b"\r\n..") + b".\r\n"


def _code(silence: Exception) -> str:
    return str(getattr(silence, "smtp_code", "") or type(silence).__name__)
