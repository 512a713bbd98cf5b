from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.apps import AppConfig
from django.http import HttpRequest
from typing_extensions import override


class CutoverConfig(AppConfig):
    name = "vanlang.cutover"
    label = "cutover"

    @override
    def ready(self) -> None:
        from vanlang.cutover.labels import SENTENCES
        from vanlang.identity.api import Role, actor_from
        from vanlang.kernel import labels, reference
        from vanlang.organizations.api import AgencyKind, get_agency
        from vanlang.ui.shell import register_link

        def administers_the_province(request: HttpRequest) -> bool:
            from vanlang.kernel import clock

            actor = actor_from(request)
            if not actor.has(Role.ADMIN) or actor.agency_id is None:
                return False
            return get_agency(actor.agency_id, clock.today()).kind is AgencyKind.PROVINCE

        labels.register(SENTENCES)
        reference.register_demo("cutover", _load_demo)
        register_link(
            place="officer", group="Quản lý", text="Chuyển đổi hệ thống", url_name="cutover:start", icon="upload", order=70,
            visible=administers_the_province,
        )  # fmt: skip


def _load_demo(folder: Path, report: Callable[[str], None]) -> None:
    from vanlang.cutover.demo import load

    load(folder, report)
