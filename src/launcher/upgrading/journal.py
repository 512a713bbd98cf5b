"""Where an upgrade stands: written after every step, in one rename, so that a kill leaves the last whole truth."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path


class UpgradeError(RuntimeError):
    """The upgrade stopped. The message says what is running now and what to do."""


@dataclass(frozen=True, slots=True)
class Home:
    """A folder where releases are installed."""

    path: Path

    @property
    def current(self) -> str:
        """The name of the release that serves."""
        try:
            return Path(os.readlink(self.path / "current")).name
        except OSError as error:
            msg = f"{self.path}: chưa cài bản nào ở đây. Lần đầu dùng ./install trong gói."
            raise UpgradeError(msg) from error

    def release(self, name: str) -> Path:
        return self.path / "releases" / name

    def switch(self, name: str) -> None:
        """Point `current` at a release, in one rename."""
        link = self.path / ".current.new"
        link.unlink(missing_ok=True)
        link.symlink_to(f"releases/{name}")
        link.replace(self.path / "current")

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the home: two upgrades at once would each undo the other."""
        if not self.path.is_dir():
            msg = f"{self.path}: không có thư mục này."
            raise UpgradeError(msg)
        with (self.path / ".upgrade.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                msg = "Một lần chuyển bản khác đang chạy."
                raise UpgradeError(msg) from error
            yield


@dataclass
class Journal:
    """One upgrade."""

    home: Home
    bundle: str
    old: str
    new: str = ""
    done: list[str] = field(default_factory=list)
    """The steps that are done, in their order."""
    backup: str = ""
    forward: bool = False
    """Whether the old release cannot run on the database that the migrations leave."""

    @classmethod
    def begun(cls, home: Home, bundle: Path | None) -> Journal:
        """Begin, unless another upgrade was left unfinished."""
        if bundle is None:
            msg = "Cần tệp gói, hoặc --to COMMIT, --resume, --rollback."
            raise UpgradeError(msg)
        if home.path.joinpath("upgrade.json").exists():
            left = cls.read(home)
            msg = f"Lần chuyển sang {left.new or left.bundle} chưa xong (đã làm: {', '.join(left.done) or 'chưa gì'}). Dùng --resume hoặc --rollback."
            raise UpgradeError(msg)
        return cls(home, str(bundle.resolve()), home.current)

    @classmethod
    def read(cls, home: Home) -> Journal:
        try:
            told = json.loads((home.path / "upgrade.json").read_text(encoding="utf-8"))
        except OSError:
            return cls(home, "", home.current)
        return cls(home, **told)

    @classmethod
    def resumed(cls, home: Home) -> Journal:
        if not home.path.joinpath("upgrade.json").exists():
            msg = "Không có lần chuyển nào bị ngắt."
            raise UpgradeError(msg)
        return cls.read(home)

    def write(self) -> None:
        told = asdict(self)
        del told["home"]
        partial = self.home.path / ".upgrade.json.part"
        with partial.open("w", encoding="utf-8") as file:
            json.dump(told, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(self.home.path / "upgrade.json")

    def mark(self, step: str) -> None:
        self.done.append(step)
        self.write()

    def close(self) -> None:
        """End this upgrade; what it left is remembered as the last one, for `--rollback` later."""
        self.write()
        (self.home.path / "upgrade.json").replace(self.home.path / "last-upgrade.json")
