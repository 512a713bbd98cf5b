"""What the launcher's backup asks of Django: plant and open the sample, keep an outcome."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from typing_extensions import override

from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import sentence_of
from vanlang.kernel.scope import Scope, acting
from vanlang.operations.services import upkeep
from vanlang.operations.types import UpkeepCard, UpkeepKind


class Command(BaseCommand):
    help = (
        "Ghi kết quả sao lưu, diễn tập, khôi phục; đặt và mở mẫu thử. Lệnh của ./vanlang backup và restore."
    )
    requires_system_checks = ()

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        commands = parser.add_subparsers(dest="command", required=True)
        commands.add_parser("plant-sample", help="đặt mẫu thử nếu chưa có")
        commands.add_parser("open-sample", help="mở mẫu thử")
        note = commands.add_parser("note", help="ghi một kết quả")
        note.add_argument("outcome", help="JSON: kind, good, began_at, ended_at, facts")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        with acting(Scope.system()):
            try:
                self._do(options)
            except DomainError as error:
                sentence = sentence_of(error.code, error.facts)
                raise CommandError(f"{sentence.says} {sentence.do_now}") from error

    def _do(self, options: dict[str, Any]) -> None:
        if options["command"] == "plant-sample":
            upkeep.plant_sample(at=clock.now())
        elif options["command"] == "open-sample":
            opened = upkeep.open_sample()
            behind = _migrations_ahead()
            ahead = f"; mã nguồn còn {behind} bước nâng cấp cơ sở dữ liệu" if behind else ""
            self.stdout.write(
                f"mở được dữ liệu niêm phong và tệp của mẫu thử ({opened.paper_bytes} byte) bằng bí mật trong bản sao lưu{ahead}"
            )
        else:
            upkeep.note(outcome=_read(options["outcome"]))


def _read(text: str) -> UpkeepCard:
    told = json.loads(text)
    return UpkeepCard(
        kind=UpkeepKind(told["kind"]),
        began_at=dt.datetime.fromisoformat(told["began_at"]),
        ended_at=dt.datetime.fromisoformat(told["ended_at"]),
        is_good=told["good"],
        facts=told["facts"],
    )


def _migrations_ahead() -> int:
    """Return how many migrations of this code the database does not have yet."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
