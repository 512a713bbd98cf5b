"""
`./vanlang demo [NAME]`: what a commune does, on a running server, over HTTP, as browsers without scripts.

    ./vanlang demo            the whole life of two dossiers, with their papers and who checks them
    ./vanlang demo counter    a morning at the counter: sixty dossiers and everything around them
    ./vanlang demo portal     a day of exchange with the national portal and the payment platform
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from launcher.demo import cast, life, morning, portal
from launcher.demo.cast import Cast
from launcher.demo.report import Report

DEMOS: dict[str, Callable[[Report, Cast], None]] = {
    "life": life.tell,
    "counter": morning.tell,
    "portal": portal.tell,
}


def main(argv: Sequence[str]) -> int:
    """Tell one demo; the exit code says whether every check held."""
    parser = argparse.ArgumentParser(prog="./vanlang demo", description="Làm việc của một phường qua HTTP.")
    parser.add_argument(
        "name", nargs="?", choices=DEMOS, default="life",
        help="life: trọn vòng đời hai hồ sơ (mặc định); counter: một buổi sáng ở Một cửa; portal: một ngày với Cổng quốc gia",
    )  # fmt: skip
    parser.add_argument(
        "--url", default="http://127.0.0.1:8000", help="máy chủ đang chạy (mặc định cổng 8000)"
    )
    told = parser.parse_args(argv)
    report = Report()
    with report.chapter(f"Cán bộ phường Việt Trì đăng nhập vào {told.url}"):
        everybody = cast.assemble(told.url, report)
        DEMOS[told.name](report, everybody)
    return report.end()
