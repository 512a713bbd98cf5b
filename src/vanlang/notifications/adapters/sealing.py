"""
Sealing a web push for one browser: RFC 8291 over RFC 8188 (aes128gcm), one record.

Written here, on `cryptography`, because the library that does it is published as source only, and an installation
builds nothing. The example of RFC 8291, Appendix A, is a test.
"""

from __future__ import annotations

import os

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

RECORD = 4096
"""Bytes of a record; a push is one (RFC 8291 §4)."""
LONGEST = RECORD - 17 - 86
"""Bytes of plain text that fit beside the delimiter, the tag and the header."""


def seal(
    plain: bytes,
    *,
    browser_key: bytes,
    auth: bytes,
    private: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """
    Return `plain` readable by the browser that holds the private half of `browser_key`.

    `browser_key`: uncompressed point of P-256; `auth`: 16 bytes; key and salt are made afresh unless a test gives them.
    Raises: ValueError for a key that is none, or a text that is too long.
    """
    if len(plain) > LONGEST or len(auth) != 16:
        msg = "too long for one record, or no authentication secret"
        raise ValueError(msg)
    private = private or ec.generate_private_key(ec.SECP256R1())
    salt = salt or os.urandom(16)
    browser = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), browser_key)
    ours = private.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    shared = private.exchange(ec.ECDH(), browser)
    secret = _derive(shared, salt=auth, info=b"WebPush: info\x00" + browser_key + ours, length=32)
    key = _derive(secret, salt=salt, info=b"Content-Encoding: aes128gcm\x00", length=16)
    nonce = _derive(secret, salt=salt, info=b"Content-Encoding: nonce\x00", length=12)
    header = salt + RECORD.to_bytes(4, "big") + bytes([len(ours)]) + ours
    return header + AESGCM(key).encrypt(nonce, plain + b"\x02", None)


def _derive(secret: bytes, *, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)
