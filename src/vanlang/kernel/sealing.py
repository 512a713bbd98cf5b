"""
Columns that only this installation can read: AES-256-GCM under a key derived from the installation's own.

    stored = version (1 byte) | nonce (12) | ciphertext of JSON and its tag, bound to the column's name

`mark` is the keyed hash by which an address is found again without being kept.
"""

from __future__ import annotations

import hmac
import json
import os
from functools import lru_cache
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models
from typing_extensions import override

VERSION = b"\x01"
NONCE_BYTES = 12


class SealedField(models.BinaryField):  # type: ignore[type-arg] # not generic when it runs
    """A JSON value, sealed in the database and open in memory. None is kept as NULL: forgotten."""

    @override
    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        sealed = None if value is None else seal(value, bound_to=self._bound_to)
        return super().get_db_prep_value(sealed, connection, prepared)

    def from_db_value(self, value: Any, expression: object, connection: object) -> Any:
        return None if value is None else unseal(bytes(value), bound_to=self._bound_to)

    @property
    def _bound_to(self) -> str:
        return f"{self.model._meta.label_lower}.{self.attname}"


def seal(value: object, *, bound_to: str) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return VERSION + nonce + AESGCM(_key("seal")).encrypt(nonce, plain, bound_to.encode())


def unseal(sealed: bytes, *, bound_to: str) -> Any:
    """Return what was sealed. Raises: cryptography's InvalidTag when it was changed, moved, or the key is another."""
    nonce, cipher = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    return json.loads(AESGCM(_key("seal")).decrypt(nonce, cipher, bound_to.encode()))


def mark(address: str) -> str:
    """Return a keyed hash of an address, 64 hexadecimal digits."""
    return hmac.new(_key("mark"), address.strip().lower().encode(), sha256).hexdigest()


def _key(purpose: str) -> bytes:
    return _derived(settings.VANLANG_KEY_ENCRYPTION_KEY or settings.SECRET_KEY, purpose)


@lru_cache(maxsize=8)
def _derived(secret: str, purpose: str) -> bytes:
    info = f"vanlang {purpose} v1".encode()
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=info).derive(secret.encode())
