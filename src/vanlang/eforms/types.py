from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any, Literal, TypeAlias

JsonValue: TypeAlias = str | int | float | bool | list[str]
"""What one answer is stored as. Days are ISO dates, phones and personal ids digits only, choices their codes."""

Widget = Literal[
    "text", "textarea", "date", "number", "choice", "choices", "checkbox",
    "personal_id", "commune", "phone", "email",
]  # fmt: skip
Width = Literal["full", "half", "third", "short", "date", "code"]

COMMUNES = "communes"
"""The code list that the widget `commune` chooses from: national agency code → "Phường Việt Trì"."""

CodeLists: TypeAlias = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that may be chosen."""

    value: str
    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """A field is asked for only when another one has one of these answers."""

    field: str
    values: tuple[JsonValue, ...]


@dataclass(frozen=True, slots=True)
class FieldDefinition:
    """One question of a form."""

    name: str
    label: str
    widget: Widget
    required: bool
    """Whether an answer is needed when the field is asked for."""
    hint: str = ""
    width: Width = "full"
    group: str = ""
    """Key of the group it stands in; empty for none."""
    options: tuple[Option, ...] = ()
    show_if: Condition | None = None
    integer: bool = False
    """Of widget number: no decimals."""
    max_length: int | None = None
    rows: int = 4
    autocomplete: str = ""
    earliest: str = ""
    """Of widget date: an ISO day, or "today"; empty for no limit."""
    latest: str = ""
    born_on: str = ""
    """Of widget personal_id: the date field that its century and year must agree with."""


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that belong together, under one legend."""

    key: str
    title: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class FormDefinition:
    """A form of one version: what is asked, in which order, and the schema that answers must satisfy."""

    code: str
    title: str
    version: int
    fields: tuple[FieldDefinition, ...]
    """In the order they are asked."""
    groups: tuple[Group, ...]
    schema: Mapping[str, Any] = dataclass_field(compare=False, hash=False, repr=False)
    """JSON Schema 2020-12 of the answers."""

    def field(self, name: str) -> FieldDefinition:
        """Return the question called `name`. Raises: KeyError."""
        for one in self.fields:
            if one.name == name:
                return one
        raise KeyError(name)

    @property
    def defaults(self) -> dict[str, str]:
        """What stands in the questions of a new form, as it would be typed. Only an offer: it can be changed."""
        asked: Mapping[str, Mapping[str, Any]] = self.schema["properties"]
        return {name: str(one["default"]) for name, one in asked.items() if "default" in one}

    @property
    def asks_for_communes(self) -> bool:
        return any(one.widget == "commune" for one in self.fields)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an answer cannot stand: a code and the facts its sentence names. The sentence is in labels.py."""

    code: str
    facts: Mapping[str, object] = dataclass_field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Findings:
    """What was read from what a person typed."""

    values: Mapping[str, JsonValue]
    """Answers that could be read, of fields that are asked for."""
    problems: Mapping[str, Problem]
    """By field, in the order of the form; "" for the form as a whole."""
    typed: Mapping[str, str | tuple[str, ...]]
    """As typed, to show again."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person answered. Valid when there are no errors."""

    values: Mapping[str, JsonValue]
    errors: Mapping[str, str]
    """Vietnamese sentences by field, each saying what to do; in the order of the form."""
    typed: Mapping[str, str | tuple[str, ...]]

    @property
    def is_valid(self) -> bool:
        return not self.errors
