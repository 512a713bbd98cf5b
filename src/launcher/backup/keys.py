"""
The key of the backups: 32 random bytes, kept beside the installation and, on paper, away from it.

As text it is fourteen groups of four letters; the last group is a checksum, so that a letter that was misread is noticed
before anything is opened. Who loses the key loses every backup made with it: nobody can open them, we neither.
"""

from __future__ import annotations

import base64
import getpass
import hashlib
import os
import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from launcher.backup.errors import RefusedError

BYTES = 32
_GROUP = 4


@dataclass(frozen=True, slots=True)
class Key:
    """What seals and opens backups."""

    secret: bytes

    @classmethod
    def made(cls) -> Key:
        return cls(secrets.token_bytes(BYTES))

    @classmethod
    def read(cls, text: str) -> Key:
        """Return the key that `text` spells, blanks and dashes aside. Raises: RefusedError."""
        letters = "".join(text.upper().split()).replace("-", "")
        body = letters[:-_GROUP]
        try:
            secret = base64.b32decode(body + "=" * (-len(body) % 8))
        except ValueError:
            secret = b""
        if len(secret) != BYTES or cls(secret).text.replace("-", "") != letters:
            raise RefusedError(
                "Khóa sao lưu gõ chưa đúng.",
                "Hãy so lại từng nhóm bốn chữ với bản in; khóa có mười bốn nhóm, không có số 0, 1, 8, 9.",
            )
        return cls(secret)

    @property
    def text(self) -> str:
        letters = base64.b32encode(self.secret).decode().rstrip("=") + _checksum(self.secret)
        return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))

    @property
    def fingerprint(self) -> str:
        """What may be written beside a backup: says which key it needs, and nothing about it."""
        return self.derived(b"fingerprint").hex()[:16]

    def derived(self, purpose: bytes, salt: bytes | None = None) -> bytes:
        info = b"vanlang backup v1 " + purpose
        return HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=info).derive(self.secret)


def _checksum(secret: bytes) -> str:
    return base64.b32encode(hashlib.sha256(secret).digest()).decode()[:_GROUP]


def key_file(state: Path) -> Path:
    """Return where this installation keeps its key."""
    return Path(os.environ.get("VANLANG_BACKUP_KEY_FILE") or state / "backup.key")


def find_key(state: Path) -> Key | None:
    """Return this installation's key, from the environment or its file; None when it has none."""
    given = os.environ.get("VANLANG_BACKUP_KEY", "")
    if given:
        return Key.read(given)
    path = key_file(state)
    return Key.read(path.read_text()) if path.exists() else None


def keep_key(state: Path, key: Key) -> Path:
    """Write the key to its file, readable by the owner only; never over another. Raises: FileExistsError."""
    path = key_file(state)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(key.text + "\n")
    return path


def key_for_opening(
    state: Path, fingerprint: str, *, given: Path | None, ask: Callable[[str], str] = getpass.getpass
) -> Key:
    """
    Return the key that opens a backup: from the file given, this installation's, or typed by a person.

    Raises: RefusedError when there is none, or it is another.
    """
    key = Key.read(given.read_text()) if given else find_key(state)
    if key is None and sys.stdin.isatty():
        key = Key.read(ask("Khóa sao lưu (mười bốn nhóm bốn chữ): "))
    if key is None:
        raise RefusedError(
            "Máy này không có khóa để mở bản sao lưu.",
            "Hãy lấy bản in của khóa, ghi vào một tệp rồi thêm --key-file TỆP.",
        )
    if key.fingerprint != fingerprint:
        raise RefusedError(
            f"Khóa này không phải khóa của bản sao lưu (bản sao lưu cần khóa {fingerprint}, khóa đang có là {key.fingerprint}).",
            "Hãy tìm bản in của khóa có dấu đó. Không có khóa thì không ai mở được bản sao lưu này.",
        )
    return key
