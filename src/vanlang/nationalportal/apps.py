from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override


class NationalPortalConfig(AppConfig):
    name = "vanlang.nationalportal"
    label = "nationalportal"

    @override
    def ready(self) -> None:
        from vanlang.kernel import labels
        from vanlang.nationalportal import subscribers
        from vanlang.nationalportal.adapters import client, registering
        from vanlang.nationalportal.labels import SENTENCES

        labels.register(SENTENCES)
        _register_links()
        if client.is_named():
            registering.register()
            subscribers.listen()


def _register_links() -> None:
    from vanlang.identity.api import Role, shown_to
    from vanlang.nationalportal.adapters import client
    from vanlang.ui.shell import register_link

    if not client.is_named():
        return
    register_link(
        place="officer", group="Hồ sơ", text="Hồ sơ ở hệ thống khác", url_name="portal_desk:foreign", icon="folder", order=27,
        visible=shown_to(Role.COUNTER, Role.SPECIALIST, Role.LEADER),
    )  # fmt: skip
    register_link(
        place="officer", group="Quản lý", text="Định tuyến xử lý", url_name="portal_desk:routes", icon="scales", order=58,
        visible=shown_to(Role.CATALOGUE_EDITOR, Role.ADMIN),
    )  # fmt: skip
    register_link(
        place="officer", group="Quản lý", text="Thủ tục từ Cổng quốc gia", url_name="portal_desk:feed", icon="download", order=59,
        visible=shown_to(Role.CATALOGUE_EDITOR, Role.ADMIN),
    )  # fmt: skip
    register_link(
        place="officer", group="Quản lý", text="Mã danh mục ở Cổng quốc gia", url_name="portal_desk:code_lists", icon="search", order=60,
        visible=shown_to(Role.CATALOGUE_EDITOR, Role.ADMIN),
    )  # fmt: skip
