from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from django.apps import AppConfig
from typing_extensions import override


class ChainsConfig(AppConfig):
    name = "vanlang.chains"
    label = "chains"

    @override
    def ready(self) -> None:
        from vanlang.chains.labels import SENTENCES
        from vanlang.kernel import labels, reference
        from vanlang.notifications.api import register_templates

        labels.register(SENTENCES)
        register_templates(Path(__file__).parent / "messages")
        import_module("vanlang.chains.subscribers")
        _register_links()
        reference.register_reference("chains", _load)


def _register_links() -> None:
    from vanlang.identity.api import Role, shown_to
    from vanlang.ui.shell import register_link

    register_link(
        place="officer", group="Hồ sơ", text="Liên thông", url_name="chains:list", icon="folder", order=25,
        visible=shown_to(Role.COUNTER),
    )  # fmt: skip


def _load(folder: Path, report: Callable[[str], None]) -> None:
    from vanlang.chains.services.loading import load_plans
    from vanlang.kernel import clock

    loaded = load_plans(folder / "chains", on=clock.today())
    report(f"{loaded.total} chuỗi thủ tục liên thông, {loaded.fresh} mới")
