from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class ScanningConfig(AppConfig):
    name = "vanlang.scanning"
    label = "scanning"

    @override
    def ready(self) -> None:
        from vanlang.kernel import labels
        from vanlang.scanning.labels import SENTENCES

        labels.register(SENTENCES)
