from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from typing_extensions import override

from vanlang.connectors.types import System
from vanlang.kernel.clock import VIETNAM
from vanlang.ui.forms import Form


class ReplayForm(Form):
    """Which messages are told once more: whole days."""

    kind = forms.ChoiceField(label="Loại tin")
    from_on = forms.DateField(label="Từ ngày", input_formats=["%d/%m/%Y", "%Y-%m-%d"])
    to_on = forms.DateField(label="Đến hết ngày", input_formats=["%d/%m/%Y", "%Y-%m-%d"])

    @classmethod
    def of(cls, system: System, kinds: Iterable[str], data: QueryDict | None = None) -> ReplayForm:
        """Return the form with the kinds that can be sent to a system, by the names that people have for them."""
        form = cls(data, auto_id=f"{system.code}-%s")
        kind = form.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101 - for the type checker
        kind.choices = [("", "Chọn loại tin"), *((one, system.name_of(one)) for one in kinds)]
        return form

    @override
    def clean(self) -> dict[str, object]:
        told = super().clean() or {}
        if {"from_on", "to_on"} <= set(told) and told["from_on"] > told["to_on"]:
            self.add_error("to_on", "Ngày cuối phải từ ngày đầu trở đi.")
        return told

    def span(self) -> tuple[dt.datetime, dt.datetime]:
        """Return the instants, half-open."""
        first, last = self.cleaned_data["from_on"], self.cleaned_data["to_on"]
        start = dt.datetime.combine(first, dt.time(), VIETNAM)
        return start, dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), VIETNAM)
