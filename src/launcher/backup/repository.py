"""
The folder of backups: finished ones by the instant at which they began, and the contents that they share.

    DOC-TOI.txt                 what this is and how it is opened, for whoever finds it
    2026-11-23T020000/          one backup: info.json (readable), manifest, database, household, contents (sealed)
    files/ab/cd/abcd….sealed    the file part: each content once for all backups, under a keyed hash of its hash

A backup is written under a name that begins with a dot and renamed when nothing is missing: what is half is never seen.
"""

from __future__ import annotations

import fcntl
import hmac
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from launcher.backup.errors import DamagedError, RefusedError
from launcher.backup.keys import Key
from launcher.backup.sealing import seal, sealed_size, unsealed

_RUN = re.compile(r"\d{4}-\d{2}-\d{2}T\d{6}")
FORMAT = 1
PARTS = ("manifest", "database", "household", "contents")

_README = """BẢN SAO LƯU VĂN LANG

Mỗi thư mục có tên là một thời điểm chứa một bản sao lưu trọn vẹn: cơ sở dữ liệu, danh sách tệp, bí mật của hệ thống.
Nội dung tệp dùng chung nằm trong thư mục files. Tất cả đã được niêm phong (AES-256-GCM); info.json ghi dấu của khóa cần có.

Khôi phục:   ./vanlang restore THƯ_MỤC_NÀY
Diễn tập:    ./vanlang restore THƯ_MỤC_NÀY --drill

Không có khóa sao lưu (bản in của đơn vị vận hành) thì không ai mở được. Đừng sửa, đổi tên hay xóa lẻ tệp nào trong đây.
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One finished backup."""

    folder: Path
    info: dict[str, Any]

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def fingerprint(self) -> str:
        return str(self.info["key"])

    def path(self, part: str) -> Path:
        return self.folder / f"{part}.sealed"

    def label(self, part: str) -> str:
        """The name that a part's key is bound to: a part of another backup does not fit."""
        return f"{self.name}/{part}"

    def manifest(self, key: Key) -> dict[str, Any]:
        """Return what the backup says that it is. Raises: DamagedError."""
        told: dict[str, Any] = json.loads(_read(self, key, "manifest"))
        for part, size in told["parts"].items():
            path = self.path(part)
            if not path.exists():
                raise DamagedError(part, "không có tệp")
            if path.stat().st_size != size:
                raise DamagedError(part, f"tệp dài {path.stat().st_size} byte, đã ghi {size} byte")
        return told

    def contents(self, key: Key) -> dict[str, int]:
        """Return hash and size of every content of the file part. Raises: DamagedError."""
        lines = _read(self, key, "contents").decode().splitlines()
        return {digest: int(size) for digest, _, size in (line.partition(" ") for line in lines)}


def _read(run: Run, key: Key, part: str) -> bytes:
    try:
        return unsealed(run.path(part), key, run.label(part))
    except DamagedError as error:
        raise DamagedError(part, error.why) from None


@dataclass(frozen=True, slots=True)
class Repository:
    """A folder of backups."""

    root: Path

    def runs(self) -> list[Run]:
        """Return the finished backups, the newest first."""
        folders = [path for path in self.root.glob("*") if _RUN.fullmatch(path.name)]
        return [
            Run(folder, json.loads((folder / "info.json").read_text()))
            for folder in sorted(folders, reverse=True)
            if (folder / "info.json").exists()
        ]

    def find(self, name: str = "") -> Run:
        """Return a backup by its name, the newest without one. Raises: RefusedError."""
        for run in self.runs():
            if name in ("", run.name):
                return run
        raise RefusedError(
            f"Trong {self.root} không có bản sao lưu {name or 'nào'}.",
            "Hãy kiểm tra đường dẫn, hoặc xem danh sách bằng ./vanlang backup --list --to THƯ_MỤC.",
        )

    @contextmanager
    def begun(self, at: datetime) -> Iterator[Path]:
        """Yield the folder of a new backup; it is seen under its name when the block ends well, else it is gone."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        (self.root / "DOC-TOI.txt").write_text(_README)
        with (self.root / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise RefusedError(
                    "Một lần sao lưu khác đang ghi vào thư mục này.", "Hãy đợi lần đó xong rồi chạy lại."
                ) from None
            for left in self.root.glob(".new-*"):
                shutil.rmtree(left)  # a backup that died half-way
            name = at.strftime("%Y-%m-%dT%H%M%S")
            if (self.root / name).exists():
                raise RefusedError(f"Đã có bản sao lưu {name}.", "Hãy chạy lại sau một giây.")
            new = self.root / f".new-{name}"
            new.mkdir(mode=0o700)
            try:
                yield new
                os.sync()
                new.rename(self.root / name)
                _flush(self.root)
            except BaseException:
                shutil.rmtree(new, ignore_errors=True)
                raise

    # --- the file part -----------------------------------------------------------------------------

    def content_path(self, key: Key, digest: str) -> Path:
        name = hmac.new(key.derived(b"content names"), digest.encode(), sha256).hexdigest()
        return self.root / "files" / name[:2] / name[2:4] / f"{name}.sealed"

    def has_content(self, key: Key, digest: str, size: int) -> bool:
        """Say whether a content is there in its full length; whether it is sound is the drill's question."""
        try:
            return self.content_path(key, digest).stat().st_size == sealed_size(size)
        except FileNotFoundError:
            return False

    def put_content(self, key: Key, digest: str, content: bytes) -> None:
        seal(self.content_path(key, digest), key, f"files/{digest}", content)

    def content(self, key: Key, digest: str) -> bytes:
        """Return a content, proved to be the one that was stored. Raises: DamagedError."""
        name = f"files/{digest}"
        content = unsealed(self.content_path(key, digest), key, name)
        if sha256(content).hexdigest() != digest:
            raise DamagedError(name, "nội dung không khớp mã băm")
        return content

    # --- what is let go ----------------------------------------------------------------------------

    def keep(self, count: int, key: Key) -> list[str]:
        """Let go of all backups but the newest `count`, and of contents that none left names; return their names."""
        mine = [run for run in self.runs() if run.fingerprint == key.fingerprint]
        gone = mine[max(count, 1) :]
        for run in gone:
            dying = self.root / f".new-old-{run.name}"
            run.folder.rename(dying)
            shutil.rmtree(dying)
        if gone:
            self._sweep(mine[: max(count, 1)], key)
        return [run.name for run in gone]

    def _sweep(self, kept: list[Run], key: Key) -> None:
        if len(kept) != len(self.runs()):
            return  # another key's backups share the folder: what they name cannot be read with this one
        named = {self.content_path(key, digest) for run in kept for digest in run.contents(key)}
        for path in self.root.glob("files/*/*/*"):
            if path not in named:
                path.unlink()


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
