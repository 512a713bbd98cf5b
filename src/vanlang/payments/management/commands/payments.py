"""`payments check` proves that the books of every agency balance and say what the demands and payments say."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from typing_extensions import override

from vanlang.kernel.scope import Scope, acting
from vanlang.payments.labels import BOOK_FAULTS
from vanlang.payments.queries import prove_books


class Command(BaseCommand):
    help = "Kiểm tra sổ kế toán thu phí, lệ phí của mọi cơ quan."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        commands = parser.add_subparsers(dest="command", required=True)
        commands.add_parser("check", help="Mọi bút toán phải cân và khớp với khoản phải thu, khoản đã trả.")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        with acting(Scope.system()), transaction.atomic():
            proof = prove_books()
        self.stdout.write(
            f"{proof.entries} bút toán, {proof.demands} khoản phải thu, {proof.payments} lượt thanh toán."
        )
        for fault in proof.faults:
            says = BOOK_FAULTS[fault.what]
            self.stdout.write(f"✗ {says} ({fault.key}): cần {fault.expected_vnd}, thấy {fault.found_vnd}")
        if not proof.holds:
            sys.exit(1)
        self.stdout.write("Sổ của mọi cơ quan đều cân.")
