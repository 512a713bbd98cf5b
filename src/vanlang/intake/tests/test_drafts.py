"""Drafts on a real database: whose they are, what they keep, and that one becomes one dossier."""

from __future__ import annotations

import datetime as dt
import io
import threading
import uuid
from collections.abc import Iterator

import pytest
from django.db import connection
from PIL import Image

from vanlang.audit.api import list_records
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.tests.factories import World, make_citizen, make_world
from vanlang.files.models import StoredFile
from vanlang.identity.api import SignInRequiredError
from vanlang.intake import api as intake
from vanlang.intake.api import Contact, DraftStep, OtherApplicant, ReturnWay
from vanlang.intake.models import Draft, DraftPaper
from vanlang.kernel.scope import Scope, acting

CODE = "1.001193"


@pytest.fixture
def world(db: None, at: dt.datetime) -> World:
    return make_world(at)


def photo() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), (250, 250, 240)).save(buffer, "PNG")
    return buffer.getvalue()


def complete(world: World) -> uuid.UUID:
    """Return a draft of Bà Lan's that lacks nothing."""
    draft_id = intake.start_draft(procedure_code=CODE, actor=world.lan, at=world.at)
    place(world, draft_id)
    attach(world, draft_id)
    return draft_id


def place(world: World, draft_id: uuid.UUID, **changes: object) -> None:
    chosen: dict[str, object] = {
        "case_id": world.case_id,
        "intake_agency_id": world.viet_tri.id,
        "return_way": ReturnWay.INTAKE,
        "contact": Contact("0912345678"),
        "other_applicant": None,
    }
    intake.choose_place(draft_id=draft_id, actor=world.lan, at=world.at, **{**chosen, **changes})  # type: ignore[arg-type] # values by name


def attach(world: World, draft_id: uuid.UUID, document_id: int | None = None) -> uuid.UUID:
    return intake.attach(
        draft_id=draft_id, required_document_id=document_id or world.document_id, content=photo(),
        name="chung-sinh.png", actor=world.lan, at=world.at,
    )  # fmt: skip


def test_an_untouched_draft_is_used_again(world: World) -> None:
    first = intake.start_draft(procedure_code=CODE, actor=world.lan, at=world.at)
    assert intake.start_draft(procedure_code=CODE, actor=world.lan, at=world.at) == first
    intake.reach_step(draft_id=first, step=DraftStep.FORM, actor=world.lan, at=world.at)
    assert intake.start_draft(procedure_code=CODE, actor=world.lan, at=world.at) != first


def test_officers_and_visitors_write_no_drafts(world: World) -> None:
    with pytest.raises(SignInRequiredError):
        intake.start_draft(procedure_code=CODE, actor=world.hung, at=world.at)


def test_only_its_writer_finds_a_draft(world: World) -> None:
    draft_id = complete(world)
    son, _ = make_citizen("Trần Văn Sơn", "025085000456", "0987654321", world.at)
    for actor in (son, world.hung):
        with pytest.raises(intake.DraftNotFoundError):
            intake.get_draft(draft_id, actor=actor, on=world.at.date())
        with pytest.raises(intake.DraftNotFoundError):
            intake.submit(draft_id=draft_id, actor=actor, at=world.at)
        assert intake.list_drafts(actor) == []


def test_the_database_shows_a_draft_to_its_writer_only(world: World) -> None:
    complete(world)
    assert world.lan.person_id is not None
    son, _ = make_citizen("Trần Văn Sơn", "025085000456", "0987654321", world.at)
    assert son.person_id is not None
    seen = {}
    for name, scope in {
        "writer": Scope.citizen(world.lan.person_id),
        "other": Scope.citizen(son.person_id),
        "officer": Scope.officer(world.viet_tri.id),
        "nobody": Scope.nobody(),
    }.items():
        with acting(scope):
            seen[name] = (Draft.objects.count(), DraftPaper.objects.count())
    assert seen == {"writer": (1, 1), "other": (0, 0), "officer": (0, 0), "nobody": (0, 0)}


def test_a_citizen_files_in_their_own_scope(world: World) -> None:
    draft_id = complete(world)
    assert world.lan.person_id is not None
    with acting(Scope.citizen(world.lan.person_id)):
        submitted = intake.submit(draft_id=draft_id, actor=world.lan, at=world.at)
    dossier = Dossier.objects.get()
    assert (submitted.dossier_id, submitted.again) == (dossier.pk, False)
    assert dossier.applicant_id == world.lan.person_id
    assert dossier.operator_id == dossier.applicant_id
    assert dossier.intake_agency_id == dossier.competent_agency_id == world.viet_tri.id


def test_submitted_again_the_same_dossier_is_named(world: World) -> None:
    draft_id = complete(world)
    first = intake.submit(draft_id=draft_id, actor=world.lan, at=world.at)
    again = intake.submit(draft_id=draft_id, actor=world.lan, at=world.at)
    assert (again.dossier_id, again.again) == (first.dossier_id, True)
    assert Dossier.objects.count() == 1


def test_a_submitted_draft_is_closed_to_every_command(world: World) -> None:
    draft_id = complete(world)
    intake.submit(draft_id=draft_id, actor=world.lan, at=world.at)
    with pytest.raises(intake.DraftClosedError):
        attach(world, draft_id)
    with pytest.raises(intake.DraftClosedError):
        intake.save_answers(draft_id=draft_id, answers={}, request="", actor=world.lan, at=world.at)
    with pytest.raises(intake.DraftClosedError):
        intake.discard(draft_id=draft_id, actor=world.lan, at=world.at)
    assert intake.list_drafts(world.lan) == []


def test_what_is_missing_is_an_error_with_all_of_it(world: World) -> None:
    draft_id = intake.start_draft(procedure_code=CODE, actor=world.lan, at=world.at)
    with pytest.raises(intake.IncompleteError) as refused:
        intake.submit(draft_id=draft_id, actor=world.lan, at=world.at)
    assert [one.code for one in refused.value.missing] == ["intake.place_missing", "intake.paper_missing"]
    assert refused.value.missing == intake.check_draft(draft_id, actor=world.lan, on=world.at.date())
    assert not Dossier.objects.exists()


def test_whose_hand_filed_is_in_the_log_and_not_in_the_draft(world: World) -> None:
    draft_id = complete(world)
    place(world, draft_id, other_applicant=OtherApplicant("Nguyễn Văn Bình", mandate="Giấy ủy quyền"))
    intake.submit(draft_id=draft_id, actor=world.lan, at=world.at)
    [line] = [
        one for one in list_records(object_type="draft", object_id=draft_id) if one.act == "intake.submit"
    ]
    assert line.facts["operation"] == "on_behalf"
    assert Dossier.objects.get().operator_id == world.lan.person_id


def test_a_case_of_another_procedure_is_refused(world: World) -> None:
    draft_id = intake.start_draft(procedure_code=CODE, actor=world.lan, at=world.at)
    with pytest.raises(intake.UnsuitableError):
        place(world, draft_id, case_id=10**9)


def test_what_is_not_chosen_yet_stays_open(world: World) -> None:
    draft_id = intake.start_draft(procedure_code=CODE, actor=world.lan, at=world.at)
    place(world, draft_id, intake_agency_id=None)
    draft = intake.get_draft(draft_id, actor=world.lan, on=world.at.date())
    assert (draft.intake_agency_id, draft.contact.phone) == (None, "0912345678")


def test_a_file_goes_to_a_paper_of_the_case_only(world: World) -> None:
    draft_id = intake.start_draft(procedure_code=CODE, actor=world.lan, at=world.at)
    with pytest.raises(intake.UnsuitableError):
        attach(world, draft_id, document_id=10**9)
    assert not StoredFile.objects.exists()


def test_ten_files_for_a_paper_are_enough(world: World) -> None:
    draft_id = intake.start_draft(procedure_code=CODE, actor=world.lan, at=world.at)
    for _ in range(10):
        attach(world, draft_id)
    with pytest.raises(intake.UnsuitableError) as refused:
        attach(world, draft_id)
    assert refused.value.facts == {"most": 10}


def test_what_is_taken_out_is_not_kept(world: World) -> None:
    draft_id = intake.start_draft(procedure_code=CODE, actor=world.lan, at=world.at)
    paper_id = attach(world, draft_id)
    intake.detach(draft_id=draft_id, paper_id=paper_id, actor=world.lan, at=world.at)
    assert not DraftPaper.objects.exists()
    assert not StoredFile.objects.exists()
    with pytest.raises(intake.DraftNotFoundError):
        intake.detach(draft_id=draft_id, paper_id=paper_id, actor=world.lan, at=world.at)


def test_filing_switched_off(world: World, settings) -> None:  # type: ignore[no-untyped-def]
    draft_id = complete(world)
    settings.VANLANG_PORTAL_FILING = False
    with pytest.raises(intake.FilingClosedError):
        intake.submit(draft_id=draft_id, actor=world.lan, at=world.at)
    with pytest.raises(intake.FilingClosedError):
        intake.start_draft(procedure_code=CODE, actor=world.lan, at=world.at)


@pytest.fixture
def committed_world(transactional_db: None, at: dt.datetime) -> Iterator[World]:
    return make_world(at)


def test_two_presses_at_once_file_one_dossier(committed_world: World) -> None:
    world = committed_world
    draft_id = complete(world)
    found: list[uuid.UUID] = []
    start = threading.Barrier(2)

    def press() -> None:
        start.wait()
        with acting(Scope.system()):
            found.append(intake.submit(draft_id=draft_id, actor=world.lan, at=world.at).dossier_id)
        connection.close()

    presses = [threading.Thread(target=press) for _ in range(2)]
    for one in presses:
        one.start()
    for one in presses:
        one.join(timeout=30)
    assert len(found) == 2
    assert len(set(found)) == 1
    assert Dossier.objects.count() == 1
