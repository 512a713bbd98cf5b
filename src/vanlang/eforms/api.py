"""
Electronic forms: what a citizen is asked, checked and shown the same way on the portal, at the counter and in print.

A form is a document, not code: JSON Schema 2020-12 says what answers must satisfy, a UI schema says how they are
asked (docs/reference/eforms.md). Forms lie in `reference/eforms/`, are loaded by version and never changed, so a
dossier of last year is read with the form of last year.

    definition = eforms.get_definition("birth-registration", on=clock.today())
    answers = eforms.validate(definition, request.POST, on=clock.today())
    if answers.is_valid: …store answers.values (JSON) with definition.code and definition.version…
    else: render again with {% eform definition=definition values=answers.typed errors=answers.errors %}

Answers are values: this app stores none. Whoever stores them has recorded the read of whoever shows them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from vanlang.eforms import forms, labels
from vanlang.eforms.errors import DefinitionBrokenError, DefinitionChangedError, UnknownFormError
from vanlang.eforms.forms import Question, QuestionGroup, error_lines
from vanlang.eforms.queries import (
    code_lists_for,
    definition_of,
    find_definition,
    get_definition,
    list_definitions,
)
from vanlang.eforms.rules import reading, validation
from vanlang.eforms.rules.definitions import parse_definition
from vanlang.eforms.services import load_definitions
from vanlang.eforms.types import Answers, FieldDefinition, FormDefinition, Group, JsonValue, Option

__all__ = [
    "Answers",
    "DefinitionBrokenError",
    "DefinitionChangedError",
    "FieldDefinition",
    "FormDefinition",
    "Group",
    "JsonValue",
    "Option",
    "Question",
    "QuestionGroup",
    "UnknownFormError",
    "answers_by_group",
    "answers_summary",
    "definition_of",
    "error_lines",
    "fields_for_render",
    "find_definition",
    "get_definition",
    "list_definitions",
    "load_definitions",
    "parse_definition",
    "validate",
]


def validate(definition: FormDefinition, raw: Mapping[str, Any], *, on: dt.date) -> Answers:
    """
    Return what `raw` (a request's POST, or a mapping) answers, and a sentence for each answer that cannot stand.

    `on` is the day of answering: it bounds days that must not lie in the future, and chooses the list of communes.
    """
    lists = code_lists_for(definition, on)
    findings = validation.check(definition, raw, code_lists=lists, today=on)
    fields = {field.name: field for field in definition.fields}
    errors = {
        name: labels.sentence_of_problem(problem, fields.get(name))
        for name, problem in findings.problems.items()
    }
    return Answers(values=findings.values, errors=errors, typed=findings.typed)


def fields_for_render(
    definition: FormDefinition,
    values: Mapping[str, forms.Shown],
    errors: Mapping[str, str],
    *,
    on: dt.date,
    prefix: str = "",
) -> tuple[QuestionGroup, ...]:
    """Return the questions of a form, group by group, with answers (stored or as typed) and errors in them."""
    lists = code_lists_for(definition, on)
    return forms.fields_for_render(definition, values, errors, code_lists=lists, prefix=prefix)


def answers_summary(
    definition: FormDefinition, values: Mapping[str, JsonValue], *, on: dt.date
) -> list[tuple[str, str]]:
    """Return question and answer in words, in the order of the form; questions not asked or not answered are left out."""
    found = reading.summarise(definition, values, code_lists=code_lists_for(definition, on))
    return [(field.label, text) for field, text in found]


def answers_by_group(
    definition: FormDefinition, values: Mapping[str, JsonValue], *, on: dt.date
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the same under the titles of the form's groups."""
    rows: dict[str, list[tuple[str, str]]] = {group.key: [] for group in definition.groups}
    for field, text in reading.summarise(definition, values, code_lists=code_lists_for(definition, on)):
        rows[field.group].append((field.label, text))
    return [(group.title, rows[group.key]) for group in definition.groups if rows[group.key]]
