"""
Django's forms in the house's voice, and as values of the design system.

`Form` words what is missing as what to do now; `view_of` is the one mapping from widgets to kinds of fields.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from typing_extensions import override

from vanlang.ui.types import Choice, FieldKind, FieldView, LabelSize, Width

# The first class that fits wins: subclasses stand before their parents.
_KIND_OF_WIDGET: tuple[tuple[type[forms.Widget], FieldKind], ...] = (
    (forms.HiddenInput, "hidden"),
    (forms.PasswordInput, "password"),
    (forms.EmailInput, "email"),
    (forms.DateInput, "date"),
    (forms.NumberInput, "number"),
    (forms.ClearableFileInput, "file"),
    (forms.FileInput, "file"),
    (forms.Textarea, "textarea"),
    (forms.CheckboxInput, "checkbox"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.Select, "select"),
    (forms.TextInput, "text"),
)
_WIDTH_OF_KIND: dict[FieldKind, Width] = {
    "date": "date",
    "number": "short",
    "select": "half",
    "tel": "third",
    "email": "half",
}


_CHOICE = "Hãy chọn “%(label)s”."
_SENTENCES: tuple[tuple[type[forms.Field], dict[str, str]], ...] = (
    (
        forms.DateField,
        {"invalid": "“%(label)s”: hãy nhập ngày có thật, theo mẫu ngày/tháng/năm, ví dụ 22/11/2026."},
    ),
    (
        forms.EmailField,
        {"invalid": "“%(label)s”: hãy nhập địa chỉ thư điện tử đầy đủ, ví dụ lan@example.vn."},
    ),
    (forms.IntegerField, {"invalid": "“%(label)s”: hãy nhập một số nguyên."}),
    (forms.DecimalField, {"invalid": "“%(label)s”: hãy nhập một số."}),
    (
        forms.FileField,
        {"required": "Hãy chọn tệp cho “%(label)s”.", "empty": "Tệp “%(label)s” trống, hãy chọn tệp khác."},
    ),
    (forms.BooleanField, {"required": "Hãy đánh dấu đồng ý: “%(label)s”."}),
    (forms.ChoiceField, {"required": _CHOICE, "invalid_choice": _CHOICE}),
    (forms.Field, {"required": "Hãy điền “%(label)s”."}),
)
"""What a reader can do now, by class of field; the first class that fits and has the code wins."""


class Form(forms.Form):
    """A Django form whose errors name the field and say what to do now. A field's own `error_messages` win."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            label = {"label": field.label or name.replace("_", " ")}
            for code, text in _sentences_for(field).items():
                field.error_messages[code] = text % label


def _sentences_for(field: forms.Field) -> dict[str, str]:
    """Return our sentences for the codes that the field leaves at Django's own words."""
    standing: dict[str, object] = {}
    for kind in reversed(type(field).__mro__):
        standing.update(getattr(kind, "default_error_messages", {}))
    ours: dict[str, str] = {}
    for kind, sentences in reversed(_SENTENCES):
        if isinstance(field, kind):
            ours.update(sentences)
    return {code: text for code, text in ours.items() if field.error_messages.get(code) is standing.get(code)}


class MillimetreField(forms.DecimalField):
    """A length on paper, typed with a comma or a point: "30,5"."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=5, decimal_places=1, **kwargs)
        self.widget = forms.TextInput(attrs={"inputmode": "decimal"})

    @override
    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override] # the stubs know only integers
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


def view_of(
    bound: forms.BoundField,
    *,
    hint: str = "",
    width: Width | None = None,
    label_size: LabelSize = "normal",
    autocomplete: str = "",
    inline: bool = False,
) -> FieldView:
    """Return the field of a form as a value that the tags can draw."""
    widget = bound.field.widget
    kind = _kind_of(widget)
    attributes = widget.attrs
    value = bound.value()
    many = value if isinstance(value, (list, tuple)) else ()
    return FieldView(
        name=bound.html_name,
        label=str(bound.label),
        kind=kind,
        id=bound.auto_id or "",
        value="" if kind in ("file", "password") else _text_of(value, kind),
        values=tuple(str(one) for one in many),
        choices=_choices_of(bound),
        hint=hint or str(bound.help_text),
        error=str(bound.errors[0]) if bound.errors else "",
        required=bound.field.required,
        width=width or _WIDTH_OF_KIND.get(kind, "full"),
        label_size=label_size,
        autocomplete=autocomplete or str(attributes.get("autocomplete", "")),
        inputmode=str(attributes.get("inputmode", "")),
        rows=int(attributes.get("rows", 4)),
        max_length=getattr(bound.field, "max_length", None) if kind == "textarea" else None,
        accept=str(attributes.get("accept", "")),
        multiple=bool(getattr(widget, "allow_multiple_selected", False)) and kind == "file",
        disabled=bound.field.disabled,
        inline=inline,
    )


def _kind_of(widget: forms.Widget) -> FieldKind:
    if getattr(widget, "input_type", "") == "tel":
        return "tel"
    return next((kind for kind_of, kind in _KIND_OF_WIDGET if isinstance(widget, kind_of)), "text")


def _text_of(value: object, kind: FieldKind) -> str:
    if kind == "checkbox":
        return "1" if value else ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None or isinstance(value, (list, tuple)) else str(value)


def _choices_of(bound: forms.BoundField) -> tuple[Choice, ...]:
    choices = getattr(bound.field, "choices", None) or ()
    flat: list[Choice] = []
    for value, text in choices:
        if isinstance(text, (list, tuple)):  # an option group: its members, one level down
            flat += [Choice(str(inner), str(inner_text)) for inner, inner_text in text]
        else:
            flat.append(Choice("" if value is None else str(value), str(text)))
    return tuple(flat)


class _SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files in one field; cleaned, a list. (Django's own takes one.)"""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=_SeveralFiles(), **options)

    @override
    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list) else [data] if data else []
        if not given:
            super().clean(None, initial)
        return [super(FilesField, self).clean(one, initial) for one in given]
