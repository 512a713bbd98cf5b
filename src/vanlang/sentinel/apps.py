from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class SentinelConfig(AppConfig):
    name = "vanlang.sentinel"
    label = "sentinel"

    @override
    def ready(self) -> None:
        from vanlang.identity.api import actor_from
        from vanlang.kernel import labels
        from vanlang.sentinel import ports
        from vanlang.sentinel.labels import SENTENCES
        from vanlang.sentinel.queries.differences import READERS, count_open
        from vanlang.ui.shell import register_link

        labels.register(SENTENCES)
        register_link(
            place="officer", group="Hồ sơ", text="Hồ sơ lệch", url_name="sentinel:start", icon="search", order=58,
            visible=lambda request: any(ports.comparisons()) and bool(actor_from(request).roles & READERS),
            count=lambda request: count_open(actor_from(request)) or None,
        )  # fmt: skip
