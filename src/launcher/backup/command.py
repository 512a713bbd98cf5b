"""
`./vanlang backup`, `./vanlang restore`: what the person at the keyboard, or a timer, gets to see.

Exit codes: 0 done and proved · 1 it failed, what was there is as it was · 2 not begun, a person must decide or give something.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from launcher.backup import drilling, restoring, taking
from launcher.backup.errors import BackupError, RefusedError
from launcher.backup.keys import Key, find_key, keep_key, key_file, key_for_opening
from launcher.backup.places import Place, now
from launcher.backup.progress import megabytes
from launcher.backup.repository import Repository
from launcher.settings import ROOT, STATE, Ports, environment

LOST = (
    "Khóa này chỉ hiện một lần. Hãy in ra, cất ở két của đơn vị, tách khỏi nơi lưu bản sao lưu.\n"
    "Mất khóa thì không ai mở được các bản sao lưu đã làm, kể cả nhà cung cấp; khi đó hãy tạo khóa mới và sao lưu lại ngay."
)


def backup(argv: Sequence[str], url: str) -> int:
    """Make a backup, list those there are, or make the key."""
    told = _backup_arguments(argv)
    try:
        if told.what == "key":
            return _make_key()
        repository = Repository(told.to)
        if told.list:
            return _list(repository)
        key = find_key(STATE) or _key_of_a_person(quiet=told.quiet)
        place = Place.here(url, STATE, scratch=told.scratch)
        return _take(place, repository, key, told)
    except BackupError as error:
        return _failed(error)


def _take(place: Place, repository: Repository, key: Key, told: argparse.Namespace) -> int:
    began = now()
    _manage(place, ["upkeep", "plant-sample"])
    wishes = taking.Wishes(keep=told.keep, megabytes_a_second=told.rate, quiet=told.quiet)
    try:
        taken = taking.take(place, repository, key, wishes, at=began)
    except BackupError as error:
        _note(place, "backup", began, good=False, facts={"why": error.says})
        raise
    facts = {
        "name": taken.name, "to": str(repository.root), "bytes": taken.database_bytes, "files": taken.files,
        "new_files": taken.new_files, "rows": taken.rows, "damaged": len(taken.damaged), "missing": len(taken.missing), "key": key.fingerprint,
    }  # fmt: skip
    whole = not (taken.damaged or taken.missing)
    _note(place, "backup", began, good=whole, facts=facts)
    if told.json:
        print(
            json.dumps(
                facts | {"seconds": round(taken.seconds, 1), "let_go": taken.let_go}, ensure_ascii=False
            )
        )
    else:
        _say_taken(taken, repository)
    return 0 if whole else 1


def _say_taken(taken: taking.Taken, repository: Repository) -> None:
    print(
        f"Đã sao lưu {taken.name} vào {repository.root} trong {taken.seconds:.0f} giây, đã mở thử và đếm lại."
    )
    print(f"  Cơ sở dữ liệu  {megabytes(taken.database_bytes)}, {taken.rows} dòng")
    print(f"  Tệp            {taken.files}, mới chép {taken.new_files} ({megabytes(taken.new_bytes)})")
    if taken.let_go:
        print(f"  Đã bỏ bản cũ   {', '.join(taken.let_go)}")
    if taken.damaged:
        _warn(
            f"{len(taken.damaged)} tệp trong kho bị hỏng; nơi nào bản sao lưu trước còn lành thì bản này dùng bản lành."
        )
    if taken.missing:
        _warn(f"{len(taken.missing)} tệp cơ sở dữ liệu có ghi mà kho không có, như {taken.missing[0][:12]}…")
    if taken.damaged or taken.missing:
        _warn("Bản sao lưu đã ghi, nhưng kho tệp có vấn đề: hãy chạy ./vanlang doctor ngay.")


def _warn(text: str) -> None:
    print(text, file=sys.stderr)


def restore(argv: Sequence[str], url: str) -> int:
    """Put a backup back, or hold a drill with it."""
    told = _restore_arguments(argv)
    place = Place.here(url, STATE, scratch=told.scratch)
    try:
        if told.let_go:
            gone = restoring.let_go(place)
            print(
                "\n".join(["Đã xóa dữ liệu cũ giữ riêng:", *gone])
                if gone
                else "Không còn dữ liệu cũ giữ riêng."
            )
            return 0
        repository = Repository(told.folder)
        run = repository.find(told.name)
        key = key_for_opening(STATE, run.fingerprint, given=told.key_file)
        if told.drill:
            return _drill(place, repository, key, told)
        began = now()
        restored = restoring.restore(place, repository, run, key, replace=told.replace, quiet=told.quiet)
    except BackupError as error:
        return _failed(error)
    _note(
        place,
        "restore",
        began,
        good=True,
        facts={"name": restored.name, "rows": restored.rows, "files": restored.files},
    )
    print(
        f"Đã khôi phục bản sao lưu {restored.name}: {restored.rows} dòng, {restored.files} tệp, đã đếm lại."
    )
    if restored.missing:
        _warn(
            f"{restored.missing} tệp đã thiếu từ lúc sao lưu: hồ sơ vẫn mở được, riêng các tệp đó thì không."
        )
    if restored.aside:
        print("Dữ liệu trước khi khôi phục được giữ riêng:")
        print("\n".join(f"  {name}" for name in restored.aside))
        print("Khi chắc chắn không cần nữa: ./vanlang restore --let-go")
    return 0


def _drill(place: Place, repository: Repository, key: Key, told: argparse.Namespace) -> int:
    began, run = now(), repository.find(told.name)
    drilled = drilling.drill(place, repository, run, key, files=told.files, quiet=told.quiet)
    facts = {
        "name": drilled.name, "seconds": round(drilled.seconds),
        "proofs": {proof.code: proof.good for proof in drilled.proofs},
    }  # fmt: skip
    _note(place, "drill", began, good=drilled.good, facts=facts)
    for proof in drilled.proofs:
        print(f"{'✓' if proof.good else '✗'} {proof.title}: {proof.says}")
    if drilled.good:
        print(f"Diễn tập khôi phục {drilled.name} đạt, {drilled.seconds:.0f} giây. Cơ sở dữ liệu tạm đã xóa.")
        return 0
    print(
        f"Diễn tập khôi phục {drilled.name} KHÔNG đạt. Hãy sao lưu lại ngay, rồi diễn tập với bản mới.",
        file=sys.stderr,
    )
    return 1


# --- the key -----------------------------------------------------------------------------------------


def _make_key() -> int:
    """Make the key and show it once. Raises: RefusedError when there is one."""
    key = Key.made()
    try:
        path = keep_key(STATE, key)
    except FileExistsError:
        raise RefusedError(
            f"Đã có khóa sao lưu trong {key_file(STATE)}; khóa không hiện lại.",
            "Nếu đã mất bản in: đổi tên tệp đó, chạy lại lệnh này rồi sao lưu ngay vào một thư mục mới.",
        ) from None
    print(
        f"\n  {key.text}\n\n{LOST}\nMáy này giữ khóa ở {path} để tự sao lưu. Dấu của khóa: {key.fingerprint}"
    )
    return 0


def _key_of_a_person(*, quiet: bool) -> Key:
    """Make the key when a person is there to write it down. Raises: RefusedError in a timer: nobody would see it."""
    if quiet or not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise RefusedError(
            "Máy này chưa có khóa sao lưu.", "Hãy chạy ./vanlang backup key, in khóa ra rồi sao lưu."
        )
    _make_key()
    key = find_key(STATE)
    assert key is not None  # noqa: S101 - made above
    return key


# --- what is said and kept ---------------------------------------------------------------------------


def _list(repository: Repository) -> int:
    for run in repository.runs():
        print(
            f"{run.name}  {megabytes(run.info['bytes']):>9}  PostgreSQL {run.info['postgres']}  khóa {run.fingerprint}"
        )
    return 0


def _failed(error: BackupError) -> int:
    print(f"{error.says}\n{error.do_now}", file=sys.stderr)
    return error.code


def _note(place: Place, kind: str, began: datetime, *, good: bool, facts: dict[str, object]) -> None:
    """Let the installation know: the doctor tells the age of the last backup and drill. Its silence stops nothing."""
    outcome = {
        "kind": kind, "good": good, "began_at": began.isoformat(), "ended_at": now().isoformat(), "facts": facts,
    }  # fmt: skip
    if _manage(place, ["upkeep", "note", json.dumps(outcome, ensure_ascii=False)]) != 0:
        print("Chưa ghi được kết quả vào hệ thống; ./vanlang doctor sẽ chưa biết lần này.", file=sys.stderr)


def _manage(place: Place, arguments: list[str]) -> int:
    told = environment(Ports(), database_url=place.url)
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments], env=told, cwd=ROOT, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, check=False,
    ).returncode  # fmt: skip


def _backup_arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./vanlang backup", description="Sao lưu cơ sở dữ liệu và tệp, khi hệ thống vẫn chạy."
    )
    default = Path(os.environ.get("VANLANG_BACKUP_DIR") or STATE / "backups")
    parser.add_argument("what", nargs="?", choices=["key"], help="key: tạo khóa sao lưu và hiện một lần")
    parser.add_argument(
        "--to", type=Path, default=default, metavar="THƯ_MỤC", help=f"nơi lưu (mặc định {default})"
    )
    parser.add_argument(
        "--keep",
        type=int,
        default=14,
        metavar="SỐ",
        help="giữ bao nhiêu bản mới nhất (mặc định 14; 0: giữ hết)",
    )
    parser.add_argument(
        "--rate", type=int, default=0, metavar="MB", help="đọc đĩa cơ sở dữ liệu tối đa bao nhiêu MB mỗi giây"
    )
    parser.add_argument(
        "--scratch", type=Path, metavar="THƯ_MỤC", help="nơi mở thử bản chép, cần bằng cơ sở dữ liệu"
    )
    parser.add_argument("--list", action="store_true", help="xem các bản đã có")
    parser.add_argument("--quiet", action="store_true", help="chỉ in kết quả, dùng khi chạy theo lịch")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    return parser.parse_args(argv)


def _restore_arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./vanlang restore", description="Khôi phục từ bản sao lưu, hoặc diễn tập khôi phục."
    )
    default = Path(os.environ.get("VANLANG_BACKUP_DIR") or STATE / "backups")
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=default,
        metavar="THƯ_MỤC",
        help=f"nơi lưu (mặc định {default})",
    )
    parser.add_argument("--name", default="", metavar="TÊN", help="bản nào (mặc định: mới nhất)")
    parser.add_argument(
        "--drill",
        action="store_true",
        help="diễn tập trong cơ sở dữ liệu tạm, không đụng tới dữ liệu đang dùng",
    )
    parser.add_argument(
        "--files", type=int, default=0, metavar="SỐ", help="diễn tập: số tệp kiểm mã băm (mặc định: tất cả)"
    )
    parser.add_argument(
        "--replace", action="store_true", help="thay dữ liệu đang có; dữ liệu cũ được giữ riêng"
    )
    parser.add_argument(
        "--let-go", action="store_true", help="xóa dữ liệu cũ mà các lần khôi phục trước giữ riêng"
    )
    parser.add_argument("--key-file", type=Path, metavar="TỆP", help="tệp chứa khóa sao lưu")
    parser.add_argument(
        "--scratch", type=Path, metavar="THƯ_MỤC", help="nơi mở bản chép, cần bằng cơ sở dữ liệu"
    )
    parser.add_argument("--quiet", action="store_true", help="chỉ in kết quả")
    return parser.parse_args(argv)
