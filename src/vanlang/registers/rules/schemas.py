"""
The schema of a register: JSON Schema 2020-12, held to the shape that a table, a search and an export can show.

An object of flat fields: texts, days (`format: date`), numbers, choices (`enum` with `x-words`) and flags. Whatever else JSON
Schema can say of such a field (length, pattern, range) holds too. Nested data would be a register of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import SchemaError

from vanlang.kernel.vietnamese import search_key
from vanlang.registers.types import Facts, FieldKind, SchemaField

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_KINDS = {
    "string": FieldKind.TEXT, "integer": FieldKind.NUMBER, "number": FieldKind.NUMBER, "boolean": FieldKind.FLAG,
}  # fmt: skip


def problems_of(schema: Mapping[str, Any], key_fields: tuple[str, ...]) -> tuple[str, ...]:
    """Return what keeps `schema` from being one of a register, for whoever writes it."""
    if schema.get("$schema") != DIALECT:
        return (f"$schema must be {DIALECT}",)
    try:
        Draft202012Validator.check_schema(dict(schema))
    except SchemaError as error:
        return (error.message,)
    if schema.get("type") != "object" or schema.get("additionalProperties") is not False:
        return ("an object without additional properties",)
    properties: Mapping[str, Mapping[str, Any]] = schema.get("properties", {})
    found = [f"{name}: no flat type" for name, one in properties.items() if one.get("type") not in _KINDS]
    found += [f"{name}: no title" for name, one in properties.items() if not one.get("title")]
    found += [
        f"{name}: required, not described" for name in schema.get("required", ()) if name not in properties
    ]
    found += [f"{name}: key, not described" for name in key_fields if name not in properties]
    return tuple(found)


def fields_of(schema: Mapping[str, Any]) -> tuple[SchemaField, ...]:
    """Return the fields of a register's schema, in its order."""
    required, properties = set(schema.get("required", ())), schema["properties"]
    return tuple(
        SchemaField(
            name,
            properties[name]["title"],
            _kind(properties[name]),
            name in required,
            properties[name].get("x-words", {}),
        )
        for name in schema.get("x-order", properties)
    )


def _kind(one: Mapping[str, Any]) -> FieldKind:
    if "enum" in one:
        return FieldKind.CHOICE
    if one.get("format") == "date":
        return FieldKind.DAY
    return _KINDS[one["type"]]


def check(
    schema: Mapping[str, Any], facts: Facts
) -> tuple[dict[str, object], tuple[str, ...], tuple[str, ...]]:
    """
    Return the facts that can stand, the required fields that are missing, and the fields whose value the schema does not take.

    What is empty counts as missing, not as wrong: a citizen who left a question out has not answered it falsely.
    """
    known = schema["properties"]
    given = {name: value for name, value in facts.items() if name in known and value not in (None, "", [])}
    validator = Draft202012Validator(dict(schema), format_checker=FormatChecker())
    wrong = sorted({str(error.path[0]) for error in validator.iter_errors(given) if error.path})
    standing = {name: given[name] for name in known if name in given and name not in wrong}
    missing = tuple(name for name in schema.get("required", ()) if name not in standing)
    return standing, missing, tuple(wrong)


def key_of(key_fields: tuple[str, ...], facts: Facts) -> str:
    """Return what two entries of the same matter would share; empty when a part of it is missing."""
    parts = [search_key(str(facts[name])) for name in key_fields if facts.get(name)]
    return "|".join(parts) if parts and len(parts) == len(key_fields) else ""


def in_words(field: SchemaField, value: object) -> str:
    """Return a fact as a person reads it."""
    match field.kind:
        case FieldKind.DAY:
            return "/".join(reversed(str(value).split("-")))
        case FieldKind.CHOICE:
            return field.words.get(str(value), str(value))
        case FieldKind.FLAG:
            return "Có" if value else "Không"
        case FieldKind.NUMBER:
            return f"{value:,}".replace(",", ".") if isinstance(value, int) else str(value).replace(".", ",")
        case FieldKind.TEXT:
            return str(value)


def rows_of(fields: tuple[SchemaField, ...], facts: Facts) -> tuple[tuple[str, str], ...]:
    """Return title and value in words, in the order of the schema; what is not there is left out."""
    return tuple((one.title, in_words(one, facts[one.name])) for one in fields if one.name in facts)
