from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class SigningConfig(AppConfig):
    name = "vanlang.signing"
    label = "signing"

    @override
    def ready(self) -> None:
        from vanlang.kernel import labels
        from vanlang.signing import ports
        from vanlang.signing.adapters.configured import outside
        from vanlang.signing.labels import SENTENCES

        labels.register(SENTENCES)
        ports.provide(outside)
