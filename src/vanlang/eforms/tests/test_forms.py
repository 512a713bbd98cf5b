"""From definitions and answers to markup and words."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import QueryDict
from django.template import Context, Template

from vanlang.eforms import api
from vanlang.eforms.errors import DefinitionBrokenError, DefinitionChangedError, UnknownFormError
from vanlang.eforms.models import FormDefinitionRow
from vanlang.eforms.queries import definition_of
from vanlang.eforms.tests.samples import FOLDER
from vanlang.organizations.api import load_agencies

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _loaded() -> None:
    api.load_definitions(FOLDER)


def render(source: str, **context: Any) -> str:
    return Template("{% load eforms %}" + source).render(Context(context))


def document(**changes: Any) -> dict[str, Any]:
    return {
        "code": "sample", "title": "Mẫu", "version": 1,
        "schema": {"type": "object", "properties": {"a": {"type": "string"}}},
        "ui": {"order": ["a"], "a": {"label": "A"}}, **changes,
    }  # fmt: skip


def store(folder: Path, **changes: Any) -> None:
    import json

    told = document(**changes)
    (folder / f"{told['code']}-{told['version']}.json").write_text(json.dumps(told, ensure_ascii=False))


def test_loading_again_changes_nothing() -> None:
    before = FormDefinitionRow.objects.count()
    assert before == len(list(FOLDER.glob("*.json")))
    assert api.load_definitions(FOLDER) == 0
    assert FormDefinitionRow.objects.count() == before


def test_a_loaded_version_is_never_changed(tmp_path: Path) -> None:
    store(tmp_path)
    assert api.load_definitions(tmp_path) == 1
    store(tmp_path, title="Mẫu khác")
    with pytest.raises(DefinitionChangedError):
        api.load_definitions(tmp_path)
    assert api.get_definition("sample").title == "Mẫu"


def test_the_newest_version_in_force_is_given(tmp_path: Path) -> None:
    store(tmp_path, valid_until="2026-07-01")
    store(tmp_path, version=2, valid_from="2026-07-01")
    api.load_definitions(tmp_path)
    assert api.get_definition("sample").version == 2
    assert api.get_definition("sample", on=dt.date(2026, 6, 30)).version == 1
    assert api.get_definition("sample", on=dt.date(2026, 7, 1)).version == 2
    assert api.get_definition("sample", version=1).version == 1
    assert "sample" in [one.code for one in api.list_definitions()]
    assert [one.version for one in api.list_definitions() if one.code == "sample"] == [2]


def test_a_form_that_is_not_there() -> None:
    assert api.find_definition("nothing") is None
    with pytest.raises(UnknownFormError):
        api.get_definition("nothing")
    with pytest.raises(DefinitionBrokenError):
        definition_of(document(version=0))


def test_the_order_of_questions_survives_the_database() -> None:
    """PostgreSQL keeps the keys of a JSON document by length; the form's own order must rule."""
    definition = api.get_definition("birth-registration")
    assert [field.name for field in definition.fields][:3] == [
        "applicant_full_name",
        "applicant_personal_id",
        "applicant_address",
    ]
    assert [group.key for group in definition.groups] == ["applicant", "child", "mother", "father", "wish"]


def test_errors_are_sentences_at_their_questions() -> None:
    definition = api.get_definition("general-request")
    answers = api.validate(definition, QueryDict("full_name=Lan&personal_id=12&born_on=31/02/1990"), on=TODAY)
    assert not answers.is_valid
    assert (
        answers.errors["born_on"] == "“Ngày sinh”: không có ngày 31/02/1990, hãy kiểm tra lại ngày và tháng."
    )
    assert answers.errors["phone"] == "Hãy điền “Số điện thoại”."
    html = render(
        "{% eform_errors errors=errors %}{% eform definition=definition values=typed errors=errors on=day %}",
        definition=definition, typed=answers.typed, errors=answers.errors, day=TODAY,
    )  # fmt: skip
    led_to = re.findall(r'href="#([^"]+)"', html)
    assert led_to == [f"id_{name}" for name in answers.errors]
    assert set(led_to) <= set(re.findall(r'\bid="([^"]+)"', html))
    assert 'value="31/02/1990"' in html
    assert "!!undefined" not in html


def test_stored_answers_are_shown_as_they_are_typed() -> None:
    definition = api.get_definition("general-request")
    html = render(
        "{% eform definition=definition values=values on=day %}",
        definition=definition, day=TODAY, values={"born_on": "1990-11-02", "on_behalf": True, "represented_reason": "mandate"},
    )  # fmt: skip
    assert 'value="02/11/1990"' in html
    assert re.search(r'value="mandate" checked', html)
    assert re.search(r'name="on_behalf" type="checkbox" value="1" checked', html)


def test_a_condition_is_said_in_words_and_for_the_browser() -> None:
    html = render(
        "{% eform definition=definition on=day %}",
        definition=api.get_definition("birth-registration"),
        day=TODAY,
    )
    assert "Chỉ điền khi “Phần khai về cha” là “Có khai phần về cha”." in html
    assert 'data-vl-show-if="father_known" data-vl-show-values="[&quot;yes&quot;]"' in html


def test_communes_are_those_of_the_day() -> None:
    load_agencies(Path(settings.VANLANG_REFERENCE) / "agencies" / "phu-tho.toml")
    definition = api.get_definition("birth-registration")
    html = render("{% eform definition=definition on=day %}", definition=definition, day=TODAY)
    assert "Phường Việt Trì</option>" in html
    code = re.search(r'value="([^"]+)">Phường Việt Trì<', html)
    assert code
    raw = {"child_birth_place_kind": "elsewhere", "child_birth_commune": code.group(1)}
    answers = api.validate(definition, raw, on=TODAY)
    assert "child_birth_commune" not in answers.errors
    assert ("Xã, phường nơi sinh, nếu trong tỉnh", "Phường Việt Trì") in api.answers_summary(
        definition, answers.values, on=TODAY
    )


def test_answers_are_read_in_words_group_by_group() -> None:
    definition = api.get_definition("birth-registration")
    values = {"child_sex": "female", "child_born_on": "2026-11-02", "copies": 2, "also": ["residence", "insurance"], "truthful": True, "father_full_name": "Phạm Văn Đức"}  # fmt: skip
    groups = dict(api.answers_by_group(definition, values, on=TODAY))
    assert ("Giới tính", "Nữ") in groups["Người được khai sinh"]
    assert ("Ngày sinh của người được khai sinh", "02/11/2026") in groups["Người được khai sinh"]
    assert ("Đề nghị làm cùng lúc", "Đăng ký thường trú cho trẻ; Cấp thẻ bảo hiểm y tế cho trẻ") in groups[
        "Đề nghị kèm theo"
    ]
    assert "Người cha" not in groups, "not asked for, so not shown"
    html = render(
        "{% eform_answers definition=definition values=values on=day %}",
        definition=definition,
        values=values,
        day=TODAY,
    )
    assert "Nữ" in html


def test_what_people_typed_is_escaped() -> None:
    nasty = "<script>alert(1)</script>"
    definition = api.get_definition("general-request")
    html = render(
        "{% eform definition=d values=v errors=e on=day %}{% eform_answers definition=d values=v on=day %}",
        d=definition, v={"full_name": nasty, "request": nasty}, e={"full_name": nasty}, day=TODAY,
    )  # fmt: skip
    assert "<script" not in html
