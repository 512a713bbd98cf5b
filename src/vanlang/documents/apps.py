from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class DocumentsConfig(AppConfig):
    name = "vanlang.documents"
    label = "documents"

    @override
    def ready(self) -> None:
        from vanlang.documents.labels import SENTENCES
        from vanlang.kernel import labels

        labels.register(SENTENCES)
