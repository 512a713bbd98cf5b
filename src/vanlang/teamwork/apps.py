from __future__ import annotations

from django.apps import AppConfig
from django.http import HttpRequest
from typing_extensions import override

_GROUP = "Cùng làm"


class TeamworkConfig(AppConfig):
    name = "vanlang.teamwork"
    label = "teamwork"

    @override
    def ready(self) -> None:
        from vanlang.kernel import labels
        from vanlang.teamwork.labels import SENTENCES

        labels.register(SENTENCES)
        _register_links()


def _register_links() -> None:
    """Say where an officer can go: each link is shown to the roles that its page is for."""
    from vanlang.identity.api import Role, shown_to
    from vanlang.ui.shell import register_link

    register_link(
        place="officer", group="Hồ sơ", text="Duyệt theo lượt", url_name="teamwork:deciding", icon="check", order=24,
        visible=shown_to(Role.LEADER),
    )  # fmt: skip
    register_link(
        place="officer", group="Hồ sơ", text="Hồ sơ vướng", url_name="teamwork:stuck", icon="warning", order=28,
        visible=shown_to(Role.LEADER), count=_stuck,
    )  # fmt: skip
    register_link(
        place="officer", group=_GROUP, text="Bản tin hôm nay", url_name="teamwork:digest", icon="calendar", order=58,
        visible=shown_to(Role.COUNTER, Role.SPECIALIST, Role.LEADER, Role.CLERK),
    )  # fmt: skip
    register_link(
        place="officer", group=_GROUP, text="Thay khi vắng", url_name="teamwork:substitutions", icon="people", order=62,
        visible=shown_to(Role.COUNTER, Role.SPECIALIST, Role.LEADER, Role.CLERK, Role.ADMIN),
    )  # fmt: skip
    register_link(
        place="officer", group=_GROUP, text="Bàn giao hàng loạt", url_name="teamwork:transfers", icon="folder", order=64,
        visible=shown_to(Role.LEADER, Role.ADMIN),
    )  # fmt: skip
    register_link(
        place="officer", group=_GROUP, text="Nhắc tới tôi", url_name="teamwork:mentions", icon="bell", order=60,
        visible=shown_to(Role.COUNTER, Role.SPECIALIST, Role.LEADER, Role.CLERK), count=_mentions,
    )  # fmt: skip


def _stuck(request: HttpRequest) -> int | None:
    from vanlang.dossiers.api import count_stuck
    from vanlang.identity.api import actor_from

    agency_id = actor_from(request).agency_id
    return count_stuck(agency_id) or None if agency_id is not None else None


def _mentions(request: HttpRequest) -> int | None:
    from vanlang.identity.api import actor_from
    from vanlang.teamwork.queries import count_mentions

    return count_mentions(actor_from(request)) or None
