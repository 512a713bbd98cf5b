"""
Tags for forms. Every field has its label, hint and error tied to it by id; every one works without JavaScript.

`{% field field=form.full_name %}` draws a field of a Django form; the other `…_field` tags draw one from values;
`{% field_view view=view %}` draws a ready `FieldView` (e-forms use it). All three make the same markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from django import forms, template
from django.template import Context, TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from vanlang.ui.forms import view_of
from vanlang.ui.tones import one_of
from vanlang.ui.types import Choice, FieldError, FieldKind, FieldView, LabelSize, Width

register = template.Library()

SearchSize = Literal["normal", "large", "header"]
TextKind = Literal["text", "email", "tel", "number", "date", "password", "search"]
Choices = Iterable[Choice | tuple[str, str]]


def _choices(choices: Choices) -> tuple[Choice, ...]:
    return tuple(one if isinstance(one, Choice) else Choice(str(one[0]), str(one[1])) for one in choices)


def draw(view: FieldView) -> SafeString:
    """Return the markup of one field."""
    one_of(view.kind, FieldKind, "kind")
    one_of(view.width, Width, "width")
    one_of(view.label_size, LabelSize, "label_size")
    return render_to_string("ui/field.html", {"field": view})


@register.simple_tag
def field(
    *,
    field: forms.BoundField,
    hint: str = "",
    width: Width | None = None,
    label_size: LabelSize = "normal",
    autocomplete: str = "",
    inline: bool = False,
    focus: bool = False,
) -> SafeString:
    """Draw a field of a Django form, with the form's label, help text, value and error; `focus` starts the page in it."""
    view = view_of(
        field, hint=hint, width=width, label_size=label_size, autocomplete=autocomplete, inline=inline
    )
    return draw(replace(view, focus=focus))


@register.simple_tag
def field_view(*, view: FieldView) -> SafeString:
    """Draw a field from a ready value."""
    return draw(view)


@register.simple_tag
def text_field(
    *,
    name: str,
    label: str,
    value: str = "",
    kind: TextKind = "text",
    hint: str = "",
    error: str = "",
    required: bool = True,
    width: Width = "full",
    autocomplete: str = "",
    inputmode: str = "",
    prefix: str = "",
    suffix: str = "",
    focus: bool = False,
    id: str = "",
) -> SafeString:
    """Draw a field of one line; `focus` starts the page in it. `id` tells it from those of other forms of the page with its name."""
    return draw(
        FieldView(
            name=name,
            id=id,
            label=label,
            kind=one_of(kind, TextKind, "kind"),
            value=value or "",
            hint=hint,
            error=error,
            required=required,
            width=width,
            autocomplete=autocomplete,
            inputmode=inputmode,
            prefix=prefix,
            suffix=suffix,
            focus=focus,
        )
    )


@register.simple_tag
def date_field(
    *, name: str, label: str, value: str = "", hint: str = "", error: str = "", required: bool = True
) -> SafeString:
    """Draw a date, typed as dd/mm/yyyy."""
    return draw(
        FieldView(
            name=name,
            label=label,
            kind="date",
            value=value or "",
            hint=hint or "Ngày/tháng/năm, ví dụ 22/11/2026",
            error=error,
            required=required,
            width="date",
        )
    )


@register.simple_tag
def textarea_field(
    *,
    name: str,
    label: str,
    value: str = "",
    hint: str = "",
    error: str = "",
    required: bool = True,
    rows: int = 4,
    max_length: int | None = None,
    id: str = "",
) -> SafeString:
    """Draw a field of several lines; `max_length` adds a running count. `id` as in `text_field`."""
    return draw(
        FieldView(
            name=name,
            id=id,
            label=label,
            kind="textarea",
            value=value or "",
            hint=hint,
            error=error,
            required=required,
            rows=rows,
            max_length=max_length,
        )
    )


@register.simple_tag
def select_field(
    *,
    name: str,
    label: str,
    choices: Choices,
    value: str = "",
    hint: str = "",
    error: str = "",
    required: bool = True,
    width: Width = "half",
    id: str = "",
) -> SafeString:
    """Draw one answer out of many. `choices` are `Choice`s or pairs of value and text. `id` as in `text_field`."""
    return draw(
        FieldView(
            name=name,
            id=id,
            label=label,
            kind="select",
            choices=_choices(choices),
            value=str(value or ""),
            hint=hint,
            error=error,
            required=required,
            width=width,
        )
    )


@register.simple_tag
def radios_field(
    *,
    name: str,
    label: str,
    choices: Choices,
    value: str = "",
    hint: str = "",
    error: str = "",
    required: bool = True,
    inline: bool = False,
    label_size: LabelSize = "normal",
) -> SafeString:
    """Draw one answer out of a few, all visible."""
    return draw(
        FieldView(
            name=name,
            label=label,
            kind="radios",
            choices=_choices(choices),
            value=str(value or ""),
            hint=hint,
            error=error,
            required=required,
            inline=inline,
            label_size=label_size,
        )
    )


@register.simple_tag
def checkboxes_field(
    *,
    name: str,
    label: str,
    choices: Choices,
    values: Sequence[str] = (),
    hint: str = "",
    error: str = "",
    required: bool = True,
    label_size: LabelSize = "normal",
) -> SafeString:
    """Draw any number of answers out of a few."""
    return draw(
        FieldView(
            name=name,
            label=label,
            kind="checkboxes",
            choices=_choices(choices),
            values=tuple(map(str, values)),
            hint=hint,
            error=error,
            required=required,
            label_size=label_size,
        )
    )


@register.simple_tag
def checkbox_field(
    *, name: str, label: str, checked: bool = False, hint: str = "", error: str = "", required: bool = True
) -> SafeString:
    """Draw one sentence to agree to."""
    return draw(
        FieldView(
            name=name,
            label=label,
            kind="checkbox",
            value="1" if checked else "",
            hint=hint,
            error=error,
            required=required,
        )
    )


@register.simple_tag
def file_field(
    *,
    name: str,
    label: str,
    hint: str = "",
    error: str = "",
    required: bool = True,
    accept: str = "",
    multiple: bool = False,
) -> SafeString:
    """Draw a file to choose. The form around it needs `enctype="multipart/form-data"`."""
    return draw(
        FieldView(
            name=name,
            label=label,
            kind="file",
            hint=hint,
            error=error,
            required=required,
            accept=accept,
            multiple=multiple,
        )
    )


@register.inclusion_tag("ui/error_summary.html")
def error_summary(
    *, form: forms.BaseForm | None = None, errors: Sequence[FieldError] = (), title: str = "Còn điều cần sửa"
) -> dict[str, object]:
    """Draw what is wrong in a form, each line leading to its field; nothing when nothing is wrong."""
    if form is not None and errors:
        message = "error_summary takes form or errors, not both"
        raise TemplateSyntaxError(message)
    return {"errors": _errors_of(form) if form is not None else errors, "title": title}


def _errors_of(form: forms.BaseForm) -> list[FieldError]:
    lines = [FieldError("", str(text)) for text in form.non_field_errors()]
    for bound in form:
        view = view_of(bound)
        lines += [FieldError(view.element_id, str(text)) for text in bound.errors]
    return lines


@register.simple_block_tag
def fieldset(content: SafeString, *, legend: str, size: LabelSize = "m", hint: str = "") -> SafeString:
    """Draw fields that belong together under one legend."""
    return render_to_string(
        "ui/fieldset.html",
        {"legend": legend, "size": one_of(size, LabelSize, "size"), "hint": hint, "body": content},
    )


@register.simple_block_tag
def fields(content: SafeString) -> SafeString:
    """Lay fields beside each other: wrap each in `<div class="vl-span-half">`, `vl-span-third` or `vl-span-two-thirds`."""
    return render_to_string("ui/fields.html", {"body": content})


@register.simple_block_tag(takes_context=True)
def filter_bar(
    context: Context,
    content: SafeString,
    *,
    action: str,
    label: str = "Lọc danh sách",
    submit: str = "Lọc",
    clear_href: str = "",
) -> SafeString:
    """
    Draw a bar of filters above a list: a GET form, so that a filtered list has an address.

    `clear_href` is offered once something is filtered: an address without words is the whole list already.
    """
    request = context.get("request")
    is_whole = request is not None and not any(request.GET.values())
    facts = {
        "action": action, "label": label, "submit": submit, "clear_href": "" if is_whole else clear_href,
        "body": content,
    }  # fmt: skip
    return render_to_string("ui/filter_bar.html", facts)


@register.inclusion_tag("ui/search.html")
def search_field(
    *,
    action: str,
    label: str,
    name: str = "q",
    value: str = "",
    size: SearchSize = "normal",
    hide_label: bool = False,
    button: str = "Tìm",
    id: str = "",
) -> dict[str, object]:
    """Draw one search field and its button: a GET form."""
    return {
        "action": action, "label": label, "name": name, "value": value or "", "hide_label": hide_label,
        "size": one_of(size, SearchSize, "size"), "button": button, "id": id or f"search-{name}-{size}",
    }  # fmt: skip
