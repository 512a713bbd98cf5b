"""Answers as a person reads them: what was asked, what was answered, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from vanlang.eforms.rules.validation import is_asked
from vanlang.eforms.types import COMMUNES, CodeLists, FieldDefinition, FormDefinition, JsonValue


def summarise(
    definition: FormDefinition, values: Mapping[str, JsonValue], *, code_lists: CodeLists
) -> Iterator[tuple[FieldDefinition, str]]:
    """Yield each question that was answered, with its answer in words, in the order of the form."""
    for field in definition.fields:
        if field.name in values and is_asked(field.show_if, values):
            text = in_words(field, values[field.name], code_lists=code_lists)
            if text:
                yield field, text


def in_words(field: FieldDefinition, value: JsonValue, *, code_lists: CodeLists) -> str:
    """Return one answer as it is read: days as 22/11/2026, choices by their texts, yes and no."""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, list):
        return "; ".join(_text_of_choice(field, one, code_lists) for one in value)
    if isinstance(value, (int, float)):
        return number_in_words(value)
    if field.widget == "date":
        return day_in_words(value)
    return _text_of_choice(field, value, code_lists)


def day_in_words(iso: str) -> str:
    """Return 22/11/2026; a text that is no ISO day as it is."""
    try:
        return f"{dt.date.fromisoformat(iso):%d/%m/%Y}"
    except ValueError:
        return iso


def number_in_words(number: float) -> str:
    """Return 2.153 or 2.153,5: what `read_number` reads back."""
    text = f"{number:,}" if isinstance(number, int) else f"{number:,.10f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def _text_of_choice(field: FieldDefinition, value: str, code_lists: CodeLists) -> str:
    if field.widget == "commune":
        return code_lists.get(COMMUNES, {}).get(value, value)
    return next((option.text for option in field.options if option.value == value), value)
