from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from typing_extensions import override


class DossiersConfig(AppConfig):
    name = "vanlang.dossiers"
    label = "dossiers"

    @override
    def ready(self) -> None:
        from vanlang.dossiers.labels import SENTENCES
        from vanlang.kernel import labels

        labels.register(SENTENCES)
        import_module("vanlang.dossiers.subscribers")
