"""A decision that moves competence: what it says, and how it is taken back."""

from __future__ import annotations

from typing import Any

from django import forms

from vanlang.catalogue.api import DelegationOrder, Level
from vanlang.ui.forms import Form


class DelegationForm(Form):
    decision = forms.CharField(label="Số, ký hiệu quyết định", max_length=100)
    decided_on = forms.DateField(label="Ngày ký")
    abstract = forms.CharField(label="Trích yếu", required=False, max_length=500)
    level = forms.ChoiceField(
        label="Thẩm quyền giải quyết chuyển về",
        choices=[(Level.COMMUNE.value, "Cấp xã"), (Level.PROVINCE.value, "Cấp tỉnh (cơ quan chuyên môn)")],
        widget=forms.RadioSelect,
    )
    procedures = forms.CharField(
        label="Mã thủ tục",
        help_text="Mỗi dòng một mã.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=8000,
    )
    communes = forms.CharField(
        label="Chỉ ở các xã, phường (mã cơ quan)",
        help_text="Mỗi dòng một mã, ví dụ H44.100; để trống là mọi nơi trong tỉnh.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=8000,
    )
    valid_from = forms.DateField(label="Có hiệu lực từ ngày")
    valid_to = forms.DateField(
        label="Hết hiệu lực từ ngày", help_text="Để trống khi quyết định không ghi thời hạn.", required=False
    )

    def order(self, commune_ids: tuple[int, ...]) -> DelegationOrder:
        """Return what the decision says; the form is valid."""
        told: dict[str, Any] = self.cleaned_data
        return DelegationOrder(
            decision=told["decision"],
            decided_on=told["decided_on"],
            abstract=told["abstract"],
            level=Level(told["level"]),
            procedure_codes=tuple(dict.fromkeys(told["procedures"].split())),
            commune_ids=commune_ids,
            valid_from=told["valid_from"],
            valid_to=told["valid_to"],
        )


class TakeBackForm(Form):
    decision = forms.CharField(label="Số, ký hiệu quyết định thu hồi", max_length=100)
    ended_on = forms.DateField(label="Thu hồi từ ngày")
