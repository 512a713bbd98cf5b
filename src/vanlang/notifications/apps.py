from __future__ import annotations

from pathlib import Path

from django.apps import AppConfig
from typing_extensions import override


class NotificationsConfig(AppConfig):
    name = "vanlang.notifications"
    label = "notifications"

    @override
    def ready(self) -> None:
        from django.conf import settings
        from django.utils.module_loading import import_string

        from vanlang.kernel import labels
        from vanlang.notifications import ports
        from vanlang.notifications.labels import SENTENCES
        from vanlang.notifications.queries.templates import register_templates

        labels.register(SENTENCES)
        ports.provide(import_string(settings.VANLANG_NOTIFICATION_ADAPTERS))
        register_templates(Path(__file__).parent / "messages")
