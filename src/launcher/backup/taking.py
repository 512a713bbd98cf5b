"""Make one backup: files, database, files again; then open what was written, and only then call it a backup."""

from __future__ import annotations

import json
import shutil
import time
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from launcher.backup import contents, household
from launcher.backup.cluster import Cluster, ClusterFacts
from launcher.backup.copies import started_copy
from launcher.backup.errors import BackupError, RefusedError
from launcher.backup.facts import LogHead, count_rows, list_contents, list_migrations, read_log
from launcher.backup.keys import Key
from launcher.backup.places import Place, now
from launcher.backup.progress import Progress, megabytes
from launcher.backup.repository import FORMAT, Repository
from launcher.backup.sealing import Sealer, seal, unseal


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the caller may choose."""

    keep: int = 14
    """How many backups stay; 0: all."""
    megabytes_a_second: int = 0
    """The most that is read from the database's disk; 0: as fast as it goes."""
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """A finished backup, in figures."""

    name: str
    database_bytes: int
    files: int
    new_files: int
    new_bytes: int
    rows: int
    damaged: tuple[str, ...]
    """Contents of the live store that are not what they were; the backup has them sound where an earlier one had."""
    missing: tuple[str, ...]
    """Contents that the database names and nobody has."""
    let_go: tuple[str, ...]
    seconds: float


def take(
    place: Place, repository: Repository, key: Key, wishes: Wishes, *, at: datetime | None = None
) -> Taken:
    """
    Make a backup and return it in figures. Earlier ones stay as they are whatever goes wrong.

    Raises: BackupError, RefusedError, DamagedError.
    """
    try:
        return _take(place, repository, key, wishes, at or now())
    except OSError as error:
        raise BackupError(
            f"Không ghi được bản sao lưu: {error.strerror or error}.",
            "Các bản sao lưu cũ vẫn còn nguyên, bản dở dang đã xóa. Hãy giải phóng dung lượng ở thư mục sao lưu, hoặc giữ ít bản hơn bằng --keep.",
        ) from error


def _take(place: Place, repository: Repository, key: Key, wishes: Wishes, at: datetime) -> Taken:
    started, cluster = time.monotonic(), Cluster(place.url)
    facts = cluster.described()
    _refuse_small_scratch(place.scratch, facts)
    copied = contents.Copied()
    with repository.begun(at) as new:
        label = new.name.removeprefix(".new-")
        contents.copy_round(place.store, repository, key, copied, quiet=wishes.quiet)
        size = _copy_database(cluster, facts, new / "database.sealed", key, f"{label}/database", wishes)
        contents.copy_round(place.store, repository, key, copied, quiet=wishes.quiet)
        seal(new / "household.sealed", key, f"{label}/household", household.packed(place.state))
        told = _opened(place, new, key, label, facts, cluster.name)
        missing = contents.find_missing(told.pop("named"), copied, repository, key)
        listed = "".join(f"{digest} {size}\n" for digest, size in sorted(copied.seen.items()))
        seal(new / "contents.sealed", key, f"{label}/contents", listed.encode())
        _describe(
            new,
            key,
            label,
            told | {"missing": missing, "began_at": at.isoformat(), "ended_at": now().isoformat()},
        )
    gone = repository.keep(wishes.keep, key) if wishes.keep else []
    return Taken(
        name=label, database_bytes=size, files=len(copied.seen), new_files=copied.new, new_bytes=copied.new_bytes,
        rows=sum(told["tables"].values()), damaged=tuple(copied.damaged), missing=tuple(missing), let_go=tuple(gone),
        seconds=time.monotonic() - started,
    )  # fmt: skip


def _copy_database(
    cluster: Cluster, facts: ClusterFacts, path: Path, key: Key, label: str, wishes: Wishes
) -> int:
    """Write the database part as it comes from the wire; nothing of it lies on the disk unsealed. Return its size."""
    bar = Progress("Cơ sở dữ liệu", facts.size_bytes // 4, quiet=wishes.quiet)  # gzip's usual share
    with Sealer(path, key, label) as part, cluster.base_copy(
        megabytes_a_second=wishes.megabytes_a_second
    ) as pieces:  # fmt: skip
        for piece in pieces:
            part.write(piece)
            bar.add(len(piece))
    bar.end()
    return part.size


def _opened(
    place: Place, new: Path, key: Key, label: str, facts: ClusterFacts, database: str
) -> dict[str, Any]:
    """Start what was written, and return what it says of itself: a backup that nobody opened is a hope."""
    pieces = unseal(new / "database.sealed", key, f"{label}/database")
    with (
        started_copy(pieces, major=facts.major, database=database, scratch=place.scratch) as url,
        Cluster(url).connect() as connection,
    ):
        return {
            "format": FORMAT,
            "database": database,
            "postgres": facts.version,
            "major": facts.major,
            "database_bytes": facts.size_bytes,
            "migrations": list_migrations(connection),
            "tables": count_rows(connection),
            "log": _log(read_log(connection)),
            "named": list_contents(connection),
        }


def _describe(new: Path, key: Key, label: str, told: dict[str, Any]) -> None:
    sizes = {part: (new / f"{part}.sealed").stat().st_size for part in ("database", "household", "contents")}
    seal(new / "manifest.sealed", key, f"{label}/manifest", json.dumps(told | {"parts": sizes}).encode())
    info = {
        "key": key.fingerprint, "began_at": told["began_at"], "ended_at": told["ended_at"], "postgres": told["postgres"],
        "database": told["database"], "rows": sum(told["tables"].values()), "bytes": sum(sizes.values()),
    }  # fmt: skip
    (new / "info.json").write_text(json.dumps(info, indent=1))


def _log(head: LogHead | None) -> dict[str, Any] | None:
    return asdict(head) if head else None


def _refuse_small_scratch(scratch: Path, facts: ClusterFacts) -> None:
    scratch.mkdir(parents=True, exist_ok=True, mode=0o700)
    free = shutil.disk_usage(scratch).free
    if free < facts.size_bytes * 1.1:
        raise RefusedError(
            f"Nơi mở thử bản sao lưu ({scratch}) còn {megabytes(free)}, cần {megabytes(facts.size_bytes)}.",
            "Hãy giải phóng dung lượng, hoặc chỉ nơi khác bằng --scratch THƯ_MỤC.",
        )
