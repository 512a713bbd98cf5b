"""Tar archives written out: plain files and folders, readable by their owner, nothing outside the folder given."""

from __future__ import annotations

import shutil
import tarfile
from pathlib import Path, PurePosixPath


def unpack(tar: tarfile.TarFile, folder: Path) -> None:
    """Write every entry below `folder`. Raises: tarfile.TarError for what is no plain file or would lie elsewhere."""
    for entry in tar:
        name = PurePosixPath(entry.name)
        if name.is_absolute() or ".." in name.parts or not (entry.isfile() or entry.isdir()):
            msg = f"{entry.name}: not a plain file below the folder"
            raise tarfile.TarError(msg)
        path = folder / name
        if entry.isdir():
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            continue
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        content = tar.extractfile(entry)
        assert content is not None  # noqa: S101 - a plain file has content
        with path.open("wb") as file:
            shutil.copyfileobj(content, file, 1024 * 1024)
        path.chmod(0o600)
