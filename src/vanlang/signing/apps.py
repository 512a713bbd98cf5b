from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.apps import AppConfig
from typing_extensions import override

ADAPTERS = "vanlang.signing.adapters.configured.outside"
"""What stands behind the ports unless the setting `SIGNING_ADAPTERS` names another provider (a token, a remote service)."""


class SigningConfig(AppConfig):
    name = "vanlang.signing"
    label = "signing"

    @override
    def ready(self) -> None:
        from django.conf import settings
        from django.utils.module_loading import import_string

        from vanlang.kernel import labels, reference
        from vanlang.signing import ports
        from vanlang.signing.labels import SENTENCES

        labels.register(SENTENCES)
        ports.provide(import_string(getattr(settings, "SIGNING_ADAPTERS", ADAPTERS)))
        reference.register_demo("signing", _load_demo)


def _load_demo(folder: Path, report: Callable[[str], None]) -> None:
    from vanlang.signing.demo import load

    load(folder, report)
