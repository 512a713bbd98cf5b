"""The machine that we run on: disks, settings, the clock's zone."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from vanlang.operations.queries.database import bypasses_policies
from vanlang.operations.rules.machine import Disk, Standing

_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def backup_folder() -> Path:
    return Path(os.environ.get("VANLANG_BACKUP_DIR") or settings.VANLANG_STATE / "backups")


PLACES = ("state", "files", "backups")
"""What lies on each of the disks, in the order of `list_disks`."""


def list_disks() -> list[Disk]:
    """Return the room of each of our folders; of one that is not made yet, that of the folder it will lie in."""
    folders = (
        ("trạng thái và cơ sở dữ liệu nhúng", settings.VANLANG_STATE),
        ("kho tệp", settings.VANLANG_FILES_DIR),
        ("bản sao lưu", backup_folder()),
    )
    return [_disk(holds, Path(path)) for holds, path in folders]


def _disk(holds: str, path: Path) -> Disk:
    there = next(one for one in (path, *path.parents) if one.exists())
    told = os.statvfs(there)
    return Disk(
        holds=holds, path=str(path), size=told.f_blocks * told.f_frsize, free=told.f_bavail * told.f_frsize,
        inodes=told.f_files, free_inodes=told.f_favail,
    )  # fmt: skip


def zone_is_right() -> bool:
    """Say whether processes show Vietnam's time: Django sets the zone of its own process, so this is the house's."""
    return time.strftime("%z") in {"+0700", "+0000"}


def get_standing() -> Standing:
    return Standing(
        demo=settings.VANLANG_DEMO,
        debug=settings.DEBUG,
        any_host="*" in settings.ALLOWED_HOSTS,
        public_https=settings.VANLANG_PUBLIC_URL.startswith("https://"),
        secure_cookies=settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE,
        secret_letters=len(settings.SECRET_KEY),
        has_key_encryption_key=bool(
            settings.VANLANG_KEY_ENCRYPTION_KEY or settings.SIGNING_KEY_ENCRYPTION_KEY
        ),
        has_backup_key=bool(os.environ.get("VANLANG_BACKUP_KEY")) or _backup_key_file().exists(),
        readable_secrets=tuple(
            path.name
            for path in (settings.VANLANG_STATE / "secrets.json", _backup_key_file())
            if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077
        ),
        stand_ins=tuple(name for name, url in _outside() if url and urlsplit(url).hostname in _LOOPBACK),
        bypasses_policies=bypasses_policies(),
    )


def is_store_writable() -> bool:
    """Say whether a file could be stored now."""
    folder = Path(settings.VANLANG_FILES_DIR)
    there = next(one for one in (folder, *folder.parents) if one.exists())
    return os.access(there, os.W_OK | os.X_OK) and not os.statvfs(there).f_flag & os.ST_RDONLY


def _backup_key_file() -> Path:
    return Path(os.environ.get("VANLANG_BACKUP_KEY_FILE") or settings.VANLANG_STATE / "backup.key")


def _outside() -> tuple[tuple[str, str], ...]:
    return (
        ("định danh", settings.VANLANG_OIDC["server_url"]),
        ("chứng thư", settings.SIGNING_AUTHORITY_URL or ""),
        ("Cổng quốc gia", settings.VANLANG_NATIONAL_PORTAL["url"]),
        ("thanh toán", settings.VANLANG_PAYMENT_PLATFORM["url"]),
        ("thư điện tử", settings.VANLANG_SMTP.split()[0] if settings.VANLANG_SMTP else ""),
    )
