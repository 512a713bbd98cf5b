"""`dossiers check` proves that nothing is stuck; `dossiers states` prints the reference page of the flow."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from typing_extensions import override

from vanlang.dossiers import labels
from vanlang.dossiers.queries import prove
from vanlang.dossiers.reference import reference_page
from vanlang.kernel import clock
from vanlang.kernel.scope import Scope, acting

LACKS = {"owner": "chưa có người giữ", "clock": "chưa có đồng hồ", "next_step": "chưa có bước tiếp theo"}


class Command(BaseCommand):
    help = "Kiểm tra hồ sơ đang mở, in bảng trạng thái."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        commands = parser.add_subparsers(dest="command", required=True)
        commands.add_parser("check", help="Mọi hồ sơ đang mở phải có người giữ, đồng hồ và bước tiếp theo.")
        commands.add_parser("states", help="In trang tra cứu trạng thái và hành vi (markdown).")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        if options["command"] == "states":
            self.stdout.write(reference_page(), ending="")
            return
        with acting(Scope.system()):
            proof = prove(clock.now())
        self.stdout.write(f"Hồ sơ đang mở: {proof.open}")
        for state, count in proof.by_state.items():
            if count:
                self.stdout.write(f"  {labels.STATES[state]}: {count}")
        for found in proof.violations:
            name = found.code or found.dossier_id
            self.stdout.write(
                f"✗ {name} ({labels.STATES[found.state]}): {LACKS[found.lacks]} ({found.detail})"
            )
        if not proof.holds:
            self.stdout.write(f"Có {len(proof.violations)} điểm cần xử lý.")
            sys.exit(1)
        self.stdout.write("Mọi hồ sơ đang mở đều có người giữ, đồng hồ và bước tiếp theo.")
