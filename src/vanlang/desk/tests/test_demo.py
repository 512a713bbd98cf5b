"""The demo's dossiers: every state, late and paused, loaded twice the same."""

from __future__ import annotations

from collections import Counter

import pytest
from django.conf import settings

from vanlang.desk.demo import load
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.rules.states import FINAL, State
from vanlang.kernel import clock
from vanlang.kernel.reference import demo_parts, reference_parts


@pytest.fixture
def province(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reference data and the cast, as a first start makes them."""
    monkeypatch.setenv("VANLANG_DEMO_PASSWORD", "mot-mat-khau-dai-12")
    parts = [*reference_parts(), *(part for part in demo_parts() if part.name == "identity")]
    for part in parts:
        part.load(settings.VANLANG_REFERENCE, lambda line: None)


@pytest.mark.usefixtures("province")
def test_every_state_but_the_signed_one_and_twice_the_same() -> None:
    told: list[str] = []
    load(settings.VANLANG_REFERENCE, told.append)
    states = Counter(Dossier.objects.values_list("state", flat=True))
    elsewhere = {State.SIGNED, State.DRAFT, State.AWAITING_OBLIGATION}  # no procedure of the demo has phases
    assert set(states) == {state.value for state in State if state not in elsewhere}
    late = Dossier.objects.exclude(state__in=FINAL).filter(due_at__lt=clock.now(), finished_at__isnull=True)
    assert late.exists()
    assert Dossier.objects.filter(paused_at__isnull=False).count() >= 2
    assert Dossier.objects.values("intake_agency").distinct().count() == 3
    load(settings.VANLANG_REFERENCE, told.append)
    assert told[-1] == "Hồ sơ trình diễn: thêm 0"
    assert sum(states.values()) == Dossier.objects.count() >= 25


@pytest.mark.django_db
def test_without_the_cast_nothing_is_made() -> None:
    load(settings.VANLANG_REFERENCE, lambda line: None)
    assert not Dossier.objects.exists()
