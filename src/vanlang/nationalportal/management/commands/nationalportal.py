"""
What an operator does with the national portal.

    nationalportal tell --from 01/11/2026 --to 30/11/2026    write down what moved on those days and was never told
    nationalportal lists                                     compare the portal's code lists with ours
    nationalportal catalogue                                 read the portal's catalogue, compared with ours
    nationalportal published                                 print what is in force here, in the portal's words
"""

from __future__ import annotations

import datetime as dt
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from vanlang.kernel import clock
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.labels import sentence_of
from vanlang.kernel.scope import Scope, acting
from vanlang.nationalportal.adapters.client import is_named
from vanlang.nationalportal.adapters.feed import pull_feed
from vanlang.nationalportal.adapters.lists import pull_lists
from vanlang.nationalportal.errors import FeedNotPossibleError, PortalError
from vanlang.nationalportal.labels import FEED_CHANGES, LISTS
from vanlang.nationalportal.queries.feed import count_feed, last_run
from vanlang.nationalportal.queries.published import published
from vanlang.nationalportal.services.feed import ask_feed
from vanlang.nationalportal.services.telling import tell_range


class Command(BaseCommand):
    help = "Việc của người vận hành với Cổng Dịch vụ công quốc gia."

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser(
            "lists", help="so danh mục thủ tục, cơ quan, lĩnh vực với Cổng; không sửa danh mục của tỉnh"
        )
        acts.add_parser(
            "catalogue", help="đọc danh mục thủ tục ở Cổng và so với tỉnh; không sửa danh mục của tỉnh"
        )
        acts.add_parser(
            "published", help="in thủ tục, cơ quan, lĩnh vực đang có hiệu lực theo cách gọi của Cổng (JSON)"
        )
        tell = acts.add_parser("tell", help="đưa vào hàng gửi mọi hồ sơ có thay đổi trong các ngày này")
        tell.add_argument("--from", dest="first", required=True, type=_day, help="từ ngày, dd/mm/yyyy")
        tell.add_argument("--to", dest="last", required=True, type=_day, help="đến hết ngày, dd/mm/yyyy")

    @override
    def handle(self, *args: object, **options: Any) -> None:
        if options["act"] == "published":
            with acting(Scope.system()):
                self.stdout.write(json.dumps(published(clock.today()), ensure_ascii=False))
            return
        if not is_named():
            raise CommandError("Chưa khai báo địa chỉ Cổng quốc gia (VANLANG_PORTAL_URL).")
        if options["act"] == "lists":
            self._compare()
            return
        if options["act"] == "catalogue":
            self._read()
            return
        first, last = options["first"], options["last"]
        if last < first:
            raise CommandError("Ngày cuối phải từ ngày đầu trở đi.")
        with acting(Scope.system()):
            new = tell_range(from_at=_start(first), to_at=_start(last + dt.timedelta(days=1)), at=clock.now())
        self.stdout.write(f"{new} tin mới vào hàng gửi")

    def _read(self) -> None:
        with acting(Scope.system()):
            try:
                run_id = ask_feed(actor=None, at=clock.now(), defer=False)
            except FeedNotPossibleError as error:
                raise CommandError(sentence_of(error.code).says) from error
            pull_feed(run_id, clock=clock.now)
            run, counts = last_run(), count_feed()
        if run is not None and run.failure:
            raise CommandError(run.failure.says)
        for change, count in counts.items():
            self.stdout.write(f"{FEED_CHANGES[change]}: {count} thủ tục")

    def _compare(self) -> None:
        try:
            with acting(Scope.system()):
                found = pull_lists(at=clock.now())
        except PortalError as failure:
            raise CommandError(
                f"Cổng chưa trả lời đủ ({failure.portal_code}): chưa so, thử lại sau."
            ) from failure
        for kind, count in found.items():
            said = (
                "chưa so được: Cổng trả danh mục rỗng hoặc thiếu"
                if count is None
                else f"{count} mã khác nhau"
            )
            self.stdout.write(f"{LISTS[kind]}: {said}")


def _day(told: str) -> dt.date:
    for shape in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return dt.datetime.strptime(told, shape).replace(tzinfo=VIETNAM).date()
        except ValueError:
            continue
    raise CommandError(f"Không đọc được ngày “{told}”: viết dd/mm/yyyy.")


def _start(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), VIETNAM)
