"""`./vanlang demo`: the whole life of two dossiers on a running server, over HTTP, as browsers without scripts."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from launcher.demo import cast, counter, online
from launcher.demo.report import Report


def main(argv: Sequence[str]) -> int:
    """Tell both stories; the exit code says whether every check held."""
    parser = argparse.ArgumentParser(prog="./vanlang demo", description="Đi hết vòng đời hồ sơ qua HTTP.")
    parser.add_argument(
        "--url", default="http://127.0.0.1:8000", help="máy chủ đang chạy (mặc định cổng 8000)"
    )
    url = parser.parse_args(argv).url
    report = Report()
    with report.chapter(f"Cán bộ phường Việt Trì đăng nhập vào {url}"):
        everybody = cast.assemble(url, report)
        online.tell(report, everybody)
        counter.tell(report, everybody)
    return report.end()
