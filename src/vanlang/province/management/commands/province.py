"""`province tiny|month|year [--seed N]`: a synthetic province in an empty database."""

from __future__ import annotations

import datetime as dt
import os
import sys
from dataclasses import replace
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from typing_extensions import override

from vanlang.kernel.labels import sentence_of
from vanlang.kernel.scope import Scope, acting
from vanlang.province.errors import ProvinceNotEmptyError
from vanlang.province.services.founding import found
from vanlang.province.types import SIZES, UNTIL, Size

WIDTH = 30


class Command(BaseCommand):
    help = "Tạo một tỉnh giả lập trong cơ sở dữ liệu mới."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("size", choices=[size.value for size in Size])
        parser.add_argument("--seed", type=int, default=44, help="cùng một số cho cùng một tỉnh")
        parser.add_argument("--dossiers", type=int, help="số hồ sơ, nếu khác cỡ đã chọn")
        parser.add_argument(
            "--until", type=dt.datetime.fromisoformat, default=UNTIL, help="thời điểm cuối cùng, ISO 8601"
        )
        parser.add_argument(
            "--processes", type=int, default=os.cpu_count() or 1, help="số tiến trình lập kế hoạch"
        )

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        plan = SIZES[Size(options["size"])]
        plan = replace(plan, dossiers=options["dossiers"] or plan.dossiers)
        self.told = ""
        try:
            with acting(Scope.system()):
                founded = found(
                    plan, seed=options["seed"], until=options["until"], report=self._tell, processes=options["processes"]
                )  # fmt: skip
        except ProvinceNotEmptyError as error:
            sentence = sentence_of(error.code, error.facts)
            raise CommandError(f"{sentence.says} {sentence.do_now}") from error
        total = sum(founded.seconds.values())
        self.stderr.write("")
        for what, seconds in founded.seconds.items():
            self.stdout.write(f"  {what:28}{seconds:8.1f} giây")
        self.stdout.write(
            f"{plan.dossiers:,} hồ sơ, {plan.people:,} công dân, {plan.officers:,} cán bộ: {total:.1f} giây.".replace(
                ",", "."
            )
        )

    def _tell(self, what: str, done: int, of: int) -> None:
        if sys.stderr.isatty():
            filled = WIDTH * done // max(of, 1)
            self.stderr.write(f"\r{what:32}[{'#' * filled}{'.' * (WIDTH - filled)}] {done}/{of}  ", ending="")
            self.stderr.flush()
        elif what != self.told:
            self.stderr.write(f"{what} …")
        self.told = what
