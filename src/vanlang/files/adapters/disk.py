"""
The store on a disk: content under its own hash, in two levels of folders, written whole or not at all.

`<root>/9f/86/9f86d0…` is written as a temporary file, flushed to disk, then renamed: a crash leaves either
nothing or the whole. The same content is stored once. Nothing here knows of names or of the database.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from typing_extensions import override

from vanlang.files.errors import FileDamagedError, FileStoreFullError
from vanlang.files.ports import ContentStore

_UNFINISHED = ".new-"
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


@dataclass(frozen=True, slots=True)
class DiskStore(ContentStore):
    """A folder of contents."""

    root: Path

    @override
    def write(self, content: bytes) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._path(sha256)
        if not self._is_sound(path, sha256):
            try:
                self._put(path, content)
            except OSError as error:
                if error.errno in _NO_ROOM:
                    raise FileStoreFullError from error
                raise
        os.utime(path)  # young again: the sweeper, which takes only what is old, leaves it
        return sha256

    @override
    def read(self, sha256: str) -> bytes:
        try:
            content = self._path(sha256).read_bytes()
        except FileNotFoundError:
            raise FileDamagedError(sha256=sha256) from None
        if hashlib.sha256(content).hexdigest() != sha256:
            raise FileDamagedError(sha256=sha256)
        return content

    @override
    def list_older(self, than: datetime) -> Iterator[str]:
        for path in sorted(self.root.glob("??/??/*")):
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) < than:
                yield path.name

    @override
    def delete(self, sha256: str) -> None:
        self._path(sha256).unlink(missing_ok=True)

    def _path(self, sha256: str) -> Path:
        return self.root / sha256[:2] / sha256[2:4] / sha256

    @staticmethod
    def _is_sound(path: Path, sha256: str) -> bool:
        with contextlib.suppress(FileNotFoundError):
            return hashlib.sha256(path.read_bytes()).hexdigest() == sha256
        return False

    def _put(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=_UNFINISHED, delete=False) as new:
            try:
                new.write(content)
                new.flush()
                os.fsync(new.fileno())
                Path(new.name).replace(path)
            except BaseException:
                Path(new.name).unlink(missing_ok=True)
                raise
        for folder in (path.parent, path.parent.parent, self.root):
            _flush(folder)


def _flush(folder: Path) -> None:
    """Flush a folder: a rename that is only in memory is lost with the power."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
