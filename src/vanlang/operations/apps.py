from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class OperationsConfig(AppConfig):
    name = "vanlang.operations"
    label = "operations"

    @override
    def ready(self) -> None:
        from django.utils.module_loading import import_string

        from vanlang.identity.api import Role, actor_from
        from vanlang.kernel import labels
        from vanlang.operations import ports
        from vanlang.operations.labels import SENTENCES
        from vanlang.ui.shell import register_link

        labels.register(SENTENCES)
        # by name: adapters stand above, and are plugged in, not imported
        ports.plug(
            reference_clock=import_string("vanlang.operations.adapters.outside.reference_clock"),
            web_certificate=import_string("vanlang.operations.adapters.outside.web_certificate"),
        )
        register_link(
            place="officer", group="Quản lý", text="Sức khỏe hệ thống", url_name="operations:doctor", icon="check", order=58,
            visible=lambda request: Role.ADMIN in actor_from(request).roles,
        )  # fmt: skip
