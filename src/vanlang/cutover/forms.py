from __future__ import annotations

from django import forms

from vanlang.cutover.labels import KINDS
from vanlang.cutover.types import CutoverKind
from vanlang.ui.forms import Form


class SystemForm(Form):
    code = forms.SlugField(label="Mã hệ thống", max_length=60, help_text="Chữ không dấu, ví dụ igate.")
    name = forms.CharField(label="Tên hệ thống", max_length=150)


class ExportForm(Form):
    kind = forms.ChoiceField(
        label="Để làm gì", choices=[(kind.value, text) for kind, text in KINDS.items()], widget=forms.RadioSelect,
        initial=CutoverKind.TAKE_OVER.value,
    )  # fmt: skip
    on = forms.DateField(label="Số liệu của ngày")
    file = forms.FileField(
        label="Tệp xuất (.xlsx hoặc .csv)", max_length=200, widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text="Đọc tệp chưa ghi gì: hệ thống đối chiếu và cho xem trước.",
    )  # fmt: skip


class WordingForm(Form):
    wording = forms.FileField(
        label="Tệp ánh xạ (.xlsx)", max_length=200, widget=forms.FileInput(attrs={"accept": ".xlsx"})
    )
