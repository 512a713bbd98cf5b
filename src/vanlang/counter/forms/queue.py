"""How a queue is laid out: shape of input only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms

from vanlang.ui.forms import Form


class ServiceForm(Form):
    prefix = "n"

    letter = forms.RegexField(
        regex=r"^[A-Za-z]$",
        label="Chữ cái trên phiếu",
        help_text="Đứng trước số, ví dụ A001.",
        max_length=1,
        error_messages={"invalid": "Hãy nhập một chữ cái từ A đến Z."},
    )
    name = forms.CharField(label="Tên nhóm việc", max_length=80)
    about = forms.CharField(
        label="Ví dụ ghi dưới tên",
        required=False,
        max_length=200,
        help_text="Dòng nhỏ trên máy lấy số, ví dụ: Khai sinh, kết hôn, trích lục.",
    )
    minutes = forms.IntegerField(
        label="Thời gian phục vụ một người (phút)",
        min_value=1,
        max_value=120,
        help_text="Dùng để ước tính thời gian chờ ghi trên phiếu.",
    )
    procedure_codes = forms.CharField(
        label="Mã thủ tục thuộc nhóm",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Mỗi dòng một mã, ví dụ 1.001193. Khi gọi số của nhóm, các thủ tục này hiện sẵn để tiếp nhận.",
    )
    is_open = forms.BooleanField(label="Đang nhận số", required=False)

    def clean_procedure_codes(self) -> list[str]:
        codes = re.split(r"[\s,;]+", self.cleaned_data["procedure_codes"].strip())
        return list(dict.fromkeys(code[:40] for code in codes if code))


class WindowForm(Form):
    prefix = "q"

    number = forms.IntegerField(label="Số quầy", min_value=1, max_value=99)
    name = forms.CharField(label="Tên riêng", required=False, max_length=80)
    services = forms.TypedMultipleChoiceField(
        label="Nhóm việc phục vụ", coerce=int, widget=forms.CheckboxSelectMultiple
    )
    is_open = forms.BooleanField(label="Đang mở", required=False)

    def __init__(self, *args: Any, services: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["services"].choices = [*services]  # type: ignore[attr-defined] # a choice field


class NoticeForm(Form):
    prefix = "d"

    notice = forms.CharField(label="Dòng chữ cuối màn hình", required=False, max_length=200)
