"""Release writes the register that the procedure's case names, in the same transaction."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.conf import settings

from vanlang.catalogue.models import Case, ProcedureVersion
from vanlang.dossiers import services
from vanlang.dossiers.models import Outcome
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.services.registering import register_outcome
from vanlang.dossiers.tests.factories import PAPER_DRAFT, Lives, World
from vanlang.dossiers.types import OutcomeKind
from vanlang.kernel.scope import Scope, acting
from vanlang.registers import api as registers
from vanlang.registers.api import EntryState, Grade
from vanlang.registers.models import Entry

ANSWERS = {
    "child_name": "Trần Gia An", "child_gender": "male", "child_born_on": "2026-11-02", "child_ethnicity": "Kinh",
    "child_nationality": "Việt Nam", "birth_place": "Bệnh viện Đa khoa tỉnh", "home_town": "Phú Thọ",
    "mother_name": "Nguyễn Thị Lan",
}  # fmt: skip


@pytest.fixture
def yielding(world: World, at: dt.datetime) -> None:
    """The case of the world's procedure writes births, as the starter catalogue says."""
    registers.load_registers(folder=settings.VANLANG_REFERENCE / "registers", at=at)
    fields = {name: f"answers.{name}" for name in ANSWERS} | {"declared_by": "dossier.applicant_name"}
    yields = {"register": "birth", "fields": fields, "holder": "answers.child_name", "organisation": ""}
    Case.objects.filter(pk=world.case_id).update(yields=yields)
    ProcedureVersion.objects.filter(pk=world.version_id).update(revision=99)


@pytest.mark.usefixtures("yielding")
def test_a_released_outcome_is_an_entry(world: World, lives: Lives, at: dt.datetime) -> None:
    dossier_id = lives.to(State.APPROVED, answers=ANSWERS)
    with acting(Scope.officer(world.viet_tri.id)):
        lives.release(dossier_id, at)
        row = Entry.objects.get(source_dossier_id=dossier_id)
        page = registers.get_entry_page(row.pk, actor=world.thao, purpose="Đối chiếu", at=at)
    outcome = Outcome.objects.get(dossier_id=dossier_id)
    assert (page.number, page.token, page.holder_name) == (outcome.number, outcome.token, "Trần Gia An")
    assert (page.grade, page.state) == (Grade.A, EntryState.VALID)
    assert page.facts == ANSWERS | {"declared_by": "Nguyễn Thị Lan"}
    with acting(Scope.citizen(world.lan_facts.person_id)):
        assert [held.id for held in registers.list_held(world.lan_facts.person_id, on=at.date())] == [row.pk]


@pytest.mark.usefixtures("yielding")
def test_facts_that_the_dossier_lacks_hold_no_result_up(lives: Lives, at: dt.datetime) -> None:
    dossier_id = lives.to(State.RELEASED, answers={"child_name": "Trần Gia An"})
    held = registers.list_held(lives.world.lan_facts.person_id, on=at.date())
    assert [(one.dossier_id, one.grade) for one in held] == [(dossier_id, Grade.C)]


@pytest.mark.usefixtures("yielding")
def test_a_no_is_no_entry(world: World, at: dt.datetime) -> None:
    denied = replace(PAPER_DRAFT, kind=OutcomeKind.DENIED, title="Thông báo", book_kind="TB")
    Lives(world, denied).to(State.RELEASED, answers=ANSWERS)
    assert not Entry.objects.exists()


def test_a_case_without_a_register_writes_none(lives: Lives) -> None:
    lives.to(State.RELEASED)
    assert not Entry.objects.exists()


@pytest.mark.usefixtures("yielding")
def test_a_release_that_fails_leaves_no_entry(world: World, lives: Lives, at: dt.datetime) -> None:
    dossier_id = lives.to(State.APPROVED, answers=ANSWERS)
    with pytest.raises(services.acting.ChangedMeanwhile):
        services.release(dossier_id=dossier_id, actor=world.thao, at=at, expected_version=1)
    assert not Entry.objects.exists()


@pytest.mark.usefixtures("yielding")
def test_a_corrected_outcome_replaces_its_entry(world: World, lives: Lives, at: dt.datetime) -> None:
    dossier_id = lives.to(State.RELEASED, answers=ANSWERS)
    outcome = Outcome.objects.select_related("dossier").get(dossier_id=dossier_id)
    row = outcome.dossier
    outcome.number = "16/GKS-UBND"
    outcome.save(update_fields=["number"])
    row.answers = {**ANSWERS, "child_name": "Trần Gia Ân"}
    register_outcome(row, actor=world.thao, at=at + dt.timedelta(days=1), reason="Sai tên đệm")
    old, new = Entry.objects.filter(source_dossier_id=dossier_id).order_by("registered_at", "id")
    assert (old.ended_as, old.ended_reason, new.replaces_id) == ("replaced", "Sai tên đệm", old.pk)
    assert new.holder_name == "Trần Gia Ân"
