"""
`./vanlang bundle`: one file with everything that a machine without internet needs, made from a commit.

    vanlang-0.1.0+aa7f98e00b5b-x86_64-py311.tar            the same bytes from every making of one commit
    └── vanlang-0.1.0+aa7f98e00b5b/
        ├── install            needs python3 with venv, nothing else
        ├── app/               the project at the commit
        ├── wheels/            what requirements.txt names, PostgreSQL among them, each of a hash that it names
        ├── LICENCES.tsv       name, version, licence of each
        ├── MANIFEST.json      commit, platform, hash and size of every file
        └── SHA256SUMS
    ….tar.sha256 and ….tar.sha256.sig                      its checksum, signed with the publisher's key

Fonts and forms are part of the tree, and typst is a wheel: nothing is fetched when Văn Lang runs.
"""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Sequence
from pathlib import Path

from launcher.bundling.making import BundleError, Target, make
from launcher.settings import STATE


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="./vanlang bundle", description="Đóng gói một bản phát hành để cài nơi không có internet."
    )
    parser.add_argument("--to", type=Path, help="tệp đích (mặc định trong .state/bundles)")
    parser.add_argument("--commit", default="HEAD", help="bản nào (mặc định HEAD)")
    parser.add_argument(
        "--arch", default=platform.machine(), choices=("x86_64", "aarch64"), help="loại máy sẽ cài"
    )
    parser.add_argument(
        "--key",
        type=Path,
        default=STATE / "release-key.pem",
        help="khóa ký của nơi phát hành; chưa có thì tạo",
    )
    parser.add_argument(
        "--check", nargs="?", const=Path(), type=Path, metavar="TỆP",
        help="cài gói này (hoặc gói vừa làm) vào thư mục trống, không có mạng, chạy và nộp hồ sơ thử",
    )  # fmt: skip
    told = parser.parse_args(argv)
    try:
        if told.check not in {None, Path()}:
            return _check(told.check)
        bundle = make(commit=told.commit, target=Target(arch=told.arch), to=told.to, key=told.key)
        print(f"{bundle}  {bundle.stat().st_size / 1e6:.0f} MB", flush=True)
        return 0 if told.check is None else _check(bundle)
    except BundleError as error:
        print(error, file=sys.stderr)
        return 1


def _check(bundle: Path) -> int:
    from launcher.bundling import checking

    return checking.check(bundle)
