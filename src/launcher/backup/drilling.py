"""
The drill: a backup is opened as if everything else were gone, and what it holds is proved. Nothing that is in use is touched.

    parts        every part opens with the key, to its last byte
    counts       every table has the rows that it had
    constraints  every foreign key, check and uniqueness holds, asked of the rows
    files        every content that the database names is there and hashes to its name
    log          every block of the log is what it was, and every block closed in an earlier backup is still the same
    sample       the code of this installation starts on the copy, with the secrets of the backup, and opens what it sealed
                 and stored before the backup: an invented sentence and an invented paper
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from launcher.backup import contents, household
from launcher.backup.cluster import Cluster
from launcher.backup.copies import started_copy
from launcher.backup.errors import BackupError, DamagedError
from launcher.backup.facts import BLOCK, list_broken_constraints, list_contents, read_log
from launcher.backup.keys import Key
from launcher.backup.places import Place
from launcher.backup.progress import Progress
from launcher.backup.repository import Repository, Run
from launcher.backup.restoring import pieces_of, prove_counts
from launcher.backup.sealing import unsealed
from launcher.settings import ROOT

COMPARED = 5
"""Earlier backups whose closed blocks are compared."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing that was looked at."""

    code: str
    title: str
    good: bool
    says: str


@dataclass(frozen=True, slots=True)
class Drilled:
    """The outcome of a drill."""

    name: str
    proofs: tuple[Proof, ...]
    seconds: float

    @property
    def good(self) -> bool:
        return all(proof.good for proof in self.proofs)


def drill(
    place: Place, repository: Repository, run: Run, key: Key, *, files: int = 0, quiet: bool = False
) -> Drilled:
    """
    Open a backup in a scratch database, which is dropped afterwards, and prove it.

    `files` many contents are hashed, drawn at random; 0: all. Raises: RefusedError when the drill cannot be held here.
    """
    started = time.monotonic()
    proofs = list(_proofs(place, repository, run, key, files, quiet=quiet))
    return Drilled(run.name, tuple(proofs), time.monotonic() - started)


def _proofs(
    place: Place, repository: Repository, run: Run, key: Key, files: int, *, quiet: bool
) -> Iterator[Proof]:
    place.scratch.mkdir(parents=True, exist_ok=True, mode=0o700)
    scratch = Path(tempfile.mkdtemp(prefix="drill-", dir=place.scratch))
    try:
        manifest, listed = run.manifest(key), run.contents(key)
        home = unsealed(run.path("household"), key, run.label("household"))
        pieces = pieces_of(run, key)
        with started_copy(
            pieces, major=manifest["major"], database=manifest["database"], scratch=scratch
        ) as url:
            yield Proof("parts", "Các phần của bản sao lưu", True, "mở được bằng khóa, đến byte cuối")
            with Cluster(url).connect() as connection:
                yield _proved("counts", "Số dòng từng bảng", lambda: _counts(connection, manifest))
                yield _proved("constraints", "Ràng buộc", lambda: _constraints(connection))
                yield _proved("log", "Nhật ký", lambda: _log(connection, manifest, repository, run, key))
                named = list_contents(connection)
            yield _proved("files", "Tệp", lambda: _files(named, listed, repository, key, files, quiet=quiet))
            yield _proved(
                "sample", "Mẫu thử", lambda: _sample(url, home, named, listed, repository, key, scratch)
            )
    except DamagedError as error:
        yield Proof("parts", "Các phần của bản sao lưu", False, error.says)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _proved(code: str, title: str, look: Callable[[], str]) -> Proof:
    try:
        return Proof(code, title, True, look())
    except BackupError as error:
        return Proof(code, title, False, error.says)
    except psycopg.Error as error:
        return Proof(code, title, False, f"PostgreSQL báo lỗi khi đọc: {str(error).splitlines()[0]}")


def _counts(connection: psycopg.Connection, manifest: dict[str, Any]) -> str:
    prove_counts(connection, manifest)
    return f"{len(manifest['tables'])} bảng, {sum(manifest['tables'].values())} dòng, khớp với lúc sao lưu"


def _constraints(connection: psycopg.Connection) -> str:
    asked, broken = list_broken_constraints(connection)
    if broken:
        raise DamagedError("database", f"{len(broken)} ràng buộc bị phá: {'; '.join(broken[:5])}")
    return f"{asked} ràng buộc đều đúng khi hỏi lại từng dòng"


def _log(
    connection: psycopg.Connection, manifest: dict[str, Any], repository: Repository, run: Run, key: Key
) -> str:
    head, told = read_log(connection), manifest["log"]
    if head is None or told is None:
        return "chưa có nhật ký"
    blocks = {number: list(block) for number, block in head.blocks.items()}
    if blocks != told["blocks"] or head.last_id != told["last_id"]:
        raise DamagedError("database", "nhật ký không còn như lúc sao lưu")
    compared = 0
    for earlier in _earlier(repository, run, key):
        before = earlier.manifest(key)["log"]
        compared += 1
        for number, block in _closed(before).items():
            if blocks.get(number) != block:
                raise DamagedError(
                    "database",
                    f"nhật ký có đoạn {number} khác với bản sao lưu {earlier.name}: có dòng cũ bị sửa, bị xóa hoặc thêm vào",
                )
    return f"{head.count} dòng, đến dòng {head.last_id}; các đoạn cũ giống {compared} bản sao lưu trước"


def _closed(log: dict[str, Any] | None) -> dict[str, list[object]]:
    if log is None:
        return {}
    return {
        number: block for number, block in log["blocks"].items() if int(number) < log["last_id"] // BLOCK - 1
    }


def _earlier(repository: Repository, run: Run, key: Key) -> list[Run]:
    runs = [one for one in repository.runs() if one.name < run.name and one.fingerprint == key.fingerprint]
    return runs[:COMPARED]


def _files(
    named: dict[str, int], listed: dict[str, int], repository: Repository, key: Key, some: int, *, quiet: bool
) -> str:  # fmt: skip
    missing = sorted(named.keys() - listed.keys())
    if missing:
        raise DamagedError(
            "contents", f"thiếu {len(missing)} tệp mà cơ sở dữ liệu ghi, như {missing[0][:12]}…"
        )
    chosen = sorted(listed)
    if 0 < some < len(chosen):
        chosen = random.sample(chosen, some)
    bar = Progress("Tệp", len(chosen), quiet=quiet)
    for digest in chosen:
        repository.content(key, digest)
        bar.add(1)
    bar.end()
    return f"{len(chosen)} trong {len(listed)} tệp đúng mã băm; không tệp nào cơ sở dữ liệu ghi mà thiếu"


def _sample(
    url: str, home: bytes, named: dict[str, int], listed: dict[str, int], repository: Repository, key: Key, scratch: Path
) -> str:  # fmt: skip
    """Let this installation's code open the sample on the copy. Raises: DamagedError with what it said."""
    secrets = household.unpacked(home, scratch / "state")
    store = scratch / "files"
    sampled = _sample_contents(url) & named.keys() & listed.keys()
    contents.put_back({one: listed[one] for one in sampled}, repository, key, store, quiet=True)
    told = {
        **os.environ, **secrets, "VANLANG_DATABASE_URL": url, "VANLANG_FILES_DIR": str(store),
        "VANLANG_STATE": str(scratch / "state"),
    }  # fmt: skip
    answer = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "upkeep", "open-sample"],
        env=told, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if answer.returncode != 0:
        why = (answer.stdout + answer.stderr).strip().splitlines()[-1:] or ["không rõ"]
        said = why[0].removeprefix("CommandError: ").rstrip(".")
        raise DamagedError("household", f"không mở được mẫu thử: {said}")
    return answer.stdout.strip()


def _sample_contents(url: str) -> set[str]:
    with Cluster(url).connect() as connection:
        if not connection.execute("SELECT to_regclass('public.operations_sample')").fetchone()[0]:  # type: ignore[index] # one row always
            return set()
        rows = connection.execute(
            "SELECT f.sha256 FROM operations_sample s JOIN files_storedfile f ON f.id = s.paper_id"
        )
        return {row[0] for row in rows}
