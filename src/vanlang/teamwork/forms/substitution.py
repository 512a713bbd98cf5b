from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from vanlang.ui.forms import Form
from vanlang.ui.types import Choice


class SubstitutionForm(Form):
    """Who is away, who stands in, from when until when, by which decision."""

    absent = forms.ChoiceField(label="Người vắng")
    substitute = forms.ChoiceField(
        label="Người thay", help_text="Cùng vai trò: chuyên viên thay chuyên viên, lãnh đạo thay lãnh đạo."
    )
    from_on = forms.DateField(label="Từ ngày")
    last_on = forms.DateField(label="Đến hết ngày")
    reason = forms.CharField(label="Lý do", max_length=200, required=False)
    decision = forms.CharField(
        label="Số quyết định hoặc văn bản ủy quyền",
        max_length=100,
        required=False,
        help_text="Bắt buộc khi thay lãnh đạo phê duyệt, ký.",
    )
    decided_on = forms.DateField(label="Ngày quyết định", required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        today: dt.date,
        absent: Sequence[Choice],
        substitutes: Sequence[Choice],
    ) -> None:
        super().__init__(data, initial={"from_on": today, "last_on": today})
        for name, choices in (("absent", absent), ("substitute", substitutes)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = [(one.value, one.text) for one in choices]

    def order(self) -> dict[str, Any]:
        """Return what the command is told. The last day is the officer's word; the house counts to the day after it."""
        told = self.cleaned_data
        return {
            "absent_id": int(told["absent"]),
            "substitute_id": int(told["substitute"]),
            "valid_from": told["from_on"],
            "valid_to": told["last_on"] + dt.timedelta(days=1),
            "reason": told["reason"],
            "decision": told["decision"],
            "decided_on": told["decided_on"],
        }
