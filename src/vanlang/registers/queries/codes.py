"""What a verification code is worth today, and the keys that anybody may check one with."""

from __future__ import annotations

import base64
import datetime as dt

from vanlang.kernel.scope import Scope, acting
from vanlang.organizations.api import find_agency_by_code
from vanlang.registers.errors import CodeUnreadableError
from vanlang.registers.models import VerificationKey
from vanlang.registers.queries.public import find_standing_by_number
from vanlang.registers.rules import codes
from vanlang.registers.types import CodeAnswer


def answer_code(text: str, *, on: dt.date) -> CodeAnswer:
    """Return what a code says and what the registers say of it on a day. Raises: CodeUnreadableError."""
    statement = codes.read(text, _keys())
    if statement is None:
        raise CodeUnreadableError
    agency = find_agency_by_code(statement.agency_code, statement.issued_on)
    standing = (
        find_standing_by_number(agency.id, statement.number, statement.issued_on, on=on) if agency else None
    )
    return CodeAnswer(
        statement=statement, agency=agency.name if agency else statement.agency_code, standing=standing
    )


def published_keys() -> dict[str, list[dict[str, str]]]:
    """Return every key that ever signed, the newest first, as a JSON Web Key Set (RFC 7517, RFC 8037)."""
    with acting(Scope.system()):
        rows = list(VerificationKey.objects.order_by("-made_at", "kid"))
    return {
        "keys": [
            {
                "kty": "OKP",
                "crv": "Ed25519",
                "alg": "EdDSA",
                "use": "sig",
                "kid": row.kid,
                "x": base64.urlsafe_b64encode(bytes(row.public)).rstrip(b"=").decode(),
            }
            for row in rows
        ]
    }


def _keys() -> dict[str, bytes]:
    with acting(Scope.system()):
        return {row.kid: bytes(row.public) for row in VerificationKey.objects.all()}
