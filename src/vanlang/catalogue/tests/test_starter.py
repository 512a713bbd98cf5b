"""The starter catalogue: complete enough to run, idempotent, never over a department's own edit."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator

from vanlang.catalogue import api
from vanlang.catalogue.rules.process import is_process
from vanlang.catalogue.services.starter import read_folder
from vanlang.catalogue.tests.factories import import_file, row, write_file
from vanlang.catalogue.types import Channel, Origin, StepRole
from vanlang.identity.api import SYSTEM
from vanlang.kernel import clock
from vanlang.kernel.reference import reference_parts

REFERENCE = Path(settings.VANLANG_REFERENCE)
STARTERS = read_folder(REFERENCE / "catalogue" / "starter")
FORMS = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (REFERENCE / "eforms").glob("*.json")
}
FREQUENT = {"1.001193", "2.000635", "2.000815", "2.000884"}


def test_at_least_thirty_can_run_from_the_first_day() -> None:
    complete = [starter for starter in STARTERS if not starter.questions]
    assert len(complete) >= 30
    assert {starter.code for starter in STARTERS if starter.is_frequent} == FREQUENT
    fields = {starter.content.field for starter in complete}
    assert fields >= {
        "Hộ tịch",
        "Chứng thực",
        "Đăng ký, quản lý cư trú",
        "Cấp, quản lý căn cước",
        "Trồng trọt",
        "Chăn nuôi",
    }


@pytest.mark.parametrize("starter", STARTERS, ids=[starter.code for starter in STARTERS])
def test_a_starter_has_process_outcome_form_and_sources(starter: object) -> None:
    content = starter.content  # type: ignore[attr-defined] # a StarterProcedure
    assert (
        is_process([step.role for step in content.process], [step.share for step in content.process]) is None
    )
    assert content.outcomes
    assert all(case.form_code in FORMS for case in content.cases)
    assert all(item.source for item in (*content.limits, *content.fees))
    assert all(fee.basis for fee in content.fees)
    assert {step.role for step in content.process} == set(StepRole)


def test_codes_occur_once() -> None:
    codes = [starter.code for starter in STARTERS]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("code", sorted(FORMS))
def test_a_form_is_a_schema_with_a_ui(code: str) -> None:
    form = FORMS[code]
    Draft202012Validator.check_schema(form["schema"])
    assert (form["code"], form["version"]) == (code, 1)
    assert form["ui"]["order"] == list(form["schema"]["properties"])
    assert all(form["ui"][name]["label"] for name in form["ui"]["order"])
    choices = {name: ui["options"] for name, ui in form["ui"].items() if name != "order" and "options" in ui}
    for name, options in choices.items():
        schema = form["schema"]["properties"][name]
        assert set(options) == set(schema.get("enum") or schema["items"]["enum"])


@pytest.mark.django_db
def test_loading_twice_changes_nothing(at: dt.datetime) -> None:
    first = api.load_starter(actor=SYSTEM, at=at)
    second = api.load_starter(actor=SYSTEM, at=at)
    assert (len(first.published), second.published, second.unchanged) == (len(STARTERS), (), len(STARTERS))
    report = api.readiness_report(at.date())
    assert (report.total, report.ready) == (len(STARTERS), sum(not starter.questions for starter in STARTERS))


@pytest.mark.django_db
def test_setting_up_an_installation_brings_the_starter_catalogue(at: dt.datetime) -> None:
    said: list[str] = []
    part = next(part for part in reference_parts() if part.name == "catalogue")
    with clock.frozen(at):
        part.load(REFERENCE, said.append)
    assert api.readiness_report(at.date()).total == len(STARTERS)
    assert str(len(STARTERS)) in said[0]


@pytest.mark.django_db
def test_a_charge_that_is_reduced_until_new_year_rises_by_itself(at: dt.datetime) -> None:
    api.load_starter(actor=SYSTEM, at=at)
    days = (dt.date(2026, 12, 31), dt.date(2027, 1, 1))
    amounts = []
    for on in days:
        version = api.get_version(api.get_procedure("1.014063", on).version_id)
        amounts.append([fee.money.amount_vnd for fee in version.fees_for(Channel.DIRECT)])
    assert amounts == [[25_000], [50_000]]


@pytest.mark.django_db
def test_an_imported_procedure_is_succeeded_by_the_starter(tmp_path: Path, at: dt.datetime) -> None:
    import_file(write_file(tmp_path, row("1.001193", name="Đăng ký khai sinh", channels=[])), at)
    assert not api.get_procedure("1.001193", at.date()).is_ready
    api.load_starter(actor=SYSTEM, at=at)
    version = api.get_version(api.get_procedure("1.001193", at.date()).version_id)
    assert (version.number, version.origin, version.is_ready) == (2, Origin.STARTER, True)


@pytest.mark.django_db
def test_a_procedure_that_a_department_edited_is_kept(at: dt.datetime) -> None:
    api.load_starter(actor=SYSTEM, at=at)
    steps = [api.StepContent("Thẩm định", StepRole.SPECIALIST, 1), api.StepContent("Ký", StepRole.LEADER, 1)]
    edited = api.change_process(
        procedure_code="1.001193", steps=steps, valid_from=at.date(), actor=SYSTEM, at=at
    )
    assert api.load_starter(actor=SYSTEM, at=at).kept == ("1.001193",)
    assert api.get_procedure("1.001193", at.date()).version_id == edited


@pytest.mark.django_db
def test_cases_have_limits_of_their_own(at: dt.datetime) -> None:
    api.load_starter(actor=SYSTEM, at=at)
    version = api.get_version(api.get_procedure("1.009794", at.date()).version_id)
    limits = [version.limit_for(Channel.DIRECT, case.id) for case in version.cases]
    assert [limit.limit.amount for limit in limits if limit] == [16, 12]
    assert version.limit_for(Channel.DIRECT) is None
    assert version.case(None) is None


@pytest.mark.django_db
def test_search_lists_and_cards_ask_little(at: dt.datetime) -> None:
    api.load_starter(actor=SYSTEM, at=at)
    on = at.date()
    assert [hit.procedure.code for hit in api.search("so do", on=on, limit=1)] == ["1.012753"]
    with CaptureQueriesContext(connection) as queries:
        hits = api.search("khai sinh", on=on)
        version = api.get_version(hits[0].procedure.version_id)
        again = api.get_version(version.id)
    assert again is version
    assert len(queries) == 1 + (1 + 8) + 1, "the edition; the stamp and the eight parts; the stamp"
    assert api.search("  ", on=on) == []
    assert {limit.channel for limit in version.limits} == set(Channel)
    communal = api.search("cấp giấy", on=on, level=api.Level.COMMUNE)
    assert all(api.Level.COMMUNE in hit.procedure.levels for hit in communal)
    frequent = api.list_procedures(on, only_frequent=True)
    assert {card.code for card in frequent} == FREQUENT
    assert frequent[0].code == "2.000815", "most asked for first"
    fields = api.list_fields(on)
    assert sum(field.procedures for field in fields) == len(STARTERS)
    assert len(api.list_procedures(on, field="Hộ tịch", only_ready=True)) < len(
        api.list_procedures(on, field="Hộ tịch")
    )


@pytest.mark.django_db
def test_search_sees_a_change_at_once(at: dt.datetime, tmp_path: Path) -> None:
    api.load_starter(actor=SYSTEM, at=at)
    assert api.search("xyzquả", on=at.date()) == []
    import_file(write_file(tmp_path, row(name="Thủ tục xyzquả")), at)
    assert [hit.procedure.code for hit in api.search("xyzqua", on=at.date())] == ["1.999001"]


@pytest.mark.django_db
def test_unknown_things_are_refused(at: dt.datetime) -> None:
    with pytest.raises(api.UnknownProcedureError):
        api.get_procedure("9.999999", at.date())
    with pytest.raises(api.UnknownProcedureError):
        api.get_version(1)
    with pytest.raises(api.UnknownToDoError):
        api.get_todo(1)
    assert api.find_procedure("9.999999", at.date()) is None
    assert api.get_procedures(["9.999999"], at.date()) == {}
    refusal = api.version_valid_on(1, at.date())
    assert refusal is not None
    assert refusal.code == "catalogue.unknown_procedure"
