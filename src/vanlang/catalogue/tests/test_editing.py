"""Answers of departments, changes of process and fees, delegations: who may, and what becomes of running dossiers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from vanlang.catalogue import api
from vanlang.catalogue.models import Case, ProcedureVersion, TimeLimit
from vanlang.catalogue.queries.content import load_contents
from vanlang.catalogue.services.storing import lacks_of
from vanlang.catalogue.tests.factories import (
    channel,
    document,
    import_file,
    make_agency,
    make_editor,
    row,
    write_file,
)
from vanlang.catalogue.types import (
    Channel,
    FeeKind,
    Level,
    Money,
    Origin,
    PaperKind,
    Reason,
    StepRole,
    ToDoState,
)
from vanlang.identity.api import SYSTEM, Role
from vanlang.organizations.api import AgencyKind

pytestmark = pytest.mark.django_db
CODE = "1.999001"
STEPS = [api.StepContent("Thẩm định", StepRole.SPECIALIST, 3), api.StepContent("Ký", StepRole.LEADER, 1)]
FEE = api.FeeContent(
    Money(20_000, FeeKind.FEE, "hồ sơ"), "Nghị quyết thử", Origin.DEPARTMENT, basis="Nghị quyết thử"
)


@pytest.fixture
def ready(tmp_path: Path, at: dt.datetime) -> int:
    import_file(write_file(tmp_path, row()), at)
    return api.get_procedure(CODE, at.date()).version_id


@pytest.fixture
def unready(tmp_path: Path, at: dt.datetime) -> list[api.ToDoCard]:
    messy = row(
        channels=[channel("Trực tiếp", 3, None, "Miễn phí", "(Phí thẩm định)")],
        documents=[
            document("Tờ khai"),
            document("Trường hợp khác: giấy tờ khác"),
            document("Sổ", group="Nhóm 1"),
        ],
    )
    import_file(write_file(tmp_path, messy), at)
    return api.list_todos("H44.45")


def test_a_version_becomes_ready_when_the_last_question_is_answered(
    unready: list[api.ToDoCard], at: dt.datetime
) -> None:
    editor = make_editor("H44.45", at)
    answers: dict[Reason, dict[str, object]] = {
        Reason.LIMIT_UNIT_MISSING: {"amount": 0, "unit": "working_day"},
        Reason.FEE_PROSE: {"fees": [{"amount_vnd": 30_000, "kind": "fee", "basis": "Nghị quyết thử"}]},
        Reason.PAPER_OR_NOTE: {"kind": "paper", "originals": 0, "copies": 1},
        Reason.GROUP_UNCLEAR: {"reads_as": "section"},
    }
    version_id = unready[0].version_id
    for left, todo in reversed(list(enumerate(unready))):
        assert not api.get_version(version_id).is_ready
        api.confirm(todo_id=todo.id, value=answers[todo.reason], actor=editor, at=at)
        assert len(api.list_todos("H44.45")) == left
    version = api.get_version(version_id)
    assert (version.is_ready, version.lacks, version.revision) == (True, (), len(unready))
    limit = version.limit_for(Channel.DIRECT)
    assert limit is not None
    assert limit.limit.is_same_day
    assert limit.source == "Cơ quan chủ quản xác nhận ngày 23/11/2026"
    assert [paper.kind for paper in version.cases[0].documents] == [
        PaperKind.FORM,
        PaperKind.PAPER,
        PaperKind.PAPER,
    ]
    assert api.version_valid_on(version_id, at.date()) is None


def test_an_answer_keeps_the_rows_that_drafts_point_at(unready: list[api.ToDoCard], at: dt.datetime) -> None:
    before = api.get_version(unready[0].version_id).cases
    todo = next(todo for todo in unready if todo.reason is Reason.PAPER_OR_NOTE)
    api.confirm(todo_id=todo.id, value={"kind": "note"}, actor=SYSTEM, at=at)
    after = api.get_version(todo.version_id).cases
    assert [case.id for case in before] == [case.id for case in after]
    assert [paper.id for paper in before[0].documents] == [paper.id for paper in after[0].documents]
    assert after[0].documents[1].kind is PaperKind.NOTE


def test_a_heading_that_is_a_case_makes_one(unready: list[api.ToDoCard], at: dt.datetime) -> None:
    todo = next(todo for todo in unready if todo.reason is Reason.GROUP_UNCLEAR)
    api.confirm(todo_id=todo.id, value={"reads_as": "case"}, actor=SYSTEM, at=at)
    (case,) = api.get_version(todo.version_id).cases
    assert (case.title, case.documents[0].name) == ("Nhóm 1", "Sổ")


def test_a_question_is_answered_once(unready: list[api.ToDoCard], at: dt.datetime) -> None:
    todo = next(todo for todo in unready if todo.reason is Reason.GROUP_UNCLEAR)
    editor = make_editor("H44.45", at)
    api.reject(todo_id=todo.id, note="Không áp dụng", actor=editor, at=at)
    assert api.get_todo(todo.id).state is ToDoState.REJECTED
    with pytest.raises(api.CatalogueConflictError):
        api.confirm(todo_id=todo.id, value={"reads_as": "case"}, actor=editor, at=at)


def test_an_unreadable_answer_changes_nothing(unready: list[api.ToDoCard], at: dt.datetime) -> None:
    todo = next(todo for todo in unready if todo.reason is Reason.LIMIT_UNIT_MISSING)
    with pytest.raises(api.CatalogueInvalidError):
        api.confirm(todo_id=todo.id, value={"amount": "ba"}, actor=SYSTEM, at=at)
    assert api.get_todo(todo.id).state is ToDoState.OPEN


@pytest.mark.parametrize(("code", "role"), [("H44.44", Role.CATALOGUE_EDITOR), ("H44.45", Role.SPECIALIST)])
def test_strangers_may_not_answer(
    unready: list[api.ToDoCard], at: dt.datetime, code: str, role: Role
) -> None:
    with pytest.raises(api.CatalogueNotAllowedError):
        api.reject(todo_id=unready[0].id, note="-", actor=make_editor(code, at, role), at=at)


def test_the_provinces_office_may_answer_for_any_department(
    unready: list[api.ToDoCard], at: dt.datetime
) -> None:
    api.reject(todo_id=unready[0].id, note="Kênh này không có", actor=make_editor("H44.01", at), at=at)


def test_a_new_process_and_new_fees_make_new_versions(ready: int, at: dt.datetime) -> None:
    editor = make_editor("H44.45", at)
    march, may = dt.date(2027, 3, 1), dt.date(2027, 5, 1)
    second = api.change_process(procedure_code=CODE, steps=STEPS, valid_from=march, actor=editor, at=at)
    third = api.change_fee(procedure_code=CODE, fees=[FEE], valid_from=may, actor=editor, at=at)
    days = [(at.date(), ready), (march, second), (dt.date(2027, 4, 30), second), (may, third)]
    assert [api.get_procedure(CODE, on).version_id for on, _ in days] == [version for _, version in days]
    assert api.get_version(ready).process == ()
    assert [step.name for step in api.get_version(third).process_for()] == ["Thẩm định", "Ký"]
    assert [fee.money.amount_vnd for fee in api.get_version(second).fees_for(Channel.DIRECT)] == [0]
    assert [fee.money.amount_vnd for fee in api.get_version(third).fees_for(Channel.DIRECT)] == [20_000]
    refusal = api.version_valid_on(ready, march)
    assert refusal is not None
    assert (refusal.code, refusal.facts["valid_to"]) == ("catalogue.version_expired", march)
    refusal = api.version_valid_on(second, at.date())
    assert refusal is not None
    assert refusal.code == "catalogue.version_not_yet_valid"


def test_a_successor_may_not_begin_before_its_predecessor(ready: int, at: dt.datetime) -> None:
    with pytest.raises(api.CatalogueConflictError):
        api.change_fee(procedure_code=CODE, fees=[FEE], valid_from=dt.date(2020, 1, 1), actor=SYSTEM, at=at)


def test_changes_are_refused_when_they_make_no_sense(ready: int, at: dt.datetime) -> None:
    with pytest.raises(api.CatalogueInvalidError):
        api.change_process(procedure_code=CODE, steps=STEPS[:1], valid_from=at.date(), actor=SYSTEM, at=at)
    with pytest.raises(api.CatalogueInvalidError):
        api.change_fee(procedure_code=CODE, fees=[], valid_from=at.date(), actor=SYSTEM, at=at)
    with pytest.raises(api.UnknownProcedureError):
        api.change_fee(procedure_code="9.999999", fees=[FEE], valid_from=at.date(), actor=SYSTEM, at=at)
    with pytest.raises(api.CatalogueNotAllowedError):
        stranger = make_editor("H44.45", at, Role.LEADER)
        api.change_fee(procedure_code=CODE, fees=[FEE], valid_from=at.date(), actor=stranger, at=at)


def test_a_fee_must_be_known_for_every_case_and_channel(ready: int, at: dt.datetime) -> None:
    """What was only asked of the first case used to count for all: the payer of the second met an open question."""
    row_of = ProcedureVersion.objects.get(pk=ready)
    row_of.cases.update(title="Cấp mới")
    Case.objects.create(version=row_of, position=1, title="Cấp lại")
    first = replace(FEE, case=0)

    def change(*fees: api.FeeContent) -> int:
        return api.change_fee(procedure_code=CODE, fees=fees, valid_from=at.date(), actor=SYSTEM, at=at)

    with pytest.raises(api.CatalogueInvalidError) as caught:
        change(first)
    assert caught.value.code == "catalogue.fee_missing_for_case"
    assert caught.value.facts["case"] == "Cấp lại"
    with pytest.raises(api.CatalogueInvalidError) as caught:
        change(replace(FEE, channel=Channel.POSTAL), replace(first, case=1))
    assert caught.value.facts["case"] == "Cấp mới"
    assert ProcedureVersion.objects.filter(procedure__code=CODE).count() == 1, "nothing was written"
    both = change(first, replace(FEE, case=1, money=Money(0, FeeKind.FEE)))
    version = api.get_version(both)
    assert [bool(version.fees_for(Channel.DIRECT, case.id)) for case in version.cases] == [True, True]
    assert Reason.FEE_MISSING not in version.lacks


def test_a_version_with_a_case_without_fee_is_not_ready(ready: int) -> None:
    (content,) = load_contents([ready]).values()
    case = replace(content.cases[0], title="Cấp lại")
    alone = replace(content, cases=(*content.cases, case), fees=(replace(FEE, case=0),))
    assert lacks_of(alone, ()) == [Reason.FEE_MISSING]
    assert lacks_of(replace(alone, fees=(FEE,)), ()) == []
    assert lacks_of(replace(alone, fees=(replace(FEE, case=0), replace(FEE, case=1))), ()) == []


def test_an_edited_procedure_survives_the_next_import(ready: int, tmp_path: Path, at: dt.datetime) -> None:
    edited = api.change_fee(procedure_code=CODE, fees=[FEE], valid_from=at.date(), actor=SYSTEM, at=at)
    assert import_file(write_file(tmp_path, row()), at).changes == 0
    import_file(write_file(tmp_path, row(name="Tên khác")), at)
    assert api.get_procedure(CODE, at.date()).version_id == edited


def test_the_database_refuses_two_versions_in_force(ready: int) -> None:
    version = ProcedureVersion.objects.get(pk=ready)
    version.pk, version.number, version.state = None, 2, "published"
    with pytest.raises(IntegrityError), transaction.atomic():
        version.save()


def test_the_database_refuses_a_limit_that_cannot_be_counted(ready: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        TimeLimit.objects.create(
            version_id=ready, channel="postal", amount=Decimal(0), unit="day", origin="national", source="-"
        )


def test_who_is_competent(ready: int, at: dt.datetime) -> None:
    commune = make_agency("H44.100", AgencyKind.COMMUNE)
    department, centre = make_agency("H44.45"), make_agency("H44.01")
    assert api.competent_agency_for(ready, commune, at.date()) == commune
    assert api.competent_agency_for(ready, centre, at.date()) is None
    order = api.DelegationOrder(
        decision="1/QĐ-UBND",
        decided_on=dt.date(2026, 12, 1),
        procedure_codes=(CODE,),
        level=Level.PROVINCE,
        agency_id=department,
        valid_from=dt.date(2027, 1, 1),
        valid_to=dt.date(2028, 1, 1),
    )
    api.delegate(order=order, actor=SYSTEM, at=at)
    assert api.competent_agency_for(ready, commune, dt.date(2026, 12, 31)) == commune
    assert api.competent_agency_for(ready, commune, dt.date(2027, 1, 1)) == department
    assert api.competent_agency_for(ready, commune, dt.date(2028, 1, 1)) == commune


def test_content_goes_round_without_loss(ready: int) -> None:
    from vanlang.catalogue.queries.content import load_contents

    (content,) = load_contents([ready]).values()
    assert replace(content, origin=Origin.DEPARTMENT) != content
    assert content.cases[0].papers[0].form_files == ("Mau don.docx",)
