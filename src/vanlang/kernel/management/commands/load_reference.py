"""Nạp dữ liệu tham chiếu (cơ quan, lịch, biểu mẫu, danh mục khởi đầu); thêm --demo để nạp cả dữ liệu trình diễn."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from typing_extensions import override

from vanlang.kernel import reference
from vanlang.kernel.scope import Scope, acting


class Command(BaseCommand):
    help = __doc__ or ""

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="nạp cả tài khoản và hồ sơ trình diễn")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        if options["demo"] and not settings.VANLANG_DEMO:
            msg = "Dữ liệu trình diễn không được nạp vào hệ thống chính thức."
            raise CommandError(msg)
        parts = reference.reference_parts() + (reference.demo_parts() if options["demo"] else [])
        with acting(Scope.system()):
            for part in parts:
                part.load(settings.VANLANG_REFERENCE, self.stdout.write)
