from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class CatalogueConfig(AppConfig):
    name = "vanlang.catalogue"
    label = "catalogue"

    @override
    def ready(self) -> None:
        from vanlang.catalogue.labels import SENTENCES
        from vanlang.kernel import labels

        labels.register(SENTENCES)
