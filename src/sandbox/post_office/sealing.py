"""Opening a web push as a browser does: RFC 8291 over RFC 8188 (aes128gcm), one record."""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def unseal(body: bytes, *, private: ec.EllipticCurvePrivateKey, auth: bytes) -> bytes:
    """Return what was sealed for the browser of `private`. Raises: ValueError when it cannot be opened."""
    salt, key_length = body[:16], body[20] if len(body) > 20 else 0
    sender, sealed = body[21 : 21 + key_length], body[21 + key_length :]
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
    ours = private.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    shared = private.exchange(ec.ECDH(), theirs)
    secret = _derive(shared, auth, b"WebPush: info\x00" + ours + sender, 32)
    key = _derive(secret, salt, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _derive(secret, salt, b"Content-Encoding: nonce\x00", 12)
    try:
        padded = AESGCM(key).decrypt(nonce, sealed, None)
    except InvalidTag as broken:
        msg = "the seal is broken"
        raise ValueError(msg) from broken
    plain, delimiter, _ = padded.rpartition(b"\x02")
    if not delimiter:
        msg = "no last record"
        raise ValueError(msg)
    return plain


def _derive(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)
