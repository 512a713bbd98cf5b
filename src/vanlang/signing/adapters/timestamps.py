"""
A time-stamp authority over HTTP (RFC 3161 §3.4), by pyHanko's client.

A signature never waits for it: two seconds at most, and after a silence nobody asks again for a minute. A token that stamps
something else than was asked is no token.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import structlog
from asn1crypto import cms
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from typing_extensions import override

from vanlang.signing.ports import TimeStamps

SECONDS = 2
REST = timedelta(seconds=60)

_log = structlog.get_logger(__name__)
_silent_until: dict[str, datetime] = {}


class HttpTimeStamps(TimeStamps):
    """One authority at one address."""

    def __init__(self, url: str) -> None:
        self._url = url

    @override
    def stamp(self, digest: bytes, *, at: datetime) -> bytes | None:
        if at < _silent_until.get(self._url, at):
            return None
        try:
            token = asyncio.run(HTTPTimeStamper(self._url, timeout=SECONDS).async_timestamp(digest, "sha256"))
            encoded: bytes = token.dump()
            if _stamped(token) == digest:
                return encoded
            reason = "another digest"
        except (TimestampRequestError, OSError, ValueError, TypeError, KeyError) as failure:
            reason = type(failure).__name__
        _log.warning("signing.no_time_stamp", reason=reason)
        _silent_until[self._url] = at + REST
        return None


def _stamped(token: cms.ContentInfo) -> bytes:
    """Return the digest that a token stamps."""
    info = token["content"]["encap_content_info"]["content"].parsed
    digest: bytes = info["message_imprint"]["hashed_message"].native
    return digest


def forget_silences() -> None:
    """Ask every authority again, for tests and for an operator who knows that one is back."""
    _silent_until.clear()
