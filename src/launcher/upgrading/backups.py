"""The backup before an upgrade: taken by the old release, with its own command."""

from __future__ import annotations

import os
import subprocess

from launcher.upgrading.journal import Home, UpgradeError
from launcher.upgrading.releases import told


def take(home: Home, old: str) -> str:
    """
    Have the old release back everything up; return where.

    `VANLANG_UPGRADE_BACKUP` names another command (a snapshot of the disk, say); it must end well and prints where last.
    Raises: UpgradeError.
    """
    release = home.release(old)
    given = os.environ.get("VANLANG_UPGRADE_BACKUP", "")
    target = os.environ.get("VANLANG_BACKUP_DIR", str(home.path / "backups"))
    command = given.split() or [
        str(release / "venv" / "bin" / "python"),
        "-m",
        "launcher",
        "backup",
        "--to",
        target,
    ]
    answer = subprocess.run(
        command, cwd=release / "app", env=told(home, old), capture_output=True, text=True, check=False
    )
    if answer.returncode != 0:
        msg = f"không sao lưu được: {(answer.stderr.strip() or answer.stdout.strip())[-400:]}"
        raise UpgradeError(msg)
    return answer.stdout.strip().splitlines()[-1] if given and answer.stdout.strip() else target
