"""`manage.py trust_root FILE --name NAME`: believe the root certificates in a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from typing_extensions import override

from vanlang.identity.api import SYSTEM
from vanlang.kernel import clock
from vanlang.kernel.scope import Scope, acting
from vanlang.signing.api import trust_root


class Command(BaseCommand):
    help = "Tin cậy các chứng thư gốc trong một tệp (PEM hoặc DER)."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--name", required=True, help="Tên cơ quan chứng thực")

    @override
    def handle(self, *args: Any, file: Path, name: str, **options: Any) -> None:
        with acting(Scope.system()):
            for digest in trust_root(name=name, block=file.read_bytes(), actor=SYSTEM, at=clock.now()):
                self.stdout.write(digest)
