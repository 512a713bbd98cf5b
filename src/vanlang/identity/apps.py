from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.apps import AppConfig
from typing_extensions import override


class IdentityConfig(AppConfig):
    name = "vanlang.identity"
    label = "identity"

    @override
    def ready(self) -> None:
        from vanlang.identity.labels import SENTENCES
        from vanlang.identity.requests import appointments_from, describe_person
        from vanlang.kernel import labels, reference
        from vanlang.ui import shell

        labels.register(SENTENCES)
        shell.describe_person_with(describe_person)
        shell.register_link(
            place="officer", text="Đổi vai trò", url_name="identity:roles", group="Tài khoản", icon="people",
            order=900, visible=lambda request: len(appointments_from(request)) > 1,
        )  # fmt: skip
        shell.register_link(
            place="officer", text="Bảo mật tài khoản", url_name="identity:security", group="Tài khoản",
            icon="lock", order=910,
        )  # fmt: skip
        reference.register_demo("identity", _load_demo)


def _load_demo(folder: Path, report: Callable[[str], None]) -> None:
    from vanlang.identity.demo import load

    load(folder, report)
