from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class CertificationConfig(AppConfig):
    name = "vanlang.certification"
    label = "certification"

    @override
    def ready(self) -> None:
        from vanlang.certification import subscribers  # noqa: F401 - subscribes when it is read
        from vanlang.certification.labels import SENTENCES
        from vanlang.identity.api import Role, shown_to
        from vanlang.kernel import labels
        from vanlang.ui.shell import register_link

        labels.register(SENTENCES)
        register_link(
            place="officer",
            group="Hồ sơ",
            text="Chứng thực bản sao",
            url_name="certification:start",
            icon="seal",
            order=24,
            visible=shown_to(Role.COUNTER, Role.SPECIALIST, Role.LEADER, Role.CLERK),
        )
