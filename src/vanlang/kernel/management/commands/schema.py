"""How the database changes beside a running version: `check` for CI, `plan` before an upgrade, `apply` in it."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from typing_extensions import override

from vanlang.kernel.schema import applying, house, plan

WAY_BACK = {
    "old_code": "bản cũ chạy được với lược đồ mới",
    "backup": "bản cũ KHÔNG chạy được nữa: chỉ quay lại bằng bản sao lưu",
}


class Command(BaseCommand):
    help = "Thay đổi cơ sở dữ liệu khi bản cũ vẫn đang chạy."
    requires_system_checks: list[str] = []

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        commands = parser.add_subparsers(dest="command", required=True)
        commands.add_parser("check", help="Từ chối migration khóa bảng lớn hoặc làm hỏng bản đang chạy.")
        planned = commands.add_parser(
            "plan", help="Những migration chờ áp dụng: chạm bảng nào, bao nhiêu dòng, khóa bao lâu."
        )
        planned.add_argument("--json", action="store_true")
        commands.add_parser("apply", help="Áp dụng, không khóa ai quá 2 giây.")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        {"check": self._check, "plan": self._plan, "apply": self._apply}[options["command"]](options)

    def _check(self, options: dict[str, Any]) -> None:
        found = house.check(connection)
        for finding in found:
            self.stdout.write(f"✗ {finding}")
        if found:
            sys.exit(1)
        self.stdout.write("Mọi migration chạy được bên cạnh bản cũ.")

    def _plan(self, options: dict[str, Any]) -> None:
        pending = plan.pending(connection)
        if options["json"]:
            self.stdout.write(json.dumps([one.as_json() for one in pending], ensure_ascii=False))
            return
        for one in pending:
            self.stdout.write(
                f"{one.name}: khoảng {one.seconds:.1f} giây, khóa {one.locked_seconds:.1f} giây; {WAY_BACK[one.way_back]}"
            )
            for touch in one.touches:
                self.stdout.write(
                    f"    {touch.table} ({touch.rows} dòng, {touch.megabytes} MB): {touch.act}, {touch.lock}, {touch.seconds:.1f} giây"
                )
        self.stdout.write(f"{len(pending)} migration chờ áp dụng.")

    def _apply(self, options: dict[str, Any]) -> None:
        try:
            done = applying.apply(connection, self.stdout.write)
        except applying.StillLockedError as error:
            msg = f"{error}: bảng luôn bận. Tìm ai giữ nó (pg_stat_activity), rồi chạy lại; chưa có gì của migration này được ghi."
            raise CommandError(msg) from error
        self.stdout.write(f"Đã áp dụng {done} migration.")
