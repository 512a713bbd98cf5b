"""The steps of an upgrade, one after the other, each safe to do again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from launcher.upgrading import backups, looking, releases
from launcher.upgrading.journal import Home, Journal, UpgradeError


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the administrator allows."""

    only_plan: bool = False
    no_way_back: bool = False


def run(home: Home, journal: Journal, wishes: Wishes) -> int:
    """Do what is not done yet. Raises: UpgradeError; whatever serves then, the message says it."""
    for name, step in STEPS:
        if name in journal.done:
            continue
        try:
            step(home, journal, wishes)
        except UpgradeError as error:
            raise _stopped(home, journal, name, error) from error
        if wishes.only_plan and name == "plan":
            print("Chưa có gì thay đổi. Bỏ --plan để chuyển.")
            return 0
        if not wishes.only_plan:
            journal.mark(name)
    journal.close()
    print(
        f"✓ Đang chạy bản {home.current}. Bản cũ {journal.old} vẫn còn; quay lại bằng ./vanlang upgrade --rollback."
    )
    return 0


def _stopped(home: Home, journal: Journal, step: str, error: UpgradeError) -> UpgradeError:
    """Go back where that is still to be done, and say what serves now."""
    if step == "ask" and home.current != journal.old:
        home.switch(journal.old)
        releases.restart(home)
        journal.done.remove("switch")
    if step in {"look", "place", "plan"}:
        (home.path / "upgrade.json").unlink(missing_ok=True)
        hint = "Chưa có gì thay đổi."
    else:
        journal.write()
        hint = "Sửa rồi chạy --resume, hoặc --rollback để bỏ."
    return UpgradeError(f"Bước “{step}”: {error}\n  Bản cũ {home.current} vẫn đang chạy. {hint}")


def roll_back(home: Home, journal: Journal) -> int:
    """Return to the old release: of the upgrade under way, or of the last one that was finished."""
    left = home.path / "upgrade.json"
    if not left.exists():
        last = home.path / "last-upgrade.json"
        if not last.exists():
            msg = "Không có lần chuyển nào để quay lại."
            raise UpgradeError(msg)
        journal = Journal(home, **json.loads(last.read_text(encoding="utf-8")))
    if journal.forward and "begin to migrate" in journal.done:
        msg = f"Bản {journal.old} không chạy được với cơ sở dữ liệu hiện nay. Khôi phục bản sao lưu {journal.backup} (docs/manual-vi/cai-dat.md)."
        raise UpgradeError(msg)
    if home.current != journal.old:
        home.switch(journal.old)
        releases.restart(home)
        releases.ask(home)
    left.unlink(missing_ok=True)
    (home.path / "last-upgrade.json").unlink(missing_ok=True)
    print(
        f"✓ Đang chạy bản {journal.old}. Cơ sở dữ liệu giữ những thay đổi đã áp dụng: bản cũ chạy được với chúng."
    )
    return 0


def look(home: Home, journal: Journal, wishes: Wishes) -> None:
    looking.look(home, journal)


def place(home: Home, journal: Journal, wishes: Wishes) -> None:
    journal.new = releases.place(home, journal.bundle)
    if journal.new == journal.old:
        msg = f"gói này chính là bản đang chạy ({journal.new})."
        raise UpgradeError(msg)


def plan(home: Home, journal: Journal, wishes: Wishes) -> None:
    pending = releases.pending(home, journal.new)
    for line in looking.said(pending):
        print(line)
    long = [one for one in pending if one["locked_seconds"] > looking.LONGEST_LOCK]
    if long:
        msg = f"{long[0]['name']} khóa bảng khoảng {long[0]['locked_seconds']:.0f} giây: báo nơi phát hành, bản này chưa dùng được ở đây."
        raise UpgradeError(msg)
    forward = [one["name"] for one in pending if one["way_back"] == "backup"]
    journal.forward = bool(forward)
    if forward and not (wishes.no_way_back or wishes.only_plan):
        msg = f"{', '.join(forward)}: sau đó bản cũ không chạy được, chỉ quay lại bằng bản sao lưu. Thêm --no-way-back nếu chấp nhận."
        raise UpgradeError(msg)


def back_up(home: Home, journal: Journal, wishes: Wishes) -> None:
    journal.backup = backups.take(home, journal.old)
    print(f"✓ Đã sao lưu: {journal.backup}")


def migrate(home: Home, journal: Journal, wishes: Wishes) -> None:
    if "begin to migrate" not in journal.done:
        journal.mark("begin to migrate")
    releases.manage(home, journal.new, "schema", "apply")
    releases.set_up(home, journal.new)


def try_out(home: Home, journal: Journal, wishes: Wishes) -> None:
    releases.try_out(home, journal.new)
    print(f"✓ Bản {journal.new} trả lời trên một cổng riêng.")


def switch(home: Home, journal: Journal, wishes: Wishes) -> None:
    home.switch(journal.new)


def ask(home: Home, journal: Journal, wishes: Wishes) -> None:
    releases.restart(home)
    releases.ask(home)


STEPS: tuple[tuple[str, Callable[[Home, Journal, Wishes], None]], ...] = (
    ("look", look), ("place", place), ("plan", plan), ("back up", back_up), ("migrate", migrate), ("try", try_out),
    ("switch", switch), ("ask", ask),
)  # fmt: skip
