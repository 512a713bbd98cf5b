from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class ConnectorsConfig(AppConfig):
    name = "vanlang.connectors"
    label = "connectors"

    @override
    def ready(self) -> None:
        from vanlang.connectors import ports
        from vanlang.connectors.labels import SENTENCES
        from vanlang.identity.api import Role, actor_from
        from vanlang.kernel import labels
        from vanlang.ui.shell import register_link

        labels.register(SENTENCES)
        register_link(
            place="officer", group="Quản lý", text="Kết nối", url_name="connectors:start", icon="progress", order=57,
            visible=lambda request: Role.ADMIN in actor_from(request).roles and any(ports.systems()),
        )  # fmt: skip
