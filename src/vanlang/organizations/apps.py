from __future__ import annotations

from pathlib import Path

from django.apps import AppConfig
from typing_extensions import override

from vanlang.kernel import labels, reference


class OrganizationsConfig(AppConfig):
    name = "vanlang.organizations"
    label = "organizations"

    @override
    def ready(self) -> None:
        from vanlang.organizations.labels import SENTENCES

        labels.register(SENTENCES)
        reference.register_reference("organizations", _load)


def _load(folder: Path, report: reference.Report) -> None:
    from vanlang.organizations.services import load_agencies

    for path in sorted((folder / "agencies").glob("*.toml")):
        report(f"Cơ quan: thêm {load_agencies(path)} từ {path.name}")
