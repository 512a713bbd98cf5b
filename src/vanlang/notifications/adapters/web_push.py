"""
Web push (RFC 8030): encrypted for one browser (RFC 8291), signed by us (VAPID, RFC 8292).

The address was written by a browser, so it is asked for again before each post whether it is a push service that we know.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02
from typing_extensions import override

from vanlang.kernel import clock
from vanlang.kernel.http import SilenceError, ask
from vanlang.notifications.adapters.sealing import seal
from vanlang.notifications.ports import Carried, Carrier, Parcel
from vanlang.notifications.rules.push import may_post_to
from vanlang.notifications.types import NoticeChannel, ProviderVerdict

LIFE = dt.timedelta(hours=12)
"""Of the signature, from the moment of posting; RFC 8292 allows a day."""
KEPT = dt.timedelta(days=3)
"""How long the push service keeps it for a browser that is off."""
SECONDS = 10.0
WORST_LAST = (
    ProviderVerdict.ACCEPTED,
    ProviderVerdict.THROTTLED,
    ProviderVerdict.UNREACHABLE,
    ProviderVerdict.TEMPORARY,
    ProviderVerdict.UNCLEAR,
    ProviderVerdict.REFUSED,
    ProviderVerdict.BAD_ADDRESS,
)
"""Of several browsers the best word counts: one that has it is enough."""


class PushCarrier(Carrier):
    """All push services together, as the browsers name them."""

    channel = NoticeChannel.PUSH

    def __init__(self, name: str, *, private_key: str, contact: str, hosts: Collection[str]) -> None:
        self.name, self._contact, self._hosts = name, contact, hosts
        self._vapid = Vapid02.from_raw(private_key.encode())

    @override
    def carry(self, parcels: Sequence[Parcel]) -> Iterator[Carried]:
        for parcel in parcels:
            words = [self._post(parcel, subscription) for subscription in parcel.subscriptions]
            best = min(
                words,
                key=lambda word: WORST_LAST.index(word[0]),
                default=(ProviderVerdict.BAD_ADDRESS, "", ""),
            )
            gone = tuple(endpoint for verdict, _, endpoint in words if verdict is ProviderVerdict.BAD_ADDRESS)
            yield Carried(parcel.reference, best[0], best[1], gone=gone)

    def _post(self, parcel: Parcel, subscription: Mapping[str, Any]) -> tuple[ProviderVerdict, str, str]:
        endpoint = str(subscription["endpoint"])
        if not may_post_to(endpoint, hosts=self._hosts):
            return ProviderVerdict.BAD_ADDRESS, "unknown_service", endpoint
        letter = parcel.letter
        plain = {"title": letter.subject, "body": letter.do_now, "url": letter.link, "tag": parcel.reference}
        try:
            body = seal_for(subscription["keys"], json.dumps(plain, ensure_ascii=False).encode())
            answer = ask(
                "POST", endpoint, body=body, headers=self._headers(endpoint, parcel), seconds=SECONDS
            )
        except SilenceError as silence:
            verdict = ProviderVerdict.UNCLEAR if silence.was_asked else ProviderVerdict.UNREACHABLE
            return verdict, str(silence), endpoint
        except ValueError:
            return ProviderVerdict.BAD_ADDRESS, "unusable_keys", endpoint
        return verdict_of(answer.status), str(answer.status), endpoint

    def _headers(self, endpoint: str, parcel: Parcel) -> dict[str, str]:
        parts = urlsplit(endpoint)
        claims = {
            "aud": f"{parts.scheme}://{parts.netloc}",
            "sub": self._contact,
            "exp": int((clock.now() + LIFE).timestamp()),
        }
        return {
            **self._vapid.sign(claims),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(int(KEPT.total_seconds())),
            "Topic": parcel.reference.replace("-", ""),
        }


def verdict_of(status: int) -> ProviderVerdict:
    """Return what a push service's answer means (RFC 8030 §5, §7.3)."""
    if status in {200, 201, 202, 204}:
        return ProviderVerdict.ACCEPTED
    if status in {404, 410}:
        return ProviderVerdict.BAD_ADDRESS
    if status == 429:
        return ProviderVerdict.THROTTLED
    return ProviderVerdict.REFUSED if 400 <= status < 500 else ProviderVerdict.TEMPORARY


def seal_for(keys: Mapping[str, Any], plain: bytes) -> bytes:
    """Return `plain` readable by one browser only (aes128gcm). Raises: ValueError for keys that are none."""
    return seal(plain, browser_key=_raw(str(keys["p256dh"])), auth=_raw(str(keys["auth"])))


def public_key(private_key: str) -> str:
    """Return what a browser needs to subscribe: the public half, base64url."""
    scalar = int.from_bytes(_raw(private_key), "big")
    point = ec.derive_private_key(scalar, ec.SECP256R1()).public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )  # fmt: skip
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


def _raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
