"""
Whether a certificate still stands, asked at the addresses that it names: OCSP first (RFC 6960), the revocation list when that is silent.

Only called for certificates in a chain that ends at a root of ours, so a stranger's file cannot make us ask an address of its
choosing. An answer is kept for five minutes, a silence for one.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from datetime import datetime, timedelta

from asn1crypto import core, ocsp, x509
from typing_extensions import override

from vanlang.kernel.http import SilenceError, ask
from vanlang.signing.ports import StatusEvidence, StatusSource

SECONDS = 3.0
KEPT, SILENCE = timedelta(minutes=5), timedelta(minutes=1)
MOST_KEPT = 2048

_kept: OrderedDict[bytes, tuple[datetime, StatusEvidence]] = OrderedDict()


class HttpStatus(StatusSource):
    """Asks over HTTP."""

    @override
    def ask(self, certificate: bytes, issuer: bytes, *, at: datetime) -> StatusEvidence:
        key = hashlib.sha256(certificate).digest()
        kept = _kept.get(key)
        if kept is not None and at < kept[0]:
            return kept[1]
        told = _asked(x509.Certificate.load(certificate), x509.Certificate.load(issuer))
        _kept[key] = (at + (KEPT if told.ocsp or told.crl else SILENCE), told)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
        return told


def forget_answers() -> None:
    """Ask everything again."""
    _kept.clear()


def _asked(certificate: x509.Certificate, issuer: x509.Certificate) -> StatusEvidence:
    for url in certificate.ocsp_urls:
        if (answer := _ocsp(url, certificate, issuer)) is not None:
            return StatusEvidence(ocsp=answer)
    for url in certificate.crl_distribution_points:
        if (answer := _body(_first_url(url), "GET")) is not None:
            return StatusEvidence(crl=answer)
    return StatusEvidence()


def _ocsp(url: str, certificate: x509.Certificate, issuer: x509.Certificate) -> bytes | None:
    identity = ocsp.CertId(
        {
            "hash_algorithm": {
                "algorithm": "sha1"
            },  # names the issuer, protects nothing; every responder knows it
            "issuer_name_hash": issuer.subject.sha1,
            "issuer_key_hash": issuer.public_key.sha1,
            "serial_number": certificate.serial_number,
        }
    )
    question = ocsp.OCSPRequest({"tbs_request": {"request_list": [{"req_cert": identity}]}})
    body = _body(url, "POST", question.dump(), {"Content-Type": "application/ocsp-request"})
    if body is None:
        return None
    try:
        answered = ocsp.OCSPResponse.load(body)["response_status"].native == "successful"
    except (ValueError, TypeError):
        return None
    return body if answered else None


def _body(
    url: str, method: str, question: bytes | None = None, headers: dict[str, str] | None = None
) -> bytes | None:
    try:
        answer = ask(method, url, body=question, headers=headers, seconds=SECONDS)
    except SilenceError:
        return None
    return answer.body if answer.status == 200 else None


def _first_url(point: core.Asn1Value) -> str:
    return str(point.url or "")
