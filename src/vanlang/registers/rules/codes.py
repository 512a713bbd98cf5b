"""
Verification codes: what a result is, signed, small enough for a printed QR code, checked without a network.

A code is `VL1.` and the base64url of a COSE_Sign1 (RFC 9052 §4.2) with EdDSA over Ed25519. Its payload is a CBOR map with small
integer keys; docs/reference/verification-code.md has the table and a vector. A key is passed in: nothing here knows where it lies.
"""

from __future__ import annotations

import base64
import datetime as dt
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from fido2 import cbor

from vanlang.registers.types import CodeStatement

PREFIX = "VL1."
LONGEST = 1200
"""Letters. A code of ours has some 250; nothing longer is read."""
TITLE = 40
"""Letters of a title: with more of them the modules of a printed code get too small."""
_EDDSA = -8
_ALG, _KID = 1, 4
_EPOCH = dt.date(1970, 1, 1)
_BROKEN = (ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError, struct.error)

_AGENCY, _NUMBER, _ISSUED, _EXPIRES, _TITLE, _INITIALS, _FACTS, _FILE = range(1, 9)


@dataclass(frozen=True, slots=True)
class SealedCode:
    """A code taken apart, its signature not yet believed."""

    kid: str
    payload: bytes
    signed: bytes
    signature: bytes


def fitted(statement: CodeStatement) -> CodeStatement:
    """Return the statement as it fits a printed code."""
    title = statement.title
    return replace(statement, title=title if len(title) <= TITLE else f"{title[: TITLE - 1].rstrip()}…")


def seal(statement: CodeStatement, *, kid: str, sign: Callable[[bytes], bytes]) -> str:
    """Return the code that says `statement`, signed by the key named `kid` (hexadecimal)."""
    protected = cbor.encode({_ALG: _EDDSA, _KID: bytes.fromhex(kid)})
    payload = cbor.encode(_to_map(statement))
    signature = sign(_to_sign(protected, payload))
    return PREFIX + _to_text(cbor.encode([protected, {}, payload, signature]))


def take_apart(text: str) -> SealedCode | None:
    """Return what a code holds, or None when it is none. A whole address may be given: the code is what stands after its `#`."""
    code = text.strip().rpartition("#")[2]
    if not code.startswith(PREFIX) or len(code) > LONGEST:
        return None
    try:
        envelope: Any = cbor.decode(_from_text(code.removeprefix(PREFIX)))
        protected, _, payload, signature = envelope
        header: Any = cbor.decode(protected)
        if header[_ALG] != _EDDSA:
            return None
        return SealedCode(header[_KID].hex(), bytes(payload), _to_sign(protected, payload), bytes(signature))
    except (*_BROKEN, AttributeError):
        return None


def read(text: str, keys: Mapping[str, bytes]) -> CodeStatement | None:
    """Return what a code says, if one of `keys` (kid → 32 bytes) signed exactly this; None for everything else."""
    sealed = take_apart(text)
    if sealed is None or sealed.kid not in keys:
        return None
    try:
        key_of(keys[sealed.kid]).verify(sealed.signature, sealed.signed)
        said: Any = cbor.decode(sealed.payload)
        return _from_map(said)
    except (InvalidSignature, AttributeError, *_BROKEN):
        return None


def key_of(public: bytes) -> Ed25519PublicKey:
    """Return the public key of 32 bytes."""
    return Ed25519PublicKey.from_public_bytes(public)


def _to_sign(protected: bytes, payload: bytes) -> bytes:
    """Return the Sig_structure of RFC 9052 §4.4."""
    return cbor.encode(["Signature1", protected, b"", payload])


def _to_map(one: CodeStatement) -> dict[int, Any]:
    said: dict[int, Any] = {
        _AGENCY: one.agency_code,
        _NUMBER: one.number,
        _ISSUED: (one.issued_on - _EPOCH).days,
        _EXPIRES: (one.expires_on - _EPOCH).days if one.expires_on else None,
        _TITLE: one.title,
        _INITIALS: one.initials,
        _FACTS: bytes.fromhex(one.facts_sha256),
        _FILE: bytes.fromhex(one.file_sha256),
    }
    return {key: value for key, value in said.items() if value not in (None, "", b"")}


def _from_map(said: Mapping[int, Any]) -> CodeStatement:
    expires = said.get(_EXPIRES)
    return CodeStatement(
        agency_code=str(said[_AGENCY]),
        number=str(said[_NUMBER]),
        issued_on=_EPOCH + dt.timedelta(days=said[_ISSUED]),
        expires_on=_EPOCH + dt.timedelta(days=expires) if expires is not None else None,
        title=str(said.get(_TITLE, "")),
        initials=str(said.get(_INITIALS, "")),
        facts_sha256=bytes(said.get(_FACTS, b"")).hex(),
        file_sha256=bytes(said.get(_FILE, b"")).hex(),
    )


def _to_text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _from_text(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
