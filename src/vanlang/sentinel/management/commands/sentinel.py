"""`sentinel compare` compares with another system now, prints every difference, and exits 0 only when there is none."""

from __future__ import annotations

import datetime as dt
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from typing_extensions import override

from vanlang.identity.api import SYSTEM
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import sentence_of
from vanlang.kernel.scope import Scope, acting
from vanlang.sentinel.labels import KINDS, REMEDIES, STATES
from vanlang.sentinel.queries import runs
from vanlang.sentinel.queries.differences import cards_of, met_in
from vanlang.sentinel.services.asking import ask_run
from vanlang.sentinel.services.comparing import carry_out
from vanlang.sentinel.types import RunCard, RunState, Way


class Command(BaseCommand):
    help = "Đối soát hồ sơ với hệ thống khác."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        commands = parser.add_subparsers(dest="command", required=True)
        compare = commands.add_parser(
            "compare", help="Đối soát một khoảng ngày tiếp nhận và in từng hồ sơ lệch."
        )
        compare.add_argument("--system", required=True, help="mã hệ thống, ví dụ national_portal")
        compare.add_argument("--from", dest="first_on", type=dt.date.fromisoformat, required=True)
        compare.add_argument("--to", dest="last_on", type=dt.date.fromisoformat, required=True)
        compare.add_argument(
            "--way", type=Way, choices=[Way.DIGESTS, Way.LIST], default=None, help="mặc định: cách rẻ nhất"
        )

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        with acting(Scope.system()):
            try:
                run_id = ask_run(
                    system=options["system"], first_on=options["first_on"], last_on=options["last_on"],
                    way=options["way"], at=clock.now(), defer=False,
                )  # fmt: skip
            except DomainError as error:
                sentence = sentence_of(error.code, error.facts)
                raise CommandError(f"{sentence.says} {sentence.do_now}") from error
            carry_out(run_id=run_id, clock=clock.now)
            self._told(runs.get_run(run_id))

    def _told(self, run: RunCard) -> None:
        if run.state is not RunState.DONE:
            sentence = sentence_of(run.reason)
            raise CommandError(f"{sentence.says} {sentence.do_now}")
        for one in cards_of(met_in(SYSTEM, run.id)):
            kinds = ", ".join(KINDS[kind] for kind in one.kinds)
            self.stdout.write(f"✗ {one.code}: {kinds} → {REMEDIES[one.remedy]} ({STATES[one.state][0]})")
        self.stdout.write(
            f"Đã so {run.compared} hồ sơ, lệch {run.differing}, đang gửi {run.under_way}, hết lệch {run.settled}; "
            f"{run.questions} câu hỏi, {run.wire_bytes} byte ({run.share:.2f} % của việc lấy tất cả)."
        )
        if run.riddles:
            self.stdout.write(
                f"{run.riddles} nhánh khác mã băm mà hồ sơ giống nhau: hai bên băm không cùng một cách."
            )
        if run.differing or run.riddles:
            sys.exit(1)
