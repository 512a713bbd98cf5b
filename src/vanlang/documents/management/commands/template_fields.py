from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from typing_extensions import override

from vanlang.documents.rules.fields import as_markdown


class Command(BaseCommand):
    help = "Print docs/reference/template-fields.md: what a template may name."

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(as_markdown(), ending="")
