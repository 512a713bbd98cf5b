"""
Sealed parts: AES-256-GCM in chunks, so that a part of any size is written and read as a stream, and every byte is proved.

    part  = magic (8) | salt (32) | chunk …            key = HKDF(backup key, salt, name of the part)
    chunk = AES-256-GCM of at most 1 MiB, tag included; nonce = number of the chunk (11 bytes) | 1 when it is the last

A flipped byte fails its tag; a chunk left out, repeated or moved has another number; a part that was cut has no last
chunk; a part under another's name, or of another backup, has another key. Nothing is handed on before its tag was checked.
The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015), as in age.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from typing_extensions import override

from launcher.backup.errors import DamagedError
from launcher.backup.keys import Key

MAGIC = b"VLSEAL1\n"
SALT, TAG, CHUNK = 32, 16, 1024 * 1024


def sealed_size(size: int) -> int:
    """Return how many bytes `size` bytes are when sealed."""
    chunks = max(1, -(-size // CHUNK))
    return len(MAGIC) + SALT + size + chunks * TAG


class Sealer:
    """Writes one part. Whole when the block ends without an error, on the disk, and under its name; else not there at all."""

    def __init__(self, path: Path, key: Key, name: str) -> None:
        self._path, self._new = path, path.with_name(f".new-{path.name}")
        salt = os.urandom(SALT)
        self._cipher = AESGCM(key.derived(name.encode(), salt))
        self._head = MAGIC + salt
        self._waiting = bytearray()
        self._number = 0
        self._digest = hashlib.sha256()
        self.size = 0
        """Bytes on the disk so far."""

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file: BinaryIO = self._new.open("wb")
        self._put(self._head)
        return self

    def write(self, content: bytes) -> None:
        self._waiting += content
        while len(self._waiting) > CHUNK:  # one chunk is kept back: the last is marked
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]

    @property
    def sha256(self) -> str:
        """Of what was written to the disk."""
        return self._digest.hexdigest()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._seal(bytes(self._waiting), last=True)
                self._file.flush()
                os.fsync(self._file.fileno())
                self._file.close()
                self._new.replace(self._path)
        finally:
            self._file.close()
            self._new.unlink(missing_ok=True)

    def _seal(self, plain: bytes, *, last: bool) -> None:
        self._put(self._cipher.encrypt(_nonce(self._number, last=last), plain, None))
        self._number += 1

    def _put(self, content: bytes) -> None:
        self._file.write(content)
        self._digest.update(content)
        self.size += len(content)


def seal(path: Path, key: Key, name: str, content: bytes) -> None:
    """Write a small part at once."""
    with Sealer(path, key, name) as part:
        part.write(content)


def unseal(path: Path, key: Key, name: str) -> Iterator[bytes]:
    """
    Yield the content of a part, each piece after it was proved.

    Raises: DamagedError when it is not there, not whole, or not what was written.
    """
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise DamagedError(name, "không có tệp") from None
    with file:
        head = file.read(len(MAGIC) + SALT)
        if len(head) < len(MAGIC) + SALT or not head.startswith(MAGIC):
            raise DamagedError(name, "tệp không bắt đầu như một phần sao lưu")
        cipher = AESGCM(key.derived(name.encode(), head[len(MAGIC) :]))
        number, chunk = 0, file.read(CHUNK + TAG)
        while True:
            following = file.read(CHUNK + TAG)
            try:
                yield cipher.decrypt(_nonce(number, last=not following), chunk, None)
            except InvalidTag:
                raise DamagedError(name, _why(file, following, number)) from None
            if not following:
                return
            number, chunk = number + 1, following


def unsealed(path: Path, key: Key, name: str) -> bytes:
    """Return the whole content of a small part. Raises: DamagedError."""
    return b"".join(unseal(path, key, name))


class Stream(io.RawIOBase):
    """Pieces that come one by one, as a file that can be read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._rest = pieces, b""

    @override
    def readable(self) -> bool:
        return True

    @override
    def readinto(self, buffer: memoryview | bytearray) -> int:  # type: ignore[override] # narrower than typeshed's Buffer
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = piece
        taken, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _why(file: BinaryIO, following: bytes, number: int) -> str:
    at = number * (CHUNK + TAG)
    return "tệp bị cắt cụt hoặc bị đổi ở cuối" if not following else f"có byte bị đổi quanh vị trí {at}"
