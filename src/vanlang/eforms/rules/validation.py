"""
Checking answers: read what was typed, leave out what was not asked for, then ask the schema.

A field whose condition does not hold is not asked for: its answer is dropped and not missed. The first problem of
a field is the one told. Rules that name two fields (`dependentRequired`, `if`/`then`) are the schema's own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from vanlang.eforms.rules.conversions import READERS
from vanlang.eforms.types import (
    COMMUNES,
    CodeLists,
    Condition,
    FieldDefinition,
    Findings,
    FormDefinition,
    JsonValue,
    Problem,
)


def check(
    definition: FormDefinition,
    raw: Mapping[str, Any],
    *,
    code_lists: CodeLists,
    today: dt.date | None = None,
) -> Findings:
    """
    Return what `raw` answers and what is wrong with it.

    Shapes: `raw` is a form's data: texts by name, or a mapping with `getlist` as Django's. `today` bounds days that the
    form limits by "today"; without it they are not bounded.
    """
    values: dict[str, JsonValue] = {}
    problems: dict[str, Problem] = {}
    typed: dict[str, str | tuple[str, ...]] = {}
    for field in definition.fields:
        texts = texts_of(raw, field.name)
        typed[field.name] = tuple(texts) if field.widget == "choices" else (texts[0] if texts else "")
        if not is_asked(field.show_if, values):
            continue
        read = _read(field, texts)
        if isinstance(read, Problem):
            problems[field.name] = read
        elif read is not None:
            values[field.name] = read
            wrong = _check_value(field, read, values, code_lists, today)
            if wrong:
                problems[field.name] = wrong
    for name, problem in _ask_schema(definition, values):
        problems.setdefault(name, problem)
    order = {field.name: place for place, field in enumerate(definition.fields)}
    told = dict(sorted(problems.items(), key=lambda one: order.get(one[0], -1)))
    return Findings(values=values, problems=told, typed=typed)


def is_asked(condition: Condition | None, values: Mapping[str, JsonValue]) -> bool:
    """Return whether a field with this condition is asked for, given the answers to the fields before it."""
    if condition is None:
        return True
    answer = values.get(condition.field)
    if isinstance(answer, list):
        return any(value in answer for value in condition.values)
    # Python takes True for 1; a form does not.
    return any(type(answer) is type(value) and answer == value for value in condition.values)


def texts_of(raw: Mapping[str, Any], name: str) -> list[str]:
    """Return every text given for `name`, without empty ones."""
    getlist: Callable[[str], Sequence[Any]] | None = getattr(raw, "getlist", None)
    given: Any = getlist(name) if getlist else raw.get(name)
    several = given if isinstance(given, (list, tuple)) else [given]
    return [str(one) for one in several if one is not None and one is not False and str(one).strip()]


def _read(field: FieldDefinition, texts: list[str]) -> JsonValue | Problem | None:
    """Return the answer, its problem, or None when there is none."""
    if field.widget == "checkbox":
        return bool(texts)
    if field.widget == "choices":
        return list(dict.fromkeys(text.strip() for text in texts)) or None
    if not texts:
        return None
    return READERS[field.widget](texts[0], field)


def _check_value(
    field: FieldDefinition,
    value: JsonValue,
    values: Mapping[str, JsonValue],
    code_lists: CodeLists,
    today: dt.date | None,
) -> Problem | None:
    """Return what the schema cannot know: limits by today, code lists, one field against another."""
    if field.widget == "commune" and value not in code_lists.get(COMMUNES, {}):
        return Problem("eforms.choice_unknown")
    if field.widget == "checkbox" and field.required and value is not True:
        return Problem("eforms.consent_missing")
    if field.widget == "date":
        return _check_day(field, str(value), today)
    if field.widget == "personal_id" and field.born_on in values:
        return _check_birth(str(value), str(values[field.born_on]))
    return None


def _check_day(field: FieldDefinition, day: str, today: dt.date | None) -> Problem | None:
    """ISO days compare as texts do."""
    limits = {"today": today.isoformat() if today else ""}
    earliest, latest = limits.get(field.earliest, field.earliest), limits.get(field.latest, field.latest)
    if earliest and day < earliest:
        return Problem("eforms.day_too_early", {"limit": dt.date.fromisoformat(earliest)})
    if latest and day > latest:
        code = "eforms.day_in_future" if field.latest == "today" else "eforms.day_too_late"
        return Problem(code, {"limit": dt.date.fromisoformat(latest)})
    return None


def _check_birth(digits: str, born_on: str) -> Problem | None:
    """Century and year of a personal id are those of the birth: 0 and 1 for 19xx, 2 and 3 for 20xx, and so on."""
    year = int(born_on[:4])
    fits = int(digits[3]) // 2 == year // 100 - 19 and int(digits[4:6]) == year % 100
    return None if fits else Problem("eforms.personal_id_other_birth", {"year": born_on[:4]})


# --- the schema's own part ----------------------------------------------------------------------

_MISSING = {"choice": "eforms.choice_missing", "choices": "eforms.choice_missing", "commune": "eforms.choice_missing",
            "date": "eforms.day_missing", "checkbox": "eforms.consent_missing"}  # fmt: skip

_PROBLEM_OF_KEYWORD: Mapping[str, str] = {
    "minLength": "eforms.text_too_short",
    "maxLength": "eforms.text_too_long",
    "pattern": "eforms.text_in_wrong_shape",
    "minimum": "eforms.number_too_small",
    "maximum": "eforms.number_too_large",
    "exclusiveMinimum": "eforms.number_not_above",
    "exclusiveMaximum": "eforms.number_not_below",
    "multipleOf": "eforms.number_not_multiple",
    "minItems": "eforms.too_few_chosen",
    "maxItems": "eforms.too_many_chosen",
    "enum": "eforms.choice_unknown",
    "oneOf": "eforms.choice_unknown",
    "const": "eforms.choice_unknown",
}
"""What a broken keyword of JSON Schema is called; any other is `eforms.rule_broken`."""


def _ask_schema(definition: FormDefinition, values: Mapping[str, JsonValue]) -> Iterator[tuple[str, Problem]]:
    """Yield what the schema finds wrong, field by field; nothing about fields that are not asked for."""
    fields = {field.name: field for field in definition.fields}
    for error in Draft202012Validator(definition.schema).iter_errors(values):
        missing = _missing_in(error)
        for name in missing:
            if name in fields and is_asked(fields[name].show_if, values):
                yield name, Problem(_MISSING.get(fields[name].widget, "eforms.answer_missing"))
        if not missing:
            name = str(error.absolute_path[0]) if error.absolute_path else ""
            yield name, Problem(_broken(error, fields.get(name)), {"limit": error.validator_value})


def _broken(error: ValidationError, field: FieldDefinition | None) -> str:
    """Return what the broken keyword is called; all that a schema can ask of a box is that it be ticked."""
    if field is None:
        return "eforms.rule_broken"
    if field.widget == "checkbox":
        return "eforms.consent_missing"
    return _PROBLEM_OF_KEYWORD.get(str(error.validator), "eforms.rule_broken")


def _missing_in(error: ValidationError) -> list[str]:
    """Return the names of fields that `error` misses."""
    given: Mapping[str, Any] = error.instance if isinstance(error.instance, Mapping) else {}
    told: Any = error.validator_value
    if error.validator == "required":
        return [name for name in told if name not in given]
    if error.validator == "dependentRequired":
        return [
            name for cause, names in told.items() if cause in given for name in names if name not in given
        ]
    return []
