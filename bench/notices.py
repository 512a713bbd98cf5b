"""
Telling people: messages a second, from the outbox to a provider that takes them over a real socket.

Right: every message that was told arrives, once, and every receipt finds its message; the exit code is 0 when it does.

Fast: the whole way (rows written by `tell`, claimed by SKIP LOCKED, handed over by SMTP with STARTTLS and AUTH, or by SMPP with
a window of 10, attempts and states remembered), beside what one would write otherwise: a loop over Django's `send_mail`, which
remembers nothing, with a connection for each letter; and a loop over smtplib with one connection. All in one run, to the same
stand-in on this machine: the figures compare ways of sending, not networks.
"""

from __future__ import annotations

import argparse
import json
import platform
import smtplib
import ssl
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.support.sandbox import Outside, running

from bench.support.scratch import scratch_database

MESSAGES = 1000
SENDER = "khong-tra-loi@phutho.example"


@dataclass(frozen=True)
class Rate:
    """How fast one way of doing it was."""

    what: str
    messages: int
    seconds: float
    note: str = ""

    @property
    def per_second(self) -> float:
        return self.messages / self.seconds


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, and return 0 when every message arrived once."""
    parser = argparse.ArgumentParser(prog="bench notices", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    parser.add_argument(
        "--messages",
        type=int,
        default=MESSAGES,
        help="messages told on each channel, 2000 at most: the stand-in keeps no more",
    )
    arguments = parser.parse_args(argv)
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder)) as outside,
        scratch_database("notices") as server,
    ):
        report = _measure(outside, arguments.messages) | {"server": server}
    print(json.dumps(report, indent=2, ensure_ascii=False) if arguments.json else _table(report))
    return 0 if report["all_arrived_once"] else 1


def _measure(outside: Outside, messages: int) -> dict[str, Any]:
    from vanlang.kernel.scope import Scope, acting
    from vanlang.notifications.types import NoticeChannel

    _configure(outside)
    with acting(Scope.system()):
        world = _World()
        told = _timed("tell: rows of the outbox, two ways each", messages, lambda: world.tell_all(messages))
        mail = _timed("outbox to SMTP, states remembered", messages, lambda: world.send(NoticeChannel.EMAIL))
        letters = _arrived(outside, "email", "Message-ID")
        texts = _timed("outbox to SMPP, states remembered", messages, lambda: world.send(NoticeChannel.SMS))
        received = _arrived(outside, "sms", "id")
        delivered = world.count_delivered()
    one = _timed("smtplib, one connection, nothing remembered", messages, lambda: _smtplib(outside, messages))
    few = max(messages // 5, 1)
    loop = _timed("Django send_mail in a loop, a connection a letter", few, lambda: _send_mail(outside, few))
    return {
        "machine": platform.platform(),
        "rates": [{**asdict(rate), "per_second": rate.per_second} for rate in (told, mail, texts, one, loop)],
        "letters": len(letters),
        "texts": len(received),
        "receipts": delivered,
        "all_arrived_once": [len(set(letters)), len(letters), len(set(received)), len(received), delivered]
        == [messages] * 5,
    }


class _World:
    """One agency, and people who are told of a supplement request: a letter and a text message each."""

    def __init__(self) -> None:
        from vanlang.kernel.clock import VIETNAM
        from vanlang.organizations.api import AgencyKind, NewName, add_agency

        self.at = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
        self.agency_id = add_agency(
            code="H44.100",
            kind=AgencyKind.COMMUNE,
            name=NewName("UBND phường Việt Trì", "Phường Việt Trì"),
            valid_from=self.at.date() - timedelta(days=400),
        )

    def tell_all(self, count: int) -> None:
        from django.db import transaction

        from vanlang.identity.api import PersonFacts, remember_person
        from vanlang.notifications.api import Recipient, tell
        from vanlang.notifications.tests.conftest import SUPPLEMENT

        facts = PersonFacts(full_name="Nguyễn Thị Lan", phone="0912345678", email="lan@example.vn")
        person_id = remember_person(facts=facts, at=self.at)
        for number in range(count):
            with transaction.atomic():
                tell(
                    event="dossiers.supplement_requested", object_type="dossier", object_id=number,
                    to=Recipient.person(person_id), template="supplement_requested", values=SUPPLEMENT,
                    agency_id=self.agency_id, link="/ho-so/", at=self.at,
                )  # fmt: skip

    def send(self, channel: Any) -> None:
        from vanlang.notifications import ports
        from vanlang.notifications.services.sending import rest, send_round

        carriers = ports.carriers(channel)
        while send_round(channel=channel, carriers=carriers, at=self.at).goes_on:
            pass
        rest(carriers, at=self.at)

    def count_delivered(self) -> int:
        from vanlang.notifications.models import Delivery

        return Delivery.objects.filter(state="delivered").count()


def _configure(outside: Outside) -> None:
    from django.conf import settings

    here = f"vanlang:{outside.post_password}@127.0.0.1"
    certificate = quote(outside.smtp_certificate, safe="")
    settings.VANLANG_SMTP = f"smtp://{here}:{outside.smtp_port}?tls=starttls&ca={certificate}"
    settings.VANLANG_SMPP = f"smpp://{here}:{outside.smpp_port}?sender=PHUTHO&window=10"
    settings.VANLANG_MAIL_FROM = SENDER


def _arrived(outside: Outside, channel: str, fact: str) -> list[str]:
    return [item["facts"][fact] for item in outside.inbox(channel)]


def _letter(number: int) -> str:
    return f"Kính gửi Ông/Bà,\n\nHồ sơ H44.100-261123-{number:04} cần bổ sung trước ngày 30/11/2026.\n" * 6


def _smtplib(outside: Outside, count: int) -> None:
    from email.message import EmailMessage

    context = ssl.create_default_context(cafile=outside.smtp_certificate)
    with smtplib.SMTP("127.0.0.1", outside.smtp_port, timeout=20) as smtp:
        smtp.starttls(context=context)
        smtp.login("vanlang", outside.post_password)
        for number in range(count):
            message = EmailMessage()
            message["From"], message["To"], message["Subject"] = SENDER, "lan@example.vn", "Cần bổ sung hồ sơ"
            message.set_content(_letter(number))
            message.add_alternative(f"<p>{_letter(number)}</p>", subtype="html")
            smtp.send_message(message)


def _send_mail(outside: Outside, count: int) -> None:
    from django.core.mail import EmailMultiAlternatives
    from django.core.mail.backends.smtp import EmailBackend

    class Trusting(EmailBackend):
        """Django's own, told which certificate to trust."""

        @cached_property
        def ssl_context(self) -> ssl.SSLContext:
            return ssl.create_default_context(cafile=outside.smtp_certificate)

    for number in range(count):
        connection = Trusting(
            host="127.0.0.1", port=outside.smtp_port, username="vanlang", password=outside.post_password,
            use_tls=True, timeout=20,
        )  # fmt: skip
        message = EmailMultiAlternatives(
            "Cần bổ sung hồ sơ", _letter(number), SENDER, ["lan@example.vn"], connection=connection
        )
        message.attach_alternative(f"<p>{_letter(number)}</p>", "text/html")
        message.send()


def _timed(what: str, messages: int, work: Callable[[], None]) -> Rate:
    started = time.perf_counter()
    work()
    return Rate(what, messages, time.perf_counter() - started)


def _table(report: dict[str, Any]) -> str:
    lines = [f"{'':52} {'messages':>9} {'a second':>9}"]
    lines += [
        f"{rate['what']:52} {rate['messages']:>9} {rate['per_second']:>9.0f}" for rate in report["rates"]
    ]
    lines.append(
        f"arrived: {report['letters']} letters, {report['texts']} text messages, each once: "
        f"{report['all_arrived_once']}; receipts heard: {report['receipts']}"
    )
    return "\n".join([*lines, f"{report['machine']}; PostgreSQL {report['server']}"])


if __name__ == "__main__":
    sys.exit(main())
