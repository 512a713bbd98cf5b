from __future__ import annotations

from pathlib import Path

from django.apps import AppConfig
from typing_extensions import override


class NotificationsConfig(AppConfig):
    name = "vanlang.notifications"
    label = "notifications"

    @override
    def ready(self) -> None:
        from django.conf import settings
        from django.utils.module_loading import import_string

        from vanlang.kernel import labels
        from vanlang.notifications import ports
        from vanlang.notifications.labels import SENTENCES
        from vanlang.notifications.queries.templates import register_templates

        labels.register(SENTENCES)
        ports.provide(import_string(settings.VANLANG_NOTIFICATION_ADAPTERS))
        register_templates(Path(__file__).parent / "messages")
        _register_links()


def _register_links() -> None:
    """Say where people find their messages, and administrators everybody's."""
    from vanlang.identity.api import Role, actor_from, shown_to
    from vanlang.ui.shell import register_link

    register_link(
        place="citizen", text="Thông báo", url_name="notifications:messages", order=35,
        visible=lambda request: actor_from(request).is_citizen,
    )  # fmt: skip
    register_link(
        place="officer", group="Tài khoản", text="Thông báo", url_name="notifications:mine", icon="bell", order=80,
        visible=lambda request: actor_from(request).is_officer,
    )  # fmt: skip
    register_link(
        place="officer", group="Quản lý", text="Thông báo đã gửi", url_name="notifications:overview", icon="mail",
        order=55, visible=shown_to(Role.ADMIN),
    )  # fmt: skip
