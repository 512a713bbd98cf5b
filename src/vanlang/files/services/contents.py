"""
The store: content under its own hash, in two levels of folders, written whole or not at all.

`<root>/9f/86/9f86d0…` is written as a temporary file, flushed to disk, then renamed; a crash leaves either
nothing or the whole. The same content is stored once. Nothing here knows of names or of the database.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from vanlang.files.errors import FileDamagedError


def root() -> Path:
    return Path(settings.VANLANG_FILES_DIR)


def path_of(sha256: str) -> Path:
    return root() / sha256[:2] / sha256[2:4] / sha256


def write(content: bytes) -> str:
    """Return the hash under which `content` now lies on disk. Heals a damaged copy by writing it anew."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = path_of(sha256)
    if _holds(path, sha256):
        os.utime(path)  # it is young again: the sweeper leaves it
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as new:
        try:
            new.write(content)
            new.flush()
            os.fsync(new.fileno())
            Path(new.name).replace(path)
        except BaseException:
            Path(new.name).unlink(missing_ok=True)
            raise
    _flush_folders(path)
    return sha256


def read(sha256: str) -> bytes:
    """Return the content. Raises: FileDamagedError when it is gone or its hash is another."""
    try:
        content = path_of(sha256).read_bytes()
    except FileNotFoundError:
        raise FileDamagedError(sha256=sha256) from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise FileDamagedError(sha256=sha256)
    return content


def _holds(path: Path, sha256: str) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    except FileNotFoundError:
        return False


def _flush_folders(path: Path) -> None:
    """Flush the folders too: a rename that is only in memory is lost with the power."""
    for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
