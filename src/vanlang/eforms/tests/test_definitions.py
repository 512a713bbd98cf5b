"""Reading definitions: the sound ones are read, the others told all their problems."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from vanlang.eforms.rules.definitions import parse_definition
from vanlang.eforms.types import Condition, FormDefinition, Option

FILES = sorted((Path(settings.VANLANG_REFERENCE) / "eforms").glob("*.json"))

SOUND: dict[str, Any] = {
    "code": "sample",
    "title": "Mẫu",
    "version": 1,
    "schema": {
        "type": "object",
        "required": ["name", "way"],
        "properties": {
            "name": {"type": "string", "maxLength": 50},
            "way": {"type": "string", "enum": ["post", "counter"]},
            "address": {"type": "string"},
            "papers": {
                "type": "array",
                "items": {"type": "string", "oneOf": [{"const": "a", "title": "Giấy A"}]},
            },
        },
    },
    "ui": {
        "order": ["name", "way", "address", "papers"],
        "groups": {"who": {"title": "Người nộp", "hint": "Như trên thẻ."}},
        "name": {"label": "Họ tên", "group": "who"},
        "way": {"label": "Cách nhận", "options": {"post": "Bưu chính"}},
        "address": {"label": "Địa chỉ", "show_if": {"field": "way", "in": ["post"]}},
        "papers": {"label": "Giấy tờ", "widget": "choices"},
    },
}


def changed(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    document = copy.deepcopy(SOUND)
    change(document)
    return document


def parsed(document: dict[str, Any]) -> FormDefinition:
    definition = parse_definition(document)
    assert isinstance(definition, FormDefinition), definition
    return definition


def test_a_sound_definition_is_read_in_order() -> None:
    definition = parsed(SOUND)
    assert [field.name for field in definition.fields] == ["name", "way", "address", "papers"]
    assert [(group.key, group.title) for group in definition.groups] == [("who", "Người nộp"), ("", "")]
    assert [field.widget for field in definition.fields] == ["text", "choice", "text", "choices"]
    assert definition.field("way").options == (Option("post", "Bưu chính"), Option("counter", "counter"))
    assert definition.field("papers").options == (Option("a", "Giấy A"),)
    assert definition.field("address").show_if == Condition("way", ("post",))
    assert [field.required for field in definition.fields] == [True, True, False, False]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda d: d.update(code="Sample Form"), "code:"),
        (lambda d: d.update(title=" "), "title:"),
        (lambda d: d.update(version=0), "version:"),
        (lambda d: d.update(version=True), "version:"),
        (lambda d: d.pop("ui"), "ui:"),
        (lambda d: d["schema"].update(type="array"), "schema:"),
        (lambda d: d["schema"]["properties"]["name"].update(maxLength="many"), "schema:"),
        (lambda d: d["schema"]["required"].append("nobody"), "schema: required fields"),
        (lambda d: d["ui"]["order"].remove("way"), "ui.order:"),
        (lambda d: d["ui"].pop("order"), "ui.order:"),
        (lambda d: d["ui"].update(nobody={}), "ui.nobody:"),
        (lambda d: d["ui"]["name"].pop("label"), "ui.name.label:"),
        (lambda d: d["ui"]["name"].update(colour="red"), "ui.name.colour:"),
        (lambda d: d["ui"]["name"].update(widget="slider"), "ui.name.widget:"),
        (lambda d: d["ui"]["name"].update(widget="number"), "ui.name.widget: number needs"),
        (lambda d: d["ui"]["name"].update(widget="choice"), "ui.name: a choice needs"),
        (lambda d: d["ui"]["name"].update(width="wide"), "ui.name.width:"),
        (lambda d: d["ui"]["name"].update(latest="tomorrow"), "ui.name.latest:"),
        (lambda d: d["ui"]["name"].update(born_on="nobody"), "ui.name.born_on:"),
        (lambda d: d["ui"]["address"].update(show_if={"field": "way"}), "ui.address.show_if:"),
        (
            lambda d: d["ui"]["address"].update(show_if={"field": "nobody", "equals": 1}),
            "ui.address.show_if:",
        ),
        (lambda d: d["ui"]["name"].update(show_if={"field": "way", "equals": "post"}), "ui.name.show_if:"),
        (lambda d: d["ui"]["groups"].update(who={}), "ui.groups.who:"),
    ],
)
def test_each_problem_is_told_where_it_is(change: Callable[[dict[str, Any]], object], told: str) -> None:
    problems = parse_definition(changed(change))
    assert isinstance(problems, list)
    assert any(problem.startswith(told) for problem in problems), problems


def test_all_problems_are_told_at_once() -> None:
    def spoil(document: dict[str, Any]) -> None:
        document["ui"]["name"].pop("label")
        document["ui"]["way"]["width"] = "wide"

    problems = parse_definition(changed(spoil))
    assert isinstance(problems, list)
    assert len(problems) == 2


def test_defaults_are_offered_as_they_would_be_typed() -> None:
    def offer(document: dict[str, Any]) -> None:
        document["schema"]["properties"]["name"]["default"] = "Lan"
        document["schema"]["properties"]["address"] = {"type": "integer", "default": 0}

    assert parsed(changed(offer)).defaults == {"name": "Lan", "address": "0"}
    assert parsed(SOUND).defaults == {}


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_every_form_of_the_house_is_sound(path: Path) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    assert parsed(document).code == path.stem
