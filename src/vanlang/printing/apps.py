from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class PrintingConfig(AppConfig):
    name = "vanlang.printing"
    label = "printing"

    @override
    def ready(self) -> None:
        from vanlang.identity.api import Role, shown_to
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
            visible=shown_to(Role.ADMIN),
        )
