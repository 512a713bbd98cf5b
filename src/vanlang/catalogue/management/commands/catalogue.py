"""`catalogue import FILE`, `catalogue starter`, `catalogue report`, `catalogue todo`: the operator's way in."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from vanlang.catalogue import api, labels
from vanlang.identity.api import SYSTEM
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import sentence_of
from vanlang.kernel.scope import Scope, acting

SHOWN = 20


class Command(BaseCommand):
    help = "Danh mục thủ tục: nhập, nạp danh mục khởi đầu, báo cáo, việc cần xác nhận."

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        importing = acts.add_parser(
            "import", help="nhập tệp danh mục quốc gia (.jsonl, .xlsx, có thể nén .gz)"
        )
        importing.add_argument("file", type=Path)
        importing.add_argument("--dry-run", action="store_true", help="chỉ so sánh, không ghi")
        importing.add_argument(
            "--skip-broken", action="store_true", help="bỏ qua dòng hỏng, ghi phần còn lại"
        )
        importing.add_argument(
            "--valid-from", type=date.fromisoformat, help="ngày có hiệu lực (YYYY-MM-DD), mặc định hôm nay"
        )
        importing.add_argument("--source", default="", help="tên nguồn ghi bên mỗi thời hạn và mức phí")
        importing.add_argument("--all", action="store_true", help="in mọi thay đổi, không chỉ những dòng đầu")
        acts.add_parser("starter", help="nạp danh mục khởi đầu")
        acts.add_parser("report", help="đã nhập bao nhiêu, sẵn sàng bao nhiêu, còn thiếu gì").add_argument(
            "--lacking", action="store_true", help="in từng thủ tục chưa sẵn sàng và điều còn thiếu"
        )
        todo = acts.add_parser("todo", help="việc cần xác nhận của từng cơ quan")
        todo.add_argument("--department", default="", help="mã cơ quan, ví dụ H44.19")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        acts: dict[str, Callable[[dict[str, Any]], None]] = {
            "import": self._import,
            "starter": self._starter,
            "report": self._report,
            "todo": self._todo,
        }
        try:
            with acting(Scope.system()):
                acts[options["act"]](options)
        except DomainError as error:
            sentence = sentence_of(error.code, error.facts)
            msg = f"{sentence.says} {sentence.do_now}"
            raise CommandError(msg) from error

    def _import(self, options: dict[str, Any]) -> None:
        now, file = clock.now(), options["file"]
        report = api.import_rows(
            rows=api.read_source_file(file),
            file_name=file.name,
            cited_as=options["source"] or f"Danh mục thủ tục hành chính quốc gia, tệp {file.name}",
            valid_from=options["valid_from"] or now.date(),
            actor=SYSTEM,
            at=now,
            dry_run=options["dry_run"],
            skip_broken=options["skip_broken"],
            progress=self._progress,
        )
        self._show_broken(report)
        if report.broken and not options["skip_broken"]:
            sentence = sentence_of("catalogue.import_broken", {"count": len(report.broken)})
            msg = f"{sentence.says} {sentence.do_now}"
            raise CommandError(msg)
        self._show_changes(report, None if options["all"] else SHOWN)
        self._print(f"Đã đọc {report.rows} dòng của {file.name}.")
        self._print(
            f"Thêm {len(report.added)}, đổi {len(report.changed)}, đọc lại {report.reread}, không đổi {report.unchanged}, "
            f"giữ bản của tỉnh {len(report.kept)}, bỏ qua {len(report.broken)} dòng hỏng: {report.changes} thay đổi."
        )
        if not report.written:
            self._print("Chạy thử: chưa ghi gì vào danh mục.")
            return
        self._report({"lacking": False})

    def _starter(self, options: dict[str, Any]) -> None:
        loaded = api.load_starter(actor=SYSTEM, at=clock.now())
        self._print(
            f"Danh mục khởi đầu có {loaded.total} thủ tục: thêm hoặc cập nhật {len(loaded.published)}, "
            f"không đổi {loaded.unchanged}, giữ bản đã sửa của tỉnh {len(loaded.kept)}."
        )

    def _report(self, options: dict[str, Any]) -> None:
        report = api.readiness_report(clock.now().date())
        self._print(
            f"Danh mục có {report.total} thủ tục, sẵn sàng {report.ready}, chưa sẵn sàng {report.total - report.ready}."
        )
        self._print(f"Thuộc cấp tỉnh hoặc cấp xã: {report.local_total}, sẵn sàng {report.local_ready}.")
        for reason, count in report.lacks:
            self._print(f"  {count:5d}  {labels.REASONS[reason]}")
        if options["lacking"]:
            for code, name, reasons in report.lacking:
                self._print(f"{code}  {name}: {'; '.join(labels.REASONS[reason] for reason in reasons)}")

    def _todo(self, options: dict[str, Any]) -> None:
        if not options["department"]:
            for summary in api.count_todos():
                self._print(
                    f"{summary.department_code}: {summary.open} việc cần xác nhận ở {summary.procedures} thủ tục"
                )
            return
        for todo in api.list_todos(options["department"]):
            self._print(
                f"#{todo.id}  {todo.procedure_code}  {labels.REASONS[todo.reason]}: {' '.join(todo.raw.split())[:160]}"
            )

    def _show_broken(self, report: api.ImportReport) -> None:
        for row in report.broken:
            says, do_now = labels.ROW_PROBLEMS[row.problem.code]
            self._print(f"Dòng {row.number}: {says % row.problem.facts}; {do_now}.")

    def _show_changes(self, report: api.ImportReport, most: int | None) -> None:
        for changed in report.changed[:most]:
            self._print(f"{changed.code}  {changed.name}")
            for item in changed.differences[:most]:
                self._print(f"    {item.path}: {_short(item.before)} → {_short(item.after)}")
        if most is not None and len(report.changed) > most:
            self._print(f"… và {len(report.changed) - most} thủ tục khác; dùng --all để in hết.")

    def _progress(self, stage: str, done: int, total: int) -> None:
        self.stderr.write(f"\r{stage}: {done}/{total}", ending="\n" if done == total else "")

    def _print(self, line: str) -> None:
        self.stdout.write(line)


def _short(value: object) -> str:
    text = "(không có)" if value is None else str(value)
    return text if len(text) <= 80 else f"{text[:77]}…"
