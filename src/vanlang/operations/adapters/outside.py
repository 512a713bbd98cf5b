"""Another clock, by SNTP (RFC 4330) or the Date of an HTTP answer; a certificate from a file or a TLS server."""

from __future__ import annotations

import contextlib
import datetime as dt
import http.client
import socket
import ssl
import struct
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from cryptography import x509

from vanlang.kernel import clock

SECONDS = 3.0
_NTP_EPOCH = dt.datetime(1900, 1, 1, tzinfo=dt.UTC)


def reference_clock(url: str) -> dt.timedelta | None:
    """Return how far the clock at `ntp://host[:port]` or `http[s]://…` is ahead of ours, half the way there taken off."""
    parts = urlsplit(url)
    began = clock.now()
    try:
        theirs = _ntp(parts) if parts.scheme == "ntp" else _http(parts)
    except (OSError, ValueError, TypeError, struct.error, http.client.HTTPException):
        return None
    return theirs - (began + (clock.now() - began) / 2)


def _ntp(parts: SplitResult) -> dt.datetime:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.settimeout(SECONDS)
        line.sendto(b"\x23" + bytes(47), (parts.hostname or "", parts.port or 123))
        answer, _ = line.recvfrom(512)
    seconds, fraction = struct.unpack("!II", answer[40:48])
    if seconds == 0:
        msg = "the server has no time"
        raise ValueError(msg)
    return _NTP_EPOCH + dt.timedelta(seconds=seconds + fraction / 2**32)


def _http(parts: SplitResult) -> dt.datetime:
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=SECONDS)
    with contextlib.closing(connection):
        connection.request("HEAD", parts.path or "/")
        told = parsedate_to_datetime(connection.getresponse().getheader("Date", ""))
    return told + dt.timedelta(milliseconds=500)  # whole seconds, cut off


def web_certificate(address: str) -> dt.datetime | None:
    """Return the end of the certificate in a PEM file, or of the server at an https address."""
    try:
        if address.startswith("https://"):
            parts = urlsplit(address)
            pem = ssl.get_server_certificate(
                (parts.hostname or "", parts.port or 443), timeout=SECONDS
            ).encode()
        else:
            pem = Path(address).read_bytes()
        return x509.load_pem_x509_certificate(pem).not_valid_after_utc
    except (OSError, ValueError):
        return None
