"""
Reading a form definition: JSON Schema 2020-12 for what answers must satisfy, a UI schema for how they are asked.

A definition that has a problem is not loaded; all problems are told at once, each naming where it is.

Shape: {"code", "title", "version", "schema": {"type": "object", "properties", "required", …},
        "ui": {"order": […], "groups": {key: {"title", "hint"}}, "<field>": {"widget", "label", "hint", "width",
        "group", "options", "show_if": {"field", "equals" | "in"}, "rows", "autocomplete", "earliest", "latest", "born_on"}}}
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from jsonschema import Draft202012Validator, SchemaError

from vanlang.eforms.types import Condition, FieldDefinition, FormDefinition, Group, Option, Widget, Width

WIDGETS: tuple[str, ...] = get_args(Widget)
WIDTHS: tuple[str, ...] = get_args(Width)

TYPES_OF_WIDGET: Mapping[str, frozenset[str]] = {
    "text": frozenset({"string"}),
    "textarea": frozenset({"string"}),
    "date": frozenset({"string"}),
    "number": frozenset({"integer", "number"}),
    "choice": frozenset({"string"}),
    "choices": frozenset({"array"}),
    "checkbox": frozenset({"boolean"}),
    "personal_id": frozenset({"string"}),
    "commune": frozenset({"string"}),
    "phone": frozenset({"string"}),
    "email": frozenset({"string"}),
}
WIDTH_OF_WIDGET: Mapping[str, Width] = {
    "date": "date", "number": "short", "personal_id": "code", "phone": "code",
}  # fmt: skip
UI_KEYS = frozenset(
    {"widget", "label", "hint", "width", "group", "options", "show_if", "rows", "autocomplete", "earliest", "latest", "born_on"}
)  # fmt: skip
RESERVED = frozenset({"order", "groups"})

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def parse_definition(document: Mapping[str, Any]) -> FormDefinition | list[str]:
    """Return the form that `document` defines, or every problem it has (for its author, in English)."""
    problems = list(_problems_of_head(document))
    if problems:
        return problems
    schema, ui = document["schema"], document["ui"]
    properties: Mapping[str, Any] = schema["properties"]
    order = ui.get("order", [])
    problems = [*_problems_of_order(order, properties, ui)]
    for name in properties:
        problems += _problems_of_field(name, properties, ui.get(name, {}), order)
    if problems:
        return problems
    required = frozenset(schema.get("required", ()))
    fields = tuple(_field(name, properties[name], ui.get(name, {}), required) for name in order)
    return FormDefinition(
        code=document["code"],
        title=document["title"],
        version=document["version"],
        fields=fields,
        groups=tuple(_groups(fields, ui.get("groups", {}))),
        schema=schema,
    )


def _problems_of_head(document: Mapping[str, Any]) -> Iterator[str]:
    if not isinstance(document.get("code"), str) or not _CODE.fullmatch(document["code"]):
        yield "code: lower-case words joined by hyphens"
    if not isinstance(document.get("title"), str) or not document["title"].strip():
        yield "title: is missing"
    version = document.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        yield "version: a whole number from 1"
    if not isinstance(document.get("ui"), Mapping):
        yield "ui: is missing"
    schema = document.get("schema")
    if not isinstance(schema, Mapping) or schema.get("type") != "object" or not schema.get("properties"):
        yield "schema: an object with properties"
        return
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        yield f"schema: {error.message}"
    unknown = set(schema.get("required", ())) - set(schema["properties"])
    if unknown:
        yield f"schema: required fields that are no properties: {', '.join(sorted(unknown))}"


def _problems_of_order(order: Any, properties: Mapping[str, Any], ui: Mapping[str, Any]) -> Iterator[str]:
    if sorted(order) != sorted(properties):
        yield "ui.order: name every property once"
    for name in sorted(set(ui) - set(properties) - RESERVED):
        yield f"ui.{name}: is no property of the schema"
    for key, group in ui.get("groups", {}).items():
        if not isinstance(group, Mapping) or not group.get("title"):
            yield f"ui.groups.{key}: title is missing"


def _problems_of_field(
    name: str, properties: Mapping[str, Any], ui: Mapping[str, Any], order: list[str]
) -> Iterator[str]:
    where, schema = f"ui.{name}", properties[name]
    if not _NAME.fullmatch(name) or name in RESERVED:
        yield f"{where}: lower-case words joined by underscores"
    for key in sorted(set(ui) - UI_KEYS):
        yield f"{where}.{key}: unknown"
    widget = ui.get("widget") or _widget_of(schema)
    if widget not in WIDGETS:
        yield f"{where}.widget: one of {', '.join(WIDGETS)}"
        return
    if schema.get("type") not in TYPES_OF_WIDGET[widget]:
        yield f"{where}.widget: {widget} needs type {' or '.join(sorted(TYPES_OF_WIDGET[widget]))}"
    if not str(ui.get("label", "")).strip():
        yield f"{where}.label: is missing"
    if ui.get("width", "full") not in WIDTHS:
        yield f"{where}.width: one of {', '.join(WIDTHS)}"
    if widget in ("choice", "choices") and not _options(schema, ui):
        yield f"{where}: a choice needs enum or oneOf in the schema"
    yield from _problems_of_days(where, ui)
    yield from _problems_of_references(where, name, properties, ui, order)


def _problems_of_days(where: str, ui: Mapping[str, Any]) -> Iterator[str]:
    for key in ("earliest", "latest"):
        text = str(ui.get(key, ""))
        if text and text != "today":
            try:
                dt.date.fromisoformat(text)
            except ValueError:
                yield f'{where}.{key}: an ISO day or "today"'


def _problems_of_references(
    where: str, name: str, properties: Mapping[str, Any], ui: Mapping[str, Any], order: list[str]
) -> Iterator[str]:
    born_on = ui.get("born_on", "")
    if born_on and born_on not in properties:
        yield f"{where}.born_on: {born_on} is no property of the schema"
    condition = ui.get("show_if")
    if condition is None:
        return
    if not isinstance(condition, Mapping) or ("equals" in condition) == ("in" in condition):
        yield f"{where}.show_if: a field and either equals or in"
        return
    other = condition.get("field")
    if other not in properties:
        yield f"{where}.show_if: {other} is no property of the schema"
    elif name in order and other in order and order.index(other) >= order.index(name):
        yield f"{where}.show_if: {other} must be asked before {name}"


def _widget_of(schema: Mapping[str, Any]) -> str:
    """Return the widget that a bare schema suggests."""
    if schema.get("enum") or schema.get("oneOf"):
        return "choice"
    by_format = {"date": "date", "email": "email"}.get(schema.get("format", ""))
    by_type = {
        "string": "text",
        "integer": "number",
        "number": "number",
        "boolean": "checkbox",
        "array": "choices",
    }
    return by_format or by_type.get(str(schema.get("type")), "")


def _options(schema: Mapping[str, Any], ui: Mapping[str, Any]) -> tuple[Option, ...]:
    """Return what may be chosen: `oneOf` of const and title, or `enum` with texts in `ui.options`."""
    source = schema.get("items", {}) if schema.get("type") == "array" else schema
    if source.get("oneOf"):
        return tuple(
            Option(
                str(one.get("const", "")),
                str(one.get("title", one.get("const", ""))),
                str(one.get("description", "")),
            )
            for one in source["oneOf"]
        )
    texts: Mapping[str, str] = ui.get("options", {})
    return tuple(Option(str(value), str(texts.get(str(value), value))) for value in source.get("enum", ()))


def _field(
    name: str, schema: Mapping[str, Any], ui: Mapping[str, Any], required: frozenset[str]
) -> FieldDefinition:
    widget: Any = ui.get("widget") or _widget_of(schema)  # one of WIDGETS, as the problems were asked first
    condition = ui.get("show_if")
    return FieldDefinition(
        name=name,
        label=ui["label"],
        widget=widget,
        required=name in required,
        hint=ui.get("hint", ""),
        width=ui.get("width") or WIDTH_OF_WIDGET.get(widget, "full"),
        group=ui.get("group", ""),
        options=_options(schema, ui),
        show_if=_condition(condition) if condition else None,
        integer=schema.get("type") == "integer",
        max_length=schema.get("maxLength"),
        rows=ui.get("rows", 4),
        autocomplete=ui.get("autocomplete", ""),
        earliest=ui.get("earliest", ""),
        latest=ui.get("latest", ""),
        born_on=ui.get("born_on", ""),
    )


def _condition(condition: Mapping[str, Any]) -> Condition:
    values = condition["in"] if "in" in condition else [condition["equals"]]
    return Condition(condition["field"], tuple(values))


def _groups(fields: tuple[FieldDefinition, ...], told: Mapping[str, Any]) -> Iterator[Group]:
    """Yield the groups in the order in which their first field is asked; a key without a title is its own title."""
    for key in dict.fromkeys(field.group for field in fields):
        group = told.get(key, {})
        yield Group(key=key, title=group.get("title", key), hint=group.get("hint", ""))
