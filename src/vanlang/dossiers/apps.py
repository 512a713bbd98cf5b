from __future__ import annotations

from importlib import import_module
from pathlib import Path

from django.apps import AppConfig
from typing_extensions import override


class DossiersConfig(AppConfig):
    name = "vanlang.dossiers"
    label = "dossiers"

    @override
    def ready(self) -> None:
        from vanlang.dossiers.labels import SENTENCES
        from vanlang.kernel import labels
        from vanlang.notifications.api import register_templates

        labels.register(SENTENCES)
        register_templates(Path(__file__).parent / "messages")
        import_module("vanlang.dossiers.subscribers")
