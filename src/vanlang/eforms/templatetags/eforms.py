"""Drawing electronic forms: the questions, and the answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django import template

from vanlang.eforms import api
from vanlang.eforms.types import FormDefinition, JsonValue
from vanlang.kernel import clock

register = template.Library()


@register.inclusion_tag("eforms/form.html")
def eform(
    *,
    definition: FormDefinition,
    values: Mapping[str, str | JsonValue] | None = None,
    errors: Mapping[str, str] | None = None,
    on: dt.date | None = None,
    prefix: str = "",
) -> dict[str, object]:
    """Draw the questions of a form, to stand inside a `<form>`. `values` are stored answers or texts as typed."""
    day = on or clock.today()
    groups = api.fields_for_render(definition, values or {}, errors or {}, on=day, prefix=prefix)
    return {"groups": groups}


@register.inclusion_tag("ui/error_summary.html")
def eform_errors(*, errors: Mapping[str, str] | None = None, prefix: str = "") -> dict[str, object]:
    """Draw what is wrong in a form, each line leading to its question; nothing when nothing is wrong."""
    return {"errors": api.error_lines(errors or {}, prefix=prefix), "title": "Còn điều cần sửa"}


@register.inclusion_tag("eforms/answers.html")
def eform_answers(
    *,
    definition: FormDefinition,
    values: Mapping[str, JsonValue],
    on: dt.date | None = None,
    change_href: str = "",
) -> dict[str, object]:
    """Draw what was answered, group by group; `change_href` adds a link back to the questions."""
    groups = api.answers_by_group(definition, values, on=on or clock.today())
    return {"groups": groups, "change_href": change_href}
