from __future__ import annotations

from django.apps import AppConfig
from django.http import HttpRequest
from typing_extensions import override


class PrintingConfig(AppConfig):
    name = "vanlang.printing"
    label = "printing"

    @override
    def ready(self) -> None:
        from vanlang.kernel import labels
        from vanlang.printing.labels import SENTENCES
        from vanlang.ui.shell import register_link

        labels.register(SENTENCES)
        register_link(
            place="officer",
            group="Quản lý",
            text="Máy in, nhãn",
            url_name="printing:printers",
            icon="print",
            order=46,
            visible=_for_administrators,
        )


def _for_administrators(request: HttpRequest) -> bool:
    from vanlang.identity.api import Role, actor_from

    return Role.ADMIN in actor_from(request).roles
