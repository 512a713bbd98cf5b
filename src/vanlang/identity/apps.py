from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.apps import AppConfig
from typing_extensions import override


class IdentityConfig(AppConfig):
    name = "vanlang.identity"
    label = "identity"

    @override
    def ready(self) -> None:
        from vanlang.identity.labels import SENTENCES
        from vanlang.kernel import labels, reference

        labels.register(SENTENCES)
        reference.register_demo("identity", _load_demo)


def _load_demo(folder: Path, report: Callable[[str], None]) -> None:
    from vanlang.identity.demo import load

    load(folder, report)
