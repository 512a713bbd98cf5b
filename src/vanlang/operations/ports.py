"""What the doctor asks of the outside: another clock, the site's own certificate. `apps.py` plugs in who answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

_reference_clock: list[Callable[[str], dt.timedelta | None]] = [lambda url: None]
_web_certificate: list[Callable[[str], dt.datetime | None]] = [lambda url: None]


def plug(
    *,
    reference_clock: Callable[[str], dt.timedelta | None],
    web_certificate: Callable[[str], dt.datetime | None],
) -> None:
    """Let these answer from now on."""
    _reference_clock[:] = [reference_clock]
    _web_certificate[:] = [web_certificate]


def reference_offset(url: str) -> dt.timedelta | None:
    """Return how far the clock at `url` (ntp:// or http://) is ahead of ours; None when it does not answer."""
    return _reference_clock[0](url)


def web_certificate_ends_at(address: str) -> dt.datetime | None:
    """Return when the certificate at an https address, or in a PEM file, ends; None when it cannot be read."""
    return _web_certificate[0](address)
