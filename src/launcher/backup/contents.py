"""
The file part: every content of the file store, each copied once for all backups.

It is copied twice, before the database and after. A content lies on the disk before the row that names it commits, never
changes, and is swept only when no row has named it for a day. So whatever the database's copy names was there either when
the first round looked, or was written since and is still there in the second: no lock on the store, and no act waits.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from launcher.backup.errors import DamagedError
from launcher.backup.keys import Key
from launcher.backup.progress import Progress
from launcher.backup.repository import Repository

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(slots=True)
class Copied:
    """What the rounds found and wrote."""

    seen: dict[str, int] = field(default_factory=dict)
    """Hash and size of every content that the backup has."""
    new: int = 0
    new_bytes: int = 0
    damaged: list[str] = field(default_factory=list)
    """Contents of the live store that are not what their name says: they are not taken over a sound copy."""


def copy_round(store: Path, repository: Repository, key: Key, copied: Copied, *, quiet: bool) -> None:
    """Copy what is not there yet."""
    waiting = [
        (path, size)
        for path, size in _listed(store)
        if path.name not in copied.seen and path.name not in copied.damaged
    ]
    bar = Progress("Tệp", sum(size for _, size in waiting), quiet=quiet or not waiting)
    for path, size in waiting:
        if repository.has_content(key, path.name, size) or _copy(path, repository, key, copied):
            copied.seen[path.name] = size
        bar.add(size)
    bar.end()


def _copy(path: Path, repository: Repository, key: Key, copied: Copied) -> bool:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return False  # swept meanwhile: no row named it
    if hashlib.sha256(content).hexdigest() != path.name:
        copied.damaged.append(path.name)
        return False
    repository.put_content(key, path.name, content)
    copied.new += 1
    copied.new_bytes += len(content)
    return True


def _listed(store: Path) -> Iterator[tuple[Path, int]]:
    for path in sorted(store.glob("??/??/*")):
        if _HASH.fullmatch(path.name):
            try:
                yield path, path.stat().st_size
            except FileNotFoundError:
                continue


def find_missing(named: dict[str, int], copied: Copied, repository: Repository, key: Key) -> list[str]:
    """
    Return the contents that the database names and neither the store nor an earlier backup has.

    One that is damaged or gone in the store, and sound in an earlier backup, is this backup's too: a paper is not lost twice.
    """
    missing = []
    for digest in sorted(named.keys() - copied.seen.keys()):
        try:
            copied.seen[digest] = len(repository.content(key, digest))
        except DamagedError:
            missing.append(digest)
    return missing


def put_back(
    run_contents: dict[str, int], repository: Repository, key: Key, folder: Path, *, quiet: bool
) -> None:
    """Write every content of a backup into a new store. Raises: DamagedError; OSError when the disk is full."""
    bar = Progress("Tệp", sum(run_contents.values()), quiet=quiet)
    for digest, size in run_contents.items():
        path = folder / digest[:2] / digest[2:4] / digest
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_bytes(repository.content(key, digest))
        bar.add(size)
    bar.end()
