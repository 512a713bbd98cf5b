"""
`./vanlang upgrade`: a new release beside the old one, and back again when it does not hold (ADR 0026).

    home/                     /opt/vanlang
    ├── releases/1.0.0+…/     app, wheels, venv, static of each release
    ├── current               a link to one of them: to switch is to replace it
    ├── upgrade.json          what was done of the upgrade that is under way, written after every step
    └── release.pub           whose bundles are installed here

    look → place → plan → back up → migrate → try → switch → ask

Until `switch` the old release serves and nothing is lost by stopping; after it the link goes back when the new one does not
answer. A kill anywhere leaves `upgrade.json`: `--resume` goes on from there, `--rollback` goes back.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from launcher.settings import ROOT
from launcher.upgrading.journal import Home, Journal, UpgradeError
from launcher.upgrading.steps import Wishes, roll_back, run


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="./vanlang upgrade",
        description="Chuyển sang bản mới; bản cũ vẫn chạy cho đến khi bản mới trả lời.",
    )
    parser.add_argument(
        "bundle", nargs="?", type=Path, help="tệp gói vanlang-….tar, có .sha256 và .sha256.sig bên cạnh"
    )
    parser.add_argument(
        "--to", metavar="COMMIT", help="làm gói từ commit này của kho git ở đây rồi chuyển sang"
    )
    parser.add_argument("--home", type=Path, help="thư mục cài (mặc định nơi lệnh này được cài)")
    parser.add_argument(
        "--plan", action="store_true", help="chỉ xem: điều kiện, migration, thời gian; không đổi gì"
    )
    parser.add_argument("--resume", action="store_true", help="làm tiếp lần chuyển bị ngắt")
    parser.add_argument("--rollback", action="store_true", help="quay về bản cũ")
    parser.add_argument(
        "--no-way-back", action="store_true", help="chấp nhận migration mà bản cũ không chạy được nữa"
    )
    told = parser.parse_args(argv)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(
            line_buffering=True
        )  # what was done is seen when it is done, also through a pipe
    try:
        home = Home(told.home or _installed_in())
        with home.alone():
            if told.rollback:
                return roll_back(home, Journal.read(home))
            bundle = told.bundle if told.to is None else _made(told.to)
            journal = Journal.resumed(home) if told.resume else Journal.begun(home, bundle)
            return run(home, journal, Wishes(only_plan=told.plan, no_way_back=told.no_way_back))
    except UpgradeError as error:
        print(f"✗ {error}", file=sys.stderr)
        return 1


def _installed_in() -> Path:
    release = ROOT.parent
    if not (release / "MANIFEST.json").exists():
        msg = "Lệnh này dùng ở nơi đã cài từ gói. Ở đây hãy thêm --home THƯ_MỤC_CÀI."
        raise UpgradeError(msg)
    return release.parents[1]


def _made(commit: str) -> Path:
    import platform

    from launcher.bundling.making import BundleError, Target, make
    from launcher.settings import STATE

    try:
        return make(
            commit=commit, target=Target(arch=platform.machine()), to=None, key=STATE / "release-key.pem"
        )
    except BundleError as error:
        raise UpgradeError(str(error)) from error
