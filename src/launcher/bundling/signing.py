"""The publisher's word for a bundle: Ed25519 over its checksum, with a key that `openssl` can read as well."""

from __future__ import annotations

import hashlib
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)  # fmt: skip


def sign(bundle: Path, key: Path) -> None:
    """Write the checksum of `bundle` as `sha256sum` does, its signature, and the public half of the key, beside it."""
    private = _private(key)
    line = f"{_sha256(bundle)}  {bundle.name}\n".encode()
    bundle.with_name(f"{bundle.name}.sha256").write_bytes(line)
    bundle.with_name(f"{bundle.name}.sha256.sig").write_bytes(private.sign(line))
    public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    bundle.with_name("release.pub").write_bytes(public)


def is_genuine(bundle: Path, public: Path) -> bool:
    """Return whether the holder of the key wrote the checksum beside `bundle`, and whether it is that of the file."""
    key = load_pem_public_key(public.read_bytes())
    try:
        line = bundle.with_name(f"{bundle.name}.sha256").read_bytes()
        signature = bundle.with_name(f"{bundle.name}.sha256.sig").read_bytes()
    except OSError:
        return False
    if not isinstance(key, Ed25519PublicKey):
        return False
    try:
        key.verify(signature, line)
    except InvalidSignature:
        return False
    return line.split()[:1] == [_sha256(bundle).encode()]


def _private(key: Path) -> Ed25519PrivateKey:
    if not key.exists():
        key.parent.mkdir(parents=True, exist_ok=True)
        made = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        key.touch(mode=0o600)
        key.write_bytes(made)
    private = load_pem_private_key(key.read_bytes(), None)
    if not isinstance(private, Ed25519PrivateKey):
        msg = f"{key}: cần khóa Ed25519"
        raise TypeError(msg)
    return private


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
