from __future__ import annotations

from pathlib import Path

from django.apps import AppConfig
from typing_extensions import override

from vanlang.kernel import labels, reference


class RegistersConfig(AppConfig):
    name = "vanlang.registers"
    label = "registers"

    @override
    def ready(self) -> None:
        from vanlang.registers.labels import SENTENCES

        labels.register(SENTENCES)
        reference.register_reference("registers", _load)
        _register_link()


def _register_link() -> None:
    """Say where an officer finds the registers."""
    from vanlang.identity.api import Role, actor_from
    from vanlang.ui.shell import register_link

    readers = {Role.COUNTER, Role.SPECIALIST, Role.LEADER, Role.CLERK}
    register_link(
        place="officer", group="Hồ sơ", text="Sổ kết quả", url_name="registers:start", icon="folder", order=28,
        visible=lambda request: bool(actor_from(request).roles & readers),
    )  # fmt: skip


def _load(folder: Path, report: reference.Report) -> None:
    from vanlang.kernel import clock
    from vanlang.registers.services import load_registers

    loaded = load_registers(folder=folder / "registers", at=clock.now())
    report(f"Sổ kết quả: {loaded.total} sổ, thêm phiên bản dữ liệu {loaded.added}")
