from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class ProvinceConfig(AppConfig):
    name = "vanlang.province"
    label = "province"

    @override
    def ready(self) -> None:
        from vanlang.kernel import labels
        from vanlang.province.labels import SENTENCES

        labels.register(SENTENCES)
