"""Values that templates of the design system are given. No domain word occurs here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

Tone = Literal["neutral", "pending", "info", "progress", "success", "warning", "danger"]
"""What a colour and its icon mean: nothing special, not yet, told, moving, good, watch out, wrong or late."""

ButtonTone = Literal["primary", "secondary", "warning", "quiet"]
Width = Literal["full", "half", "third", "short", "date", "code"]
FieldKind = Literal[
    "text", "email", "tel", "number", "date", "password", "search",
    "textarea", "select", "radios", "checkboxes", "checkbox", "file", "hidden",
]  # fmt: skip
LabelSize = Literal["normal", "s", "m", "l"]
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go."""

    text: str
    href: str
    current: bool = False
    """True for the page that is being shown."""
    count: int | None = None
    """How many things wait there; None shows no number."""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """Links under one heading in a side navigation; an empty heading shows none."""

    heading: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Who is signed in, as the frame of the page says it."""

    name: str
    role: str = ""
    """What they act as: "Cán bộ Một cửa, UBND phường Việt Trì". Empty for a citizen."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that may be chosen."""

    value: str
    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class FieldError:
    """One line of an error summary, pointing at the field that it is about."""

    field_id: str
    """Id of the element that a reader is led to; empty when the error is about the whole form."""
    text: str


@dataclass(frozen=True, slots=True)
class FieldView:
    """Everything needed to draw one field of a form, with its label, hint and error tied to it."""

    name: str
    label: str
    kind: FieldKind = "text"
    id: str = ""
    """Empty means `id_<name>`, as Django's forms do."""
    value: str = ""
    values: tuple[str, ...] = ()
    """The chosen ones of `checkboxes`."""
    choices: tuple[Choice, ...] = ()
    hint: str = ""
    error: str = ""
    required: bool = True
    """False adds "(không bắt buộc)" to the label. The server decides; the browser's own check is not asked for."""
    width: Width = "full"
    label_size: LabelSize = "normal"
    autocomplete: str = ""
    inputmode: str = ""
    rows: int = 4
    max_length: int | None = None
    """Shown as a running count below a textarea."""
    prefix: str = ""
    suffix: str = ""
    accept: str = ""
    """File types of a file field, as the HTML attribute wants them: ".pdf,.jpg"."""
    multiple: bool = False
    disabled: bool = False
    focus: bool = False
    """The first key of the page goes into this field: one field of a page, a line of text."""
    inline: bool = False
    """Radios beside each other, for two short answers."""

    @property
    def element_id(self) -> str:
        """The id of the control, and for a group of controls of the first one."""
        return self.id or f"id_{self.name}"

    @property
    def hint_id(self) -> str:
        return f"{self.element_id}-hint"

    @property
    def error_id(self) -> str:
        return f"{self.element_id}-error"

    @property
    def described_by(self) -> str:
        """The ids of hint, error and count, in reading order."""
        ids = [
            self.hint_id if self.hint else "",
            self.error_id if self.error else "",
            f"{self.element_id}-info" if self.counts else "",
        ]
        return " ".join(one for one in ids if one)

    @property
    def counts(self) -> bool:
        """True when the length of the text is limited and shown."""
        return self.kind == "textarea" and self.max_length is not None

    @property
    def input_type(self) -> str:
        """The `type` attribute. Dates are typed as dd/mm/yyyy: a browser's date picker speaks the browser's language."""
        return "text" if self.kind in ("date", "number") else self.kind

    @property
    def input_mode(self) -> str:
        return self.inputmode or ("numeric" if self.kind in ("date", "number") else "")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """One page of a list."""

    items: Sequence[Item]
    number: int
    """From 1."""
    last: int
    total: int
    first_index: int
    """Place of the first shown item in the whole list, from 1; 0 when the list is empty."""

    @property
    def last_index(self) -> int:
        return self.first_index + len(self.items) - 1 if self.items else 0

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return self.number < self.last

    @property
    def numbers(self) -> tuple[int | None, ...]:
        """Page numbers worth showing, None where some are left out: 1 … 4 5 6 … 20."""
        near = {1, self.last, self.number - 1, self.number, self.number + 1}
        shown: list[int | None] = []
        for number in sorted(n for n in near if 1 <= n <= self.last):
            previous = shown[-1] if shown else None
            if previous is not None and number - previous == 2:  # a gap of one page is shown as that page
                shown.append(number - 1)
            elif previous is not None and number - previous > 2:
                shown.append(None)
            shown.append(number)
        return tuple(shown)
