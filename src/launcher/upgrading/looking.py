"""What is looked at before anything is changed, and how what is pending reads."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from launcher.bundling import signing
from launcher.upgrading.journal import Home, Journal, UpgradeError

LONGEST_LOCK = 2.0
OLDEST_POSTGRESQL = 150_000
WAY_BACK = {"old_code": "quay lại được bản cũ", "backup": "MỘT CHIỀU: chỉ quay lại bằng bản sao lưu"}


def look(home: Home, journal: Journal) -> None:
    """
    Look at the bundle, the disk, the database and what serves; say everything that is wrong at once.

    Raises: UpgradeError.
    """
    reasons = [*_bundle(home, Path(journal.bundle)), *_disk(home, Path(journal.bundle)), *_database()]
    if reasons:
        raise UpgradeError("\n  - ".join(["chưa chuyển được:", *reasons]))
    print(f"✓ Gói đúng chữ ký, đủ đĩa, cơ sở dữ liệu trả lời. Đang chạy: {journal.old}")


def _bundle(home: Home, bundle: Path) -> Iterator[str]:
    pinned, beside = home.path / "release.pub", bundle.with_name("release.pub")
    if not bundle.exists():
        yield f"không có tệp {bundle}"
        return
    if not pinned.exists():
        yield f"chưa có {pinned}: chép khóa công khai của nơi phát hành vào đó (docs/manual-vi/cai-dat.md); cạnh gói: {beside.name}"
    elif not signing.is_genuine(bundle, pinned):
        yield "gói không đúng chữ ký của nơi phát hành: chép lại cả .sha256 và .sha256.sig; vẫn vậy thì không dùng gói này"


def _disk(home: Home, bundle: Path) -> Iterator[str]:
    needed = 4 * bundle.stat().st_size + 500_000_000 if bundle.exists() else 0
    free = shutil.disk_usage(home.path).free
    if free < needed:
        yield f"đĩa của {home.path} còn {free // 1_000_000} MB, cần {needed // 1_000_000} MB"


def _database() -> Iterator[str]:
    import psycopg

    url = os.environ.get("VANLANG_DATABASE_URL", "")
    if not url:
        yield "chưa có VANLANG_DATABASE_URL (/etc/vanlang/vanlang.env)"
        return
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            if connection.info.server_version < OLDEST_POSTGRESQL:
                yield f"PostgreSQL {connection.info.server_version // 10_000} quá cũ: cần 15 trở lên"
            row = connection.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
                "AND xact_start < now() - interval '5 minutes'"
            ).fetchone()
            if row and row[0]:
                yield f"có {row[0]} giao dịch mở quá 5 phút: nó chặn migration; xem pg_stat_activity"
    except psycopg.OperationalError as error:
        yield f"cơ sở dữ liệu không trả lời: {str(error).splitlines()[0]}"


def said(pending: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the plan as an administrator reads it."""
    yield f"{len(pending)} migration chờ áp dụng" + (
        f", khoảng {sum(one['seconds'] for one in pending):.0f} giây:" if pending else "."
    )
    for one in pending:
        undone = "thuận nghịch" if one["reversible"] else "chỉ tiến"
        yield f"  {one['name']}: khoảng {one['seconds']:.1f} giây, khóa {one['locked_seconds']:.1f} giây; {undone}, {WAY_BACK[one['way_back']]}"
        for touch in one["touches"]:
            if touch["seconds"] >= 0.1:
                yield f"      {touch['table']} ({touch['rows']} dòng, {touch['megabytes']} MB): {touch['act']}, {touch['lock']}, {touch['seconds']:.1f} giây"
