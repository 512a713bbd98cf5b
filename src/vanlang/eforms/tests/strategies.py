"""Answers that can be given to a form, and ways of typing them."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from vanlang.eforms.types import FieldDefinition, Widget

days = st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31))
separators = st.sampled_from("/-. ")


def a_field(widget: Widget, *, integer: bool = False) -> FieldDefinition:
    return FieldDefinition(name="a", label="Mục", widget=widget, required=True, integer=integer)


@st.composite
def typed_days(draw: st.DrawFn) -> tuple[str, dt.date]:
    """A day, and one of the ways in which people type it."""
    day, mark = draw(days), draw(separators)
    parts = (f"{day:%d}", f"{day:%m}") if draw(st.booleans()) else (str(day.day), str(day.month))
    return mark.join((*parts, str(day.year))), day


@st.composite
def typed_phones(draw: st.DrawFn) -> tuple[str, str]:
    """A phone number as dialled, and one of the ways in which people type it."""
    rest = draw(st.from_regex(r"[1-9][0-9]{8}", fullmatch=True))
    typed = draw(st.sampled_from(["0", "+84", "+84 0", "0 "])) + draw(st.sampled_from(["", " ", "."])).join(
        (rest[:3], rest[3:6], rest[6:])
    )
    return typed, "0" + rest
