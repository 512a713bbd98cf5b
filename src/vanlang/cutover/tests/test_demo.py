"""The demo's old system: read once, some dossiers fit and some do not, and nothing enters by itself."""

from __future__ import annotations

import pytest
from django.conf import settings

from vanlang.cutover.demo import load
from vanlang.cutover.models import CutoverRun, SourceSystem
from vanlang.dossiers.models import Dossier
from vanlang.kernel.reference import demo_parts, reference_parts


@pytest.mark.django_db
def test_a_dry_run_waits_for_the_administrator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VANLANG_DEMO_PASSWORD", "mot-mat-khau-dai-12")
    told: list[str] = []
    load(settings.VANLANG_REFERENCE, told.append)
    assert not SourceSystem.objects.exists()
    for part in [*reference_parts(), *(part for part in demo_parts() if part.name == "identity")]:
        part.load(settings.VANLANG_REFERENCE, lambda line: None)
    load(settings.VANLANG_REFERENCE, told.append)
    assert CutoverRun.objects.get().totals["statuses"] == {"ready": 5, "faulty": 2}
    assert not Dossier.objects.exists()
    load(settings.VANLANG_REFERENCE, told.append)
    assert told[-1] == "Chuyển đổi trình diễn: đã có"
