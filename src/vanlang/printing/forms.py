from __future__ import annotations

from django import forms

from vanlang.printing.labels import STOCKS
from vanlang.ui.forms import Form, MillimetreField


class PrinterForm(Form):
    name = forms.CharField(label="Tên máy in", max_length=80, help_text="Ví dụ: Máy in nhãn quầy số 1.")
    stock = forms.ChoiceField(label="Khổ giấy", choices=[(one.value, text) for one, text in STOCKS.items()])
    offset_x = MillimetreField(
        label="Lệch sang phải (mm)", required=False, help_text="Số âm: sang trái. Đo trên trang căn chỉnh."
    )
    offset_y = MillimetreField(label="Lệch xuống dưới (mm)", required=False, help_text="Số âm: lên trên.")


class LayoutForm(Form):
    text = forms.CharField(
        label="Nội dung mẫu",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Mỗi dòng một dòng in. “# ” ở đầu dòng: chữ lớn, đậm; “- ”: chữ nhỏ; dòng [mã vạch]: mã QR.",
    )
