"""From a form's definition to fields that can be drawn."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vanlang.eforms.rules.reading import day_in_words, number_in_words
from vanlang.eforms.types import COMMUNES, CodeLists, Condition, FieldDefinition, FormDefinition, Group
from vanlang.ui.types import Choice, FieldError, FieldKind, FieldView, Width

Shown = str | int | float | bool | Sequence[str]

_KIND_OF_WIDGET: Mapping[str, FieldKind] = {
    "text": "text", "textarea": "textarea", "date": "date", "number": "number", "choice": "radios",
    "choices": "checkboxes", "checkbox": "checkbox", "personal_id": "text", "commune": "select",
    "phone": "tel", "email": "email",
}  # fmt: skip
_HINT_OF_WIDGET = {"date": "Ngày/tháng/năm, ví dụ 22/11/2026.", "personal_id": "12 chữ số trên thẻ căn cước."}
_AUTOCOMPLETE = {"phone": "tel", "email": "email"}
_SPANS = {"half", "third"}
"""Widths that an author gives to fields that stand beside each other."""
MANY = 7
"""From so many options on, one is chosen from a list instead of radio buttons."""


@dataclass(frozen=True, slots=True)
class Question:
    """A field as it is drawn, and when it is shown."""

    view: FieldView
    span: str
    """"half" or "third" when it stands beside others, else empty."""
    asked_if: str
    """Name of the field that decides, or empty."""
    asked_values: str
    """JSON list of the answers that show it, as the browser has them."""
    asked_words: str
    """The condition in words, for who has no JavaScript."""


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Questions under one legend; without a title they stand free."""

    group: Group
    questions: tuple[Question, ...]


def fields_for_render(
    definition: FormDefinition,
    values: Mapping[str, Shown],
    errors: Mapping[str, str],
    *,
    code_lists: CodeLists,
    prefix: str = "",
) -> tuple[QuestionGroup, ...]:
    """
    Return the questions of a form, group by group.

    Shapes: `values` are stored answers or texts as typed. `prefix` goes before each id when a page holds two forms.
    """
    questions: dict[str, list[Question]] = {group.key: [] for group in definition.groups}
    for field in definition.fields:
        view = _view(field, values.get(field.name), errors.get(field.name, ""), code_lists, prefix)
        questions[field.group].append(_question(field, view, definition))
    return tuple(QuestionGroup(group, tuple(questions[group.key])) for group in definition.groups)


def error_lines(errors: Mapping[str, str], *, prefix: str = "") -> tuple[FieldError, ...]:
    """Return the lines of an error summary."""
    return tuple(FieldError(f"{prefix}id_{name}" if name else "", text) for name, text in errors.items())


def _view(
    field: FieldDefinition, value: Shown | None, error: str, code_lists: CodeLists, prefix: str
) -> FieldView:
    kind = _KIND_OF_WIDGET[field.widget]
    if field.widget == "choice" and len(field.options) >= MANY:
        kind = "select"
    return FieldView(
        name=field.name,
        label=field.label,
        kind=kind,
        id=f"{prefix}id_{field.name}",
        value=_text_of(field, value),
        values=tuple(value) if isinstance(value, (list, tuple)) else (),
        choices=_choices(field, kind, code_lists),
        hint=field.hint or _HINT_OF_WIDGET.get(field.widget, ""),
        error=error,
        required=field.required,
        width=_width(field, kind),
        autocomplete=field.autocomplete or _AUTOCOMPLETE.get(field.widget, ""),
        inputmode="numeric" if field.widget == "personal_id" else "decimal" if _has_decimals(field) else "",
        rows=field.rows,
        max_length=field.max_length if field.widget == "textarea" else None,
    )


def _width(field: FieldDefinition, kind: FieldKind) -> Width:
    """Return how wide the control is in its place: all of a place beside others, half of a line of its own for a list."""
    if field.width in _SPANS:
        return "full"
    return "half" if field.width == "full" and kind in ("select", "email") else field.width


def _has_decimals(field: FieldDefinition) -> bool:
    return field.widget == "number" and not field.integer


def _text_of(field: FieldDefinition, value: Shown | None) -> str:
    if field.widget == "checkbox":
        return "1" if value else ""
    if isinstance(value, str):
        return day_in_words(value) if field.widget == "date" else value
    if isinstance(value, (int, float)):
        return number_in_words(value)
    return ""


def _choices(field: FieldDefinition, kind: FieldKind, code_lists: CodeLists) -> tuple[Choice, ...]:
    if field.widget == "commune":
        found = tuple(Choice(code, text) for code, text in code_lists.get(COMMUNES, {}).items())
    else:
        found = tuple(Choice(option.value, option.text, option.hint) for option in field.options)
    return (Choice("", "Chọn một mục"), *found) if kind == "select" else found


def _question(field: FieldDefinition, view: FieldView, definition: FormDefinition) -> Question:
    condition = field.show_if
    return Question(
        view=view,
        span=field.width if field.width in _SPANS else "",
        asked_if=condition.field if condition else "",
        asked_values=json.dumps([_as_sent(one) for one in condition.values], ensure_ascii=False)
        if condition
        else "",
        asked_words=_in_words(condition, definition) if condition else "",
    )


def _as_sent(value: object) -> str:
    """Return a stored answer as the browser has it: a ticked box sends 1, an empty one nothing."""
    return ("1" if value else "") if isinstance(value, bool) else str(value)


def _in_words(condition: Condition, definition: FormDefinition) -> str:
    other = definition.field(condition.field)
    texts = {option.value: option.text for option in other.options}
    if other.widget == "checkbox":
        return f"Chỉ điền khi {'có' if True in condition.values else 'không'} đánh dấu “{other.label}”."
    wanted = "” hoặc “".join(texts.get(str(value), str(value)) for value in condition.values)
    return f"Chỉ điền khi “{other.label}” là “{wanted}”."
