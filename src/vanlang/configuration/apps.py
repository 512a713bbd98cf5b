from __future__ import annotations

from django.apps import AppConfig
from django.http import HttpRequest
from typing_extensions import override


class ConfigurationConfig(AppConfig):
    name = "vanlang.configuration"
    label = "configuration"

    @override
    def ready(self) -> None:
        from vanlang.configuration.labels import SENTENCES
        from vanlang.identity.api import Role, actor_from
        from vanlang.kernel import labels
        from vanlang.ui.shell import register_link

        def administers(request: HttpRequest) -> bool:
            return bool(actor_from(request).roles & {Role.ADMIN, Role.CATALOGUE_EDITOR})

        labels.register(SENTENCES)
        register_link(
            place="officer", group="Quản lý", text="Cấu hình", url_name="configuration:start", icon="edit", order=60,
            visible=administers,
        )  # fmt: skip
