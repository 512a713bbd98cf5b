from __future__ import annotations

from django import forms
from typing_extensions import override

from vanlang.ui.forms import Form

LONGEST_DAYS = 3660


class DaysForm(Form):
    """From which day of receipt to which, both included."""

    first_on = forms.DateField(label="Tiếp nhận từ ngày", input_formats=["%d/%m/%Y", "%Y-%m-%d"])
    last_on = forms.DateField(label="Đến hết ngày", input_formats=["%d/%m/%Y", "%Y-%m-%d"])

    @override
    def clean(self) -> dict[str, object]:
        told = super().clean() or {}
        if {"first_on", "last_on"} <= set(told):
            if told["first_on"] > told["last_on"]:
                self.add_error("last_on", "Ngày cuối phải từ ngày đầu trở đi.")
            elif (told["last_on"] - told["first_on"]).days > LONGEST_DAYS:
                self.add_error("last_on", "Khoảng ngày dài quá mười năm, hãy chọn ngắn hơn.")
        return told


class ExportForm(DaysForm):
    as_of_on = forms.DateField(label="Số liệu của ngày", input_formats=["%d/%m/%Y", "%Y-%m-%d"])
    file = forms.FileField(
        label="Tệp xuất của bên kia (.xlsx hoặc .csv)", max_length=200,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )  # fmt: skip


class WhyForm(Form):
    why = forms.CharField(
        label="Vì sao có thể để nguyên", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ghi điều đã kiểm tra, không ghi tên hay số định danh của công dân.",
    )  # fmt: skip
