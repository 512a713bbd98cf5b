from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class IntakeConfig(AppConfig):
    name = "vanlang.intake"
    label = "intake"

    @override
    def ready(self) -> None:
        from vanlang.intake.labels import SENTENCES
        from vanlang.kernel import labels

        labels.register(SENTENCES)
