"""
The certificate authority over its enrolment interface: PKCS#10 in, a PEM chain out, a bearer token for the registration authority.

    POST {base}/enrol   {"csr": PEM, "kind": "officer"|"agency", "subject": {…}}  → 201, application/pem-certificate-chain
    POST {base}/revoke  {"serial": "decimal", "reason": …}                       → 200
    GET  {base}/root.pem
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from asn1crypto import pem
from typing_extensions import override

from vanlang.kernel.http import Answer, SilenceError, ask
from vanlang.signing.errors import AuthorityError
from vanlang.signing.ports import CertificateAuthority, CertificateSubject

SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class EnrolmentClient(CertificateAuthority):
    """One authority at one base address."""

    base: str
    token: str

    @override
    def enrol(self, request: bytes, subject: CertificateSubject) -> tuple[bytes, ...]:
        told = {key: value for key, value in asdict(subject).items() if value and key != "kind"}
        text = pem.armor("CERTIFICATE REQUEST", request).decode()
        answer = self._post("/enrol", {"csr": text, "kind": subject.kind, "subject": told})
        try:
            chain = tuple(raw for _, _, raw in pem.unarmor(answer.body, multiple=True))
        except ValueError as unreadable:
            raise AuthorityError(retryable=False, code="signing.authority_unreadable") from unreadable
        if answer.status != 201 or not chain:
            raise AuthorityError(retryable=False, code="signing.authority_unreadable")
        return chain

    @override
    def revoke(self, serial: int, *, reason: str) -> None:
        self._post("/revoke", {"serial": str(serial), "reason": reason})

    @override
    def root(self) -> bytes:
        try:
            answer = ask("GET", f"{self.base.rstrip('/')}/root.pem", seconds=SECONDS)
        except SilenceError as silence:
            raise AuthorityError(retryable=True) from silence
        if answer.status != 200:
            raise AuthorityError(retryable=answer.status >= 500)
        return answer.body

    def _post(self, path: str, body: dict[str, object]) -> Answer:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        content = json.dumps(body, ensure_ascii=False).encode()
        try:
            answer = ask("POST", self.base.rstrip("/") + path, body=content, headers=headers, seconds=SECONDS)
        except SilenceError as silence:
            raise AuthorityError(retryable=True) from silence
        if answer.status >= 500:
            raise AuthorityError(retryable=True)
        if answer.status >= 400:
            raise AuthorityError(retryable=False, code="signing.authority_refused", status=answer.status)
        return answer
