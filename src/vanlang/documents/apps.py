from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class DocumentsConfig(AppConfig):
    name = "vanlang.documents"
    label = "documents"

    @override
    def ready(self) -> None:
        from django.utils.module_loading import import_string

        from vanlang.documents import ports
        from vanlang.documents.labels import SENTENCES
        from vanlang.kernel import labels

        labels.register(SENTENCES)
        ports.plug(import_string("vanlang.documents.adapters.soffice.find_soffice"))
