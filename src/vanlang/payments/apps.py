from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from django.apps import AppConfig
from typing_extensions import override


class PaymentsConfig(AppConfig):
    name = "vanlang.payments"
    label = "payments"

    @override
    def ready(self) -> None:
        from vanlang.kernel import labels, reference
        from vanlang.payments.adapters import platform, ways
        from vanlang.payments.labels import SENTENCES

        labels.register(SENTENCES)
        import_module("vanlang.payments.subscribers")
        if platform.is_named():
            ways.register()
        _register_links()
        _register_books()
        reference.register_demo("payments", _load_demo)


def _load_demo(folder: Path, report: Callable[[str], None]) -> None:
    from vanlang.payments.demo import load

    load(folder, report)


def _register_links() -> None:
    from vanlang.identity.api import Role, shown_to
    from vanlang.ui.shell import register_link

    register_link(
        place="officer", group="Hồ sơ", text="Phí, lệ phí", url_name="payments:start", icon="money", order=26,
        visible=shown_to(Role.COUNTER, Role.LEADER, Role.ACCOUNTANT),
    )  # fmt: skip
    register_link(
        place="officer", group="Quản lý", text="Tài khoản thu", url_name="payments:account", icon="money", order=85,
        visible=shown_to(Role.ADMIN),
    )  # fmt: skip


def _register_books() -> None:
    """Say where an accountant goes."""
    from vanlang.identity.api import Role, actor_from, shown_to
    from vanlang.payments.queries.reconciling import count_unresolved
    from vanlang.ui.shell import register_link

    register_link(
        place="officer", group="Hồ sơ", text="Đối soát, khóa sổ", url_name="payments_books:start", icon="scales", order=27,
        visible=shown_to(Role.ACCOUNTANT), count=lambda request: count_unresolved(actor_from(request).agency_id or 0),
    )  # fmt: skip
    register_link(
        place="officer", group="Hồ sơ", text="Sổ và nhật ký", url_name="payments_books:books", icon="file", order=28,
        visible=shown_to(Role.ACCOUNTANT, Role.LEADER),
    )  # fmt: skip
    register_link(
        place="officer", group="Hồ sơ", text="Tiền chờ làm rõ", url_name="payments_books:suspense", icon="money", order=29,
        visible=shown_to(Role.ACCOUNTANT),
    )  # fmt: skip
