"""
The endpoints of the certificate authority's stand-in.

    POST /enrol     bearer token; {"csr", "kind": "officer"|"agency", "subject": {…}, "valid_from"?, "valid_to"?} → PEM chain
    POST /revoke    bearer token; {"serial": "decimal", "reason"?, "at"?}
    POST /tsa       RFC 3161          POST /ocsp, GET /ocsp/<base64>   RFC 6960
    GET  /crl  /root.crl  /root.pem  /issuing.pem  /issuing.crt  /timestamp.pem
"""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import ClassVar
from urllib.parse import unquote

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.ocsp import OCSPResponseStatus
from typing_extensions import override
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Request, Response

from sandbox.certificate_authority import revocation, timestamp
from sandbox.certificate_authority.chain import Addresses, open_chain, pem
from sandbox.certificate_authority.enrolment import EnrolmentError, certify, read_order
from sandbox.certificate_authority.ledger import Ledger
from sandbox.wire import SandboxRequest, Station, as_json, now, problem, read_json

GARBAGE = b"\x30\x82\xff\xffnot an answer"


class CertificateAuthority(Station):
    """Answers at one base URL, which its certificates name."""

    system: ClassVar[str] = "certificate_authority"
    modes: ClassVar[frozenset[str]] = frozenset(
        {
            "tsa_refuse",
            "tsa_garbage",
            "tsa_wrong_imprint",
            "ocsp_try_later",
            "ocsp_unavailable",
            "ocsp_garbage",
            "crl_unavailable",
            "enrol_refuse",
        }
    )

    def __init__(self, base_url: str, state: Path, token: str) -> None:
        super().__init__(base_url)
        state.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.addresses = Addresses(base_url)
        self.chain = open_chain(state, self.addresses)
        self.ledger = Ledger(state / "ledger.jsonl")
        self._token = token
        self.route("GET", "/", lambda _: as_json(self.ready()))
        self.route("POST", "/enrol", self.enrol)
        self.route("POST", "/revoke", self.revoke)
        self.route("POST", "/tsa", self.tsa)
        self.route("POST", "/ocsp", self.ocsp)
        self.route("GET", "/ocsp/<path:query>", self.ocsp)
        self.route("GET", "/crl", self.crl)
        self.route("GET", "/root.crl", self.root_crl)
        self._publish()

    def _publish(self) -> None:
        parties = {"root": self.chain.root, "issuing": self.chain.issuing, "timestamp": self.chain.timestamp}
        for role, party in parties.items():
            text, raw = pem(party.certificate), party.certificate.public_bytes(Encoding.DER)
            self.route("GET", f"/{role}.pem", _constant(text, "application/x-pem-file"))
            self.route("GET", f"/{role}.crt", _constant(raw, "application/pkix-cert"))

    @override
    def ready(self) -> dict[str, object]:
        return {
            **super().ready(),
            "enrol": f"{self.base_url}/enrol",
            "tsa": f"{self.base_url}/tsa",
            "ocsp": self.addresses.ocsp,
            "crl": self.addresses.crl,
            "root": f"{self.base_url}/root.pem",
        }

    def enrol(self, request: Request) -> Response:
        """Certify a key for an officer or an agency."""
        self._admit(request)
        if self.misbehaves("enrol_refuse", request):
            return problem("registration_refused", status=403)
        try:
            order = read_order(read_json(request))
        except EnrolmentError as refused:
            return problem(str(refused), status=422)
        certificate = certify(order, self.chain.issuing, self.addresses)
        self.ledger.record_issue(certificate.serial_number, certificate.subject.rfc4514_string(), now())
        return Response(
            pem(certificate) + self.chain.bundle, status=201, content_type="application/pem-certificate-chain"
        )

    def revoke(self, request: Request) -> Response:
        """Revoke a certificate, from now or from a moment given."""
        self._admit(request)
        body = read_json(request)
        reason = str(body.get("reason", "cessationOfOperation"))
        try:
            serial = int(str(body.get("serial")))
            at = datetime.fromisoformat(str(body["at"])) if "at" in body else now()
        except ValueError:
            return problem("serial_or_instant_unreadable", status=422)
        if serial not in self.ledger.issued or reason not in revocation.REASONS or at.tzinfo is None:
            return problem("unknown_serial_or_reason", status=422)
        self.ledger.record_revocation(serial, reason, at)
        return as_json({"serial": str(serial), "revoked": True})

    def tsa(self, request: Request) -> Response:
        """Stamp a digest with the time."""
        if request.mimetype != "application/timestamp-query":
            return problem("content_type_is_not_a_timestamp_query", status=415)
        query = request.get_data()
        if self.misbehaves("tsa_refuse", request):
            body = timestamp.refusal("system_failure")
        elif self.misbehaves("tsa_garbage", request):
            body = GARBAGE
        elif self.misbehaves("tsa_wrong_imprint", request):
            body = timestamp.stamp_another(query, self.chain.timestamp, self.chain.issuing, now())
        else:
            body = timestamp.stamp(query, self.chain.timestamp, self.chain.issuing, now())
        return Response(body, content_type="application/timestamp-reply")

    def ocsp(self, request: SandboxRequest) -> Response:
        """Say whether a certificate is still good."""
        if self.misbehaves("ocsp_unavailable", request):
            return problem("unavailable", status=503)
        try:
            query = _query_of(request)
        except binascii.Error:
            query = b""
        if self.misbehaves("ocsp_try_later", request):
            body = revocation.refusal(OCSPResponseStatus.TRY_LATER)
        elif self.misbehaves("ocsp_garbage", request):
            body = GARBAGE
        else:
            body = revocation.answer(query, self.chain, self.ledger, now())
        return Response(body, content_type="application/ocsp-response")

    def crl(self, request: Request) -> Response:
        """List what the issuing authority revoked."""
        if self.misbehaves("crl_unavailable", request):
            return problem("unavailable", status=503)
        revoked = sorted(self.ledger.revoked.values(), key=lambda one: one.serial)
        body = revocation.revocation_list(self.chain.issuing, revoked, len(revoked) + 1, now())
        return Response(body, content_type="application/pkix-crl")

    def root_crl(self, _request: Request) -> Response:
        """List what the root revoked: nothing."""
        body = revocation.revocation_list(self.chain.root, [], 1, now())
        return Response(body, content_type="application/pkix-crl")

    def _admit(self, request: Request) -> None:
        bearer = request.authorization
        token = bearer.token if bearer is not None and bearer.type == "bearer" else None
        if not hmac.compare_digest((token or "").encode(), self._token.encode()):
            raise Unauthorized


def _constant(body: bytes, content_type: str) -> Callable[[Request], Response]:
    return lambda _request: Response(body, content_type=content_type)


def _query_of(request: SandboxRequest) -> bytes:
    if request.method == "POST":
        return request.get_data()
    return base64.b64decode(unquote(request.routing_values["query"]), validate=True)
