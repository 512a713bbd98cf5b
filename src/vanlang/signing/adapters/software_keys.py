"""
Keys in software: made here, encrypted at rest, opened in memory only.

A key is sealed with AES-256-GCM under a key derived from the setting `SIGNING_KEY_ENCRYPTION_KEY` and bound to its owner by the
additional data, so a blob copied to another row opens for nobody. For a province's real seals a hardware token takes
this adapter's place behind `ports.KeyStore`.

    handle = version (1 byte) | nonce (12) | ciphertext of PKCS#8 DER and its tag
"""

from __future__ import annotations

import base64
import binascii
import os
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from typing_extensions import override

from vanlang.signing.errors import KeyStoreError
from vanlang.signing.ports import KeyStore, SignatureAlgorithm, SigningKey

VERSION = b"\x01"
NONCE_BYTES = 12
LEAST_SECRET_BYTES = 24


class KeyType(StrEnum):
    """What kind of key is made; keys of either kind are opened."""

    RSA_2048 = "rsa-2048"
    """What the official-duty authority certifies today."""
    EC_P256 = "ec-p256"


def _public_der(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


@dataclass(frozen=True, slots=True)
class RsaKey(SigningKey):
    """An RSA key, parsed once: parsing checks the primes and costs more than eighty signatures."""

    _key: rsa.RSAPrivateKey

    @property
    @override
    def algorithm(self) -> SignatureAlgorithm:
        return SignatureAlgorithm.RSA_SHA256

    @property
    @override
    def public_key(self) -> bytes:
        return _public_der(self._key)

    @property
    @override
    def signature_size(self) -> int:
        return self._key.key_size // 8

    @override
    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message, padding.PKCS1v15(), hashes.SHA256())


@dataclass(frozen=True, slots=True)
class EllipticKey(SigningKey):
    """A key on P-256."""

    _key: ec.EllipticCurvePrivateKey

    @property
    @override
    def algorithm(self) -> SignatureAlgorithm:
        return SignatureAlgorithm.ECDSA_SHA256

    @property
    @override
    def public_key(self) -> bytes:
        return _public_der(self._key)

    @property
    @override
    def signature_size(self) -> int:
        return 2 * (self._key.key_size // 8) + 9  # two integers, each with a sign byte, in a SEQUENCE

    @override
    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message, ec.ECDSA(hashes.SHA256()))


class SoftwareKeys(KeyStore):
    """The store behind one encryption key."""

    def __init__(self, secret: str | None, *, key_type: KeyType = KeyType.RSA_2048) -> None:
        self._secret = secret
        self._key_type = key_type

    @override
    def generate(self, *, owner: str) -> bytes:
        key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
        match self._key_type:
            case KeyType.RSA_2048:
                key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
            case KeyType.EC_P256:
                key = ec.generate_private_key(ec.SECP256R1())
            case unknown:
                assert_never(unknown)
        plain = key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        nonce = os.urandom(NONCE_BYTES)
        return VERSION + nonce + self._cipher().encrypt(nonce, plain, _bound_to(owner))

    @override
    def open(self, handle: bytes, *, owner: str) -> SigningKey:
        if handle[:1] != VERSION:
            raise KeyStoreError
        nonce, sealed = handle[1 : 1 + NONCE_BYTES], handle[1 + NONCE_BYTES :]
        try:
            plain = self._cipher().decrypt(nonce, sealed, _bound_to(owner))
        except (InvalidTag, ValueError) as tampered:
            raise KeyStoreError from tampered
        # The tag proves that these are our own bytes: the primes need no second proof.
        key = serialization.load_der_private_key(plain, password=None, unsafe_skip_rsa_key_validation=True)
        if isinstance(key, rsa.RSAPrivateKey):
            return RsaKey(key)
        if isinstance(key, ec.EllipticCurvePrivateKey):
            return EllipticKey(key)
        raise KeyStoreError

    def _cipher(self) -> AESGCM:
        try:
            secret = base64.b64decode(self._secret or "", validate=True)
        except binascii.Error as unreadable:
            raise KeyStoreError("signing.no_encryption_key") from unreadable
        if len(secret) < LEAST_SECRET_BYTES:
            raise KeyStoreError("signing.no_encryption_key")
        derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"vanlang signing keys v1")
        return AESGCM(derived.derive(secret))


def _bound_to(owner: str) -> bytes:
    return f"vanlang.signing.credential/{owner}".encode()
