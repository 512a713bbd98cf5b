from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class SheetsConfig(AppConfig):
    name = "vanlang.sheets"
    label = "sheets"

    @override
    def ready(self) -> None:
        from vanlang.kernel import labels
        from vanlang.sheets.labels import SENTENCES

        labels.register(SENTENCES)
