"""
Which providers there are, by the settings: one address each, separated by blanks, the first used first.

    smtp://user:password@host:587?name=chinh&tls=starttls|tls|none&ca=/path/to/root.pem
    smpp://system_id:password@host:2775?name=nha-mang-1&sender=DVC-PHUTHO&window=10&ids=same|decimal|hexadecimal
    https://:token@host/path?name=zalo      (messenger)
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.conf import settings

from vanlang.notifications.adapters.mail import MailCarrier, Relay
from vanlang.notifications.adapters.messenger import MessengerCarrier
from vanlang.notifications.adapters.sms import Centre, SmsCarrier
from vanlang.notifications.adapters.web_push import PushCarrier
from vanlang.notifications.ports import Carrier
from vanlang.notifications.rules.receipts import IdNotation


def carriers() -> tuple[Carrier, ...]:
    """Return the providers that the settings name, in their order."""
    return _carriers(
        settings.VANLANG_SMTP,
        settings.VANLANG_SMPP,
        settings.VANLANG_MESSENGER,
        settings.VANLANG_VAPID_PRIVATE_KEY,
        settings.VANLANG_MAIL_FROM,
        tuple(settings.VANLANG_PUSH_HOSTS),
    )


@lru_cache(maxsize=16)
def _carriers(
    smtp: str, smpp: str, messenger: str, vapid: str, sender: str, hosts: tuple[str, ...]
) -> tuple[Carrier, ...]:
    found: list[Carrier] = []
    found += [_mail(url, f"smtp-{number}", sender) for number, url in enumerate(smtp.split(), start=1)]
    found += [_sms(url, f"smpp-{number}") for number, url in enumerate(smpp.split(), start=1)]
    found += [_messenger(url, f"messenger-{number}") for number, url in enumerate(messenger.split(), start=1)]
    if vapid:
        found.append(PushCarrier("web-push", private_key=vapid, contact=f"mailto:{sender}", hosts=hosts))
    return tuple(found)


def _mail(url: str, name: str, sender: str) -> MailCarrier:
    parts, told = _read(url)
    relay = Relay(
        host=parts.hostname or "",
        port=parts.port or 587,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=told.get("tls", "starttls"),
        ca_file=told.get("ca", ""),
    )
    return MailCarrier(told.get("name", name), relay, sender=sender)


def _sms(url: str, name: str) -> SmsCarrier:
    parts, told = _read(url)
    centre = Centre(
        host=parts.hostname or "",
        port=parts.port or 2775,
        system_id=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        sender=told.get("sender", ""),
        window=int(told.get("window", "10")),
        ids=IdNotation(told.get("ids", "same")),
    )
    return SmsCarrier(told.get("name", name), centre)


def _messenger(url: str, name: str) -> MessengerCarrier:
    parts, told = _read(url)
    place = f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname or ""
    templates = {
        key.removeprefix("template."): value for key, value in told.items() if key.startswith("template.")
    }
    return MessengerCarrier(
        told.get("name", name),
        url=f"{parts.scheme}://{place}{parts.path}",
        token=unquote(parts.password or ""),
        templates=templates,
        token_header=told.get("header", ""),
    )


def _read(url: str) -> tuple[SplitResult, dict[str, str]]:
    parts = urlsplit(url)
    return parts, {key: values[-1] for key, values in parse_qs(parts.query).items()}
