from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class UiConfig(AppConfig):
    """The design system: tags, templates, styles. Knows no domain."""

    name = "vanlang.ui"
    label = "ui"
    verbose_name = "Giao diện"

    @override
    def ready(self) -> None:
        from vanlang.kernel import labels
        from vanlang.ui.labels import SENTENCES

        labels.register(SENTENCES)
