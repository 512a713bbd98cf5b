from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.apps import AppConfig
from django.http import HttpRequest
from typing_extensions import override


class DeskConfig(AppConfig):
    name = "vanlang.desk"
    label = "desk"

    @override
    def ready(self) -> None:
        from vanlang.desk.labels import SENTENCES
        from vanlang.kernel import labels, reference

        labels.register(SENTENCES)
        _register_links()
        reference.register_demo("desk", _load_demo)


def _register_links() -> None:
    """Say where an officer can go: each link is shown to the roles that its page is for."""
    from vanlang.identity.api import Role, shown_to
    from vanlang.ui.shell import register_link

    register_link(
        place="officer", group="Hồ sơ", text="Tiếp nhận tại quầy", url_name="desk:counter", icon="plus", order=10,
        visible=shown_to(Role.COUNTER),
    )  # fmt: skip
    register_link(
        place="officer", group="Hồ sơ", text="Hồ sơ", url_name="desk:inbox", icon="folder", order=20,
        visible=shown_to(Role.COUNTER, Role.SPECIALIST, Role.LEADER, Role.CLERK), count=_waiting,
    )  # fmt: skip
    register_link(
        place="officer", group="Hồ sơ", text="Xin lỗi, bổ sung lần nữa", url_name="desk:leading", icon="clock", order=26,
        visible=shown_to(Role.LEADER),
    )  # fmt: skip
    register_link(
        place="officer", group="Hồ sơ", text="Sổ theo dõi (mẫu 07)", url_name="desk:register", icon="file", order=28,
        visible=shown_to(Role.COUNTER, Role.SPECIALIST, Role.LEADER, Role.CLERK),
    )  # fmt: skip
    register_link(
        place="officer", group="Quản lý", text="Chuyển thẩm quyền", url_name="desk:delegations", icon="scales", order=32,
        visible=shown_to(Role.CATALOGUE_EDITOR),
    )  # fmt: skip
    register_link(
        place="officer", group="Hồ sơ", text="Bản giấy chờ trả", url_name="desk:paper_copies", icon="print", order=26,
        visible=shown_to(Role.COUNTER, Role.CLERK),
    )  # fmt: skip
    register_link(
        place="officer", group="Hồ sơ", text="Đánh giá của người dân", url_name="desk:ratings", icon="people", order=29,
        visible=shown_to(Role.COUNTER, Role.SPECIALIST, Role.LEADER),
    )  # fmt: skip
    register_link(
        place="officer", group="Hồ sơ", text="Nộp thay", url_name="desk:helped", icon="people", order=30,
        visible=shown_to(Role.LEADER),
    )  # fmt: skip
    register_link(
        place="officer", group="Quầy", text="Người đại diện", url_name="desk:entity", icon="people", order=28,
        visible=shown_to(Role.COUNTER),
    )  # fmt: skip
    register_link(
        place="officer", group="Quản lý", text="Thủ tục", url_name="desk:procedures", icon="scales", order=30,
        visible=shown_to(Role.CATALOGUE_EDITOR),
    )  # fmt: skip
    register_link(
        place="officer", group="Quản lý", text="Cơ quan, cán bộ", url_name="desk:agencies", icon="people", order=40,
        visible=shown_to(Role.ADMIN),
    )  # fmt: skip
    register_link(
        place="officer", group="Quản lý", text="Lịch làm việc", url_name="desk:calendar", icon="calendar", order=50,
        visible=shown_to(Role.ADMIN),
    )  # fmt: skip


def _waiting(request: HttpRequest) -> int:
    """Return how many dossiers wait for the officer; asked of the database once for each page."""
    from vanlang.dossiers.api import InboxFilter, count_inbox
    from vanlang.identity.api import actor_from
    from vanlang.kernel import clock

    mine = InboxFilter.MINE
    return count_inbox(actor_from(request), at=clock.now(), only=[mine])[mine]


def _load_demo(folder: Path, report: Callable[[str], None]) -> None:
    from vanlang.desk.demo import load

    load(folder, report)
