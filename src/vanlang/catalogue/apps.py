from __future__ import annotations

from pathlib import Path

from django.apps import AppConfig
from typing_extensions import override

from vanlang.kernel import labels, reference


class CatalogueConfig(AppConfig):
    name = "vanlang.catalogue"
    label = "catalogue"

    @override
    def ready(self) -> None:
        from vanlang.catalogue.labels import SENTENCES

        labels.register(SENTENCES)
        reference.register_reference("catalogue", _load)


def _load(folder: Path, report: reference.Report) -> None:
    from vanlang.catalogue.services.starter import load_starter
    from vanlang.identity.api import SYSTEM
    from vanlang.kernel import clock

    loaded = load_starter(actor=SYSTEM, at=clock.now(), folder=folder / "catalogue" / "starter")
    report(f"Danh mục khởi đầu: {loaded.total} thủ tục, thêm hoặc cập nhật {len(loaded.published)}")
