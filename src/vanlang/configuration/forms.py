from __future__ import annotations

from django import forms

from vanlang.ui.forms import Form


class UploadForm(Form):
    file = forms.FileField(
        label="Tệp Excel",
        max_length=200,
        help_text="Tệp .xlsx, tối đa 25 MB. Tải lên chưa ghi gì: hệ thống so sánh và cho xem trước.",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )


class ReasonForm(Form):
    reason = forms.CharField(
        label="Lý do", max_length=200, help_text="Lý do được ghi vào nhật ký cùng tên người làm."
    )
