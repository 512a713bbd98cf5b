"""A tar whose bytes depend on nothing but what is in it: sorted, without owners, all times those of the commit."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Member:
    """One file to be: its bytes and whether it can be run; or where a link points."""

    content: bytes = b""
    runs: bool = False
    link: str = ""


def write(target: Path, root: str, members: Mapping[str, Member], *, at: int) -> None:
    """Write `members` by their path under the folder `root`. `at`: seconds since 1970, of every file."""
    partial = target.with_name(f"{target.name}.part")
    with tarfile.open(partial, "w", format=tarfile.PAX_FORMAT) as tar:
        for path, member in sorted(members.items()):
            info = tarfile.TarInfo(f"{root}/{path}")
            info.mtime = at
            info.mode = 0o755 if member.runs else 0o644
            if member.link:
                info.type, info.linkname = tarfile.SYMTYPE, member.link
            info.size = len(member.content)
            tar.addfile(info, io.BytesIO(member.content))
    partial.replace(target)


def read_tree(archive: bytes) -> dict[str, Member]:
    """Return the files of a tar that git wrote."""
    found: dict[str, Member] = {}
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for info in tar:
            if info.issym():
                found[info.name] = Member(link=info.linkname)
            elif info.isfile():
                content = tar.extractfile(info)
                found[info.name] = Member(content.read() if content else b"", runs=bool(info.mode & 0o100))
    return found
