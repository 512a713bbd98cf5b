from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class KernelConfig(AppConfig):
    name = "vanlang.kernel"
    label = "kernel"

    @override
    def ready(self) -> None:
        from django.core import checks

        from vanlang.kernel import logs
        from vanlang.kernel.database.checks import check_scope_may_be_set

        logs.configure()
        checks.register(check_scope_may_be_set, checks.Tags.database)
