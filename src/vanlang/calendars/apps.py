from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class CalendarsConfig(AppConfig):
    name = "vanlang.calendars"
    label = "calendars"

    @override
    def ready(self) -> None:
        from vanlang.calendars.labels import SENTENCES
        from vanlang.kernel import labels

        labels.register(SENTENCES)
