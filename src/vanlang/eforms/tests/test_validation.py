"""Checking answers: what is asked, what is missed, what cannot stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from vanlang.eforms.labels import PROBLEMS, sentence_of_problem
from vanlang.eforms.rules.definitions import parse_definition
from vanlang.eforms.rules.reading import summarise
from vanlang.eforms.rules.validation import check
from vanlang.eforms.tests.samples import sample
from vanlang.eforms.types import COMMUNES, Findings, FormDefinition

TODAY = dt.date(2026, 11, 23)
LISTS = {COMMUNES: {"H44.100": "Phường Việt Trì"}}


def form(properties: Mapping[str, Any], ui: Mapping[str, Any], **schema: Any) -> FormDefinition:
    definition = parse_definition(
        {
            "code": "sample",
            "title": "Mẫu",
            "version": 1,
            "schema": {"type": "object", "properties": properties, **schema},
            "ui": {
                "order": list(properties),
                **{name: {"label": name, **ui.get(name, {})} for name in properties},
            },
        }
    )
    assert isinstance(definition, FormDefinition), definition
    return definition


def checked(definition: FormDefinition, raw: Mapping[str, Any]) -> Findings:
    return check(definition, raw, code_lists=LISTS, today=TODAY)


def codes(definition: FormDefinition, raw: Mapping[str, Any]) -> dict[str, str]:
    return {name: problem.code for name, problem in checked(definition, raw).problems.items()}


LAN = {
    "full_name": "Nguyễn Thị Lan", "born_on": "02/11/1990", "personal_id": "025 190 001 234",
    "address": "Tổ 3, phường Việt Trì, tỉnh Phú Thọ", "phone": "+84 912 345 678",
    "request": "Đề nghị xác nhận nơi cư trú.", "truthful": "1",
}  # fmt: skip


def test_ba_lan_fills_in_a_request() -> None:
    findings = checked(sample("general-request"), LAN)
    assert findings.problems == {}
    assert findings.values == {
        "full_name": "Nguyễn Thị Lan", "born_on": "1990-11-02", "personal_id": "025190001234",
        "address": "Tổ 3, phường Việt Trì, tỉnh Phú Thọ", "phone": "0912345678", "on_behalf": False,
        "request": "Đề nghị xác nhận nơi cư trú.", "truthful": True,
    }  # fmt: skip


def test_an_empty_form_misses_what_is_asked_and_only_that() -> None:
    assert codes(sample("general-request"), {}) == {
        "full_name": "eforms.answer_missing",
        "personal_id": "eforms.answer_missing",
        "address": "eforms.answer_missing",
        "phone": "eforms.answer_missing",
        "request": "eforms.answer_missing",
        "truthful": "eforms.consent_missing",
    }


def test_who_acts_for_somebody_is_asked_for_whom() -> None:
    assert codes(sample("general-request"), {**LAN, "on_behalf": "1"}) == {
        "represented_name": "eforms.answer_missing",
        "represented_reason": "eforms.choice_missing",
    }


def test_an_answer_to_what_is_not_asked_is_dropped() -> None:
    findings = checked(sample("general-request"), {**LAN, "represented_name": "Phạm Thu Thảo"})
    assert "represented_name" not in findings.values
    assert findings.problems == {}


def test_a_chain_of_conditions_falls_together() -> None:
    text = {"type": "string"}
    definition = form(
        {"a": text, "b": text, "c": text},
        {"b": {"show_if": {"field": "a", "equals": "x"}}, "c": {"show_if": {"field": "b", "equals": "y"}}},
        required=["c"],
    )
    assert codes(definition, {"a": "x", "b": "y"}) == {"c": "eforms.answer_missing"}
    assert codes(definition, {"a": "không", "b": "y"}) == {}


def test_a_ticked_box_is_not_the_number_one() -> None:
    definition = form(
        {"n": {"type": "integer"}, "b": {"type": "string"}},
        {"b": {"show_if": {"field": "n", "equals": True}}},
        required=["b"],
    )
    assert codes(definition, {"n": "1"}) == {}


@pytest.mark.parametrize(
    ("schema", "ui", "text", "code"),
    [
        ({"type": "string", "minLength": 3}, {}, "ab", "eforms.text_too_short"),
        ({"type": "string", "maxLength": 3}, {}, "abcd", "eforms.text_too_long"),
        ({"type": "string", "pattern": "^[0-9]+$"}, {}, "a1", "eforms.text_in_wrong_shape"),
        ({"type": "integer", "minimum": 1}, {}, "0", "eforms.number_too_small"),
        ({"type": "integer", "maximum": 20}, {}, "21", "eforms.number_too_large"),
        ({"type": "number", "exclusiveMinimum": 0}, {}, "0", "eforms.number_not_above"),
        ({"type": "number", "exclusiveMaximum": 1}, {}, "1", "eforms.number_not_below"),
        ({"type": "integer", "multipleOf": 500}, {}, "1.250", "eforms.number_not_multiple"),
        ({"type": "string", "enum": ["a"]}, {}, "b", "eforms.choice_unknown"),
        ({"type": "string", "oneOf": [{"const": "a", "title": "A"}]}, {}, "b", "eforms.choice_unknown"),
        ({"type": "array", "minItems": 2, "items": {"type": "string", "enum": ["a", "b"]}}, {}, "a", "eforms.too_few_chosen"),
        ({"type": "array", "maxItems": 0, "items": {"type": "string", "enum": ["a", "b"]}}, {}, "a", "eforms.too_many_chosen"),
        ({"type": "array", "items": {"type": "string", "enum": ["a", "b"]}}, {}, "z", "eforms.choice_unknown"),
        ({"type": "string"}, {"widget": "commune"}, "H44.999", "eforms.choice_unknown"),
        ({"type": "string"}, {"widget": "date", "latest": "today"}, "24/11/2026", "eforms.day_in_future"),
        ({"type": "string"}, {"widget": "date", "latest": "2026-01-01"}, "02/01/2026", "eforms.day_too_late"),
        ({"type": "string"}, {"widget": "date", "earliest": "today"}, "22/11/2026", "eforms.day_too_early"),
        ({"type": "string"}, {"widget": "personal_id"}, "12", "eforms.personal_id_malformed"),
        ({"type": "boolean", "const": True}, {}, "", "eforms.consent_missing"),
        ({"type": "string", "not": {"const": "x"}}, {}, "x", "eforms.rule_broken"),
    ],
)  # fmt: skip
def test_each_rule_has_its_problem(schema: dict[str, Any], ui: dict[str, Any], text: str, code: str) -> None:
    definition = form({"a": schema}, {"a": ui})
    assert codes(definition, {"a": text}) == {"a": code}


@pytest.mark.parametrize("text", ["23/11/2026", "01/01/1900"])
def test_a_day_at_its_limit_stands(text: str) -> None:
    definition = form(
        {"a": {"type": "string"}}, {"a": {"widget": "date", "earliest": "1900-01-01", "latest": "today"}}
    )
    assert codes(definition, {"a": text}) == {}


@pytest.mark.parametrize(
    ("personal_id", "born_on", "code"),
    [
        ("025190001234", "02/11/1990", None),
        ("025090001234", "02/11/1990", None),
        ("025190001234", "02/11/1991", "eforms.personal_id_other_birth"),
        ("025390001234", "02/11/1990", "eforms.personal_id_other_birth"),
        ("025308001234", "02/11/2008", None),
        ("025190001234", "", None),
    ],
)
def test_a_personal_id_agrees_with_the_day_of_birth(personal_id: str, born_on: str, code: str | None) -> None:
    found = codes(sample("general-request"), {**LAN, "personal_id": personal_id, "born_on": born_on})
    assert found == ({"personal_id": code} if code else {})


def test_rules_over_two_fields_are_the_schemas_own() -> None:
    text = {"type": "string"}
    needs = form({"a": text, "b": text}, {}, dependentRequired={"a": ["b"]})
    assert codes(needs, {"a": "x"}) == {"b": "eforms.answer_missing"}
    then = form(
        {"a": text, "b": text}, {},
        **{"if": {"required": ["a"], "properties": {"a": {"const": "x"}}}, "then": {"required": ["b"]}},
    )  # fmt: skip
    assert codes(then, {"a": "x"}) == {"b": "eforms.answer_missing"}
    assert codes(then, {"a": "y"}) == {}
    either = form({"a": text, "b": text}, {}, anyOf=[{"required": ["a"]}, {"required": ["b"]}])
    assert codes(either, {}) == {"": "eforms.rule_broken"}


def test_several_answers_come_from_a_posted_form() -> None:
    definition = form({"a": {"type": "array", "items": {"type": "string", "enum": ["x", "y"]}}}, {})
    assert checked(definition, QueryDict("a=x&a=y&a=x&a=")).values == {"a": ["x", "y"]}
    assert checked(definition, {"a": ["x"]}).values == {"a": ["x"]}


def test_problems_are_told_in_the_order_of_the_form() -> None:
    definition = sample("birth-registration")
    order = [field.name for field in definition.fields]
    found = list(codes(definition, {"father_known": "yes", "mother_born_on": "x"}))
    assert found == sorted(found, key=order.index)
    assert {"father_full_name", "mother_born_on"} <= set(found)


RAW = st.dictionaries(
    st.sampled_from([field.name for field in sample("birth-registration").fields] + ["stranger"]),
    st.one_of(
        st.text(max_size=20),
        st.sampled_from(
            ["1", "yes", "no", "male", "hospital", "elsewhere", "H44.100", "02/11/2020", "025190001234", "3"]
        ),
        st.lists(st.sampled_from(["residence", "insurance", "x"]), max_size=3),
        st.none(),
    ),
)


@given(RAW)
def test_whatever_is_sent_each_question_is_answered_or_told_and_never_both_missing_and_given(
    raw: dict[str, Any],
) -> None:
    definition = sample("birth-registration")
    findings = checked(definition, raw)
    names = {field.name for field in definition.fields}
    assert set(findings.values) <= names
    assert set(findings.problems) <= names | {""}
    for name, problem in findings.problems.items():
        field = definition.field(name) if name else None
        sentence = sentence_of_problem(problem, field)
        assert sentence.endswith(".")
        assert "hãy" in sentence.lower()
        if problem.code in ("eforms.answer_missing", "eforms.choice_missing", "eforms.day_missing"):
            assert name not in findings.values
    for field, text in summarise(definition, findings.values, code_lists=LISTS):
        assert text
        assert field.name in findings.values


@given(RAW)
def test_answers_that_stand_stand_again_as_they_are_read(raw: dict[str, Any]) -> None:
    """What is stored, shown in words and typed again gives the same answers."""
    definition = sample("birth-registration")
    values = checked(definition, raw).values
    shown = {
        name: ("1" if value else "") if isinstance(value, bool) else value for name, value in values.items()
    }
    again = checked(definition, shown)
    assert {name: value for name, value in again.values.items() if name in values} == dict(values)


def test_every_problem_has_a_sentence_that_says_what_to_do() -> None:
    for code, sentence in PROBLEMS.items():
        assert "ãy " in sentence, code
        assert sentence.endswith("."), code
        assert "%(label)s" in sentence, code
