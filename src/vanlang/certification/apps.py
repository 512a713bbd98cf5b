from __future__ import annotations

from collections.abc import Callable

from django.apps import AppConfig
from django.http import HttpRequest
from typing_extensions import override


class CertificationConfig(AppConfig):
    name = "vanlang.certification"
    label = "certification"

    @override
    def ready(self) -> None:
        from vanlang.certification import subscribers  # noqa: F401 - subscribes when it is read
        from vanlang.certification.labels import SENTENCES
        from vanlang.identity.api import Role
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
            visible=_for(Role.COUNTER, Role.SPECIALIST, Role.LEADER, Role.CLERK),
        )


def _for(*roles: str) -> Callable[[HttpRequest], bool]:
    from vanlang.identity.api import actor_from

    return lambda request: bool(actor_from(request).roles & set(roles))
