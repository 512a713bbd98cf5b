from __future__ import annotations

from pathlib import Path

from django.apps import AppConfig
from typing_extensions import override

from vanlang.kernel import labels, reference


class EformsConfig(AppConfig):
    name = "vanlang.eforms"
    label = "eforms"
    verbose_name = "Biểu mẫu điện tử"

    @override
    def ready(self) -> None:
        from vanlang.eforms.labels import SENTENCES

        labels.register(SENTENCES)
        reference.register_reference("eforms", _load)


def _load(folder: Path, report: reference.Report) -> None:
    from vanlang.eforms.services import load_definitions

    report(f"Biểu mẫu: thêm {load_definitions(folder / 'eforms')}")
