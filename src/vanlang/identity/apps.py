from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class IdentityConfig(AppConfig):
    name = "vanlang.identity"
    label = "identity"

    @override
    def ready(self) -> None:
        from vanlang.identity.labels import SENTENCES
        from vanlang.kernel import labels

        labels.register(SENTENCES)
