from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from django.apps import AppConfig
from typing_extensions import override


class CounterConfig(AppConfig):
    name = "vanlang.counter"
    label = "counter"

    @override
    def ready(self) -> None:
        from vanlang.counter.adapters.till import CounterTill
        from vanlang.counter.labels import SENTENCES
        from vanlang.kernel import labels, reference
        from vanlang.payments.api import register_till

        labels.register(SENTENCES)
        import_module("vanlang.counter.subscribers")
        register_till(CounterTill())
        _register_links()
        reference.register_demo("counter", _load_demo)


def _register_links() -> None:
    """Say where an officer can go: each link is shown to the roles that its page is for."""
    from vanlang.identity.api import Role, shown_to
    from vanlang.ui.shell import register_link

    register_link(
        place="officer", group="Hồ sơ", text="Gọi số", url_name="counter:console", icon="bell", order=12,
        visible=shown_to(Role.COUNTER),
    )  # fmt: skip
    register_link(
        place="officer", group="Quầy", text="Tiếp nhận nhiều hồ sơ", url_name="counter:batches", icon="copy", order=22,
        visible=shown_to(Role.COUNTER),
    )  # fmt: skip
    register_link(
        place="officer", group="Quầy", text="Bàn giao", url_name="counter:trays", icon="arrow-right", order=23,
        visible=shown_to(Role.COUNTER, Role.SPECIALIST, Role.LEADER, Role.CLERK),
    )  # fmt: skip
    register_link(
        place="officer", group="Quầy", text="Trả nhiều kết quả", url_name="counter:deliver", icon="check", order=24,
        visible=shown_to(Role.COUNTER),
    )  # fmt: skip
    register_link(
        place="officer", group="Quầy", text="Bưu gửi", url_name="counter:post", icon="mail", order=25,
        visible=shown_to(Role.COUNTER),
    )  # fmt: skip
    register_link(
        place="officer", group="Quầy", text="Sổ quỹ", url_name="counter:cash", icon="money", order=26,
        visible=shown_to(Role.COUNTER, Role.LEADER),
    )  # fmt: skip


def _load_demo(folder: Path, report: Callable[[str], None]) -> None:
    from vanlang.counter.demo import load

    load(folder, report)
