from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class OrganizationsConfig(AppConfig):
    name = "vanlang.organizations"
    label = "organizations"

    @override
    def ready(self) -> None:
        from vanlang.kernel import labels
        from vanlang.organizations.labels import SENTENCES

        labels.register(SENTENCES)
