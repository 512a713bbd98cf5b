"""
Web push: which subscriptions are taken.

The address is written by a browser, so it is a stranger's word: only the push services that we know are posted to, over
TLS, and nothing inside our own network can be reached by subscribing to it.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlsplit

from vanlang.kernel.errors import Refusal

SERVICES = (
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    "web.push.apple.com",
    "notify.windows.com",
)
"""Hosts of the browsers' makers; subdomains belong to them."""
POINT_BYTES, SECRET_BYTES = 65, 16
"""Lengths of an uncompressed point on P-256 and of the secret (RFC 8291)."""


def may_subscribe(subscription: Mapping[str, Any], *, hosts: Collection[str] = ()) -> Refusal | None:
    """Say why a subscription is not taken. `hosts` are further origins that are: the sandbox's."""
    keys = subscription.get("keys")
    endpoint = subscription.get("endpoint")
    if not isinstance(keys, Mapping) or not isinstance(endpoint, str) or len(endpoint) > 1000:
        return Refusal("notifications.no_subscription")
    if _length(keys.get("p256dh")) != POINT_BYTES or _length(keys.get("auth")) != SECRET_BYTES:
        return Refusal("notifications.no_subscription")
    return None if may_post_to(endpoint, hosts=hosts) else Refusal("notifications.unknown_push_service")


def may_post_to(endpoint: str, *, hosts: Collection[str] = ()) -> bool:
    """Return whether `endpoint` is at a push service that we know."""
    try:
        parts = urlsplit(endpoint)
        origin = f"{parts.scheme}://{parts.netloc}"
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if origin in hosts:
        return True
    known = any(host == service or host.endswith(f".{service}") for service in SERVICES)
    return parts.scheme == "https" and known and port in {None, 443} and "@" not in parts.netloc


def _length(text: object) -> int:
    if not isinstance(text, str):
        return 0
    try:
        return len(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, binascii.Error):
        return 0
