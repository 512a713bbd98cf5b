"""`functions` prints the reference page of the 31 functions."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from typing_extensions import override

from vanlang.desk.queries.functions import get_functions
from vanlang.desk.rules.functions import as_markdown


class Command(BaseCommand):
    help = "In trang 31 chức năng (markdown)."

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(as_markdown(get_functions()), ending="")
