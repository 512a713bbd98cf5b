"""One small form for each act on a dossier. `expected_version` travels with each: two officers at once are noticed."""

from __future__ import annotations

from typing import Any

from django import forms

from vanlang.dossiers.api import Channel
from vanlang.ui.forms import Form


class ActForm(Form):
    """What every act sends: the version of the dossier that its page was shown with."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class NoteForm(ActForm):
    note = forms.CharField(
        label="Ghi chú", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReasonForm(ActForm):
    reason = forms.CharField(label="Lý do", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class WithdrawForm(ActForm):
    reason = forms.CharField(
        label="Lý do người nộp nêu", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class RefuseForm(ActForm):
    reasons = forms.CharField(
        label="Lý do từ chối",
        help_text="Mỗi dòng một lý do, viết để người nộp hiểu; in nguyên văn trên phiếu từ chối (mẫu 03).",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )
    legal_ground = forms.CharField(label="Căn cứ pháp lý", required=False, max_length=500)
    guidance = forms.CharField(
        label="Hướng dẫn người nộp",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class StopForm(ReasonForm):
    legal_ground = forms.CharField(label="Căn cứ pháp lý", required=False, max_length=500)
    guidance = forms.CharField(
        label="Hướng dẫn người nộp",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class HandOverForm(NoteForm):
    unit = forms.TypedChoiceField(label="Chuyển đến", coerce=int, empty_value=None)

    field_order = ("unit", "note")

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", "Chọn đơn vị"), *units]  # type: ignore[attr-defined] # a choice field


class AssignForm(NoteForm):
    officer = forms.TypedChoiceField(label="Giao cho", coerce=int, empty_value=None)

    field_order = ("officer", "note")

    def __init__(self, *args: Any, officers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].choices = [("", "Chọn công chức"), *officers]  # type: ignore[attr-defined] # as above


class ConsultForm(ActForm):
    agency = forms.TypedChoiceField(label="Cơ quan được hỏi", coerce=int, empty_value=None)
    question = forms.CharField(
        label="Nội dung cần ý kiến", max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, agencies: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("", "Chọn cơ quan"), *agencies]  # type: ignore[attr-defined] # as above


class OpinionForm(ActForm):
    opinion = forms.CharField(label="Ý kiến", max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))


class ExtendForm(ActForm):
    days = forms.IntegerField(label="Thêm số ngày làm việc", min_value=1, max_value=60)
    reason = forms.CharField(
        label="Lý do chậm",
        help_text="In nguyên văn trong văn bản xin lỗi (mẫu 04).",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ReleaseForm(NoteForm):
    pass


class ReleasePaperForm(NoteForm):
    number = forms.CharField(
        label="Số, ký hiệu",
        required=False,
        max_length=60,
        help_text="Để trống để lấy số tiếp theo trong sổ của cơ quan.",
    )
    scan = forms.FileField(label="Bản quét kết quả đã ký, đóng dấu", required=False)

    field_order = ("number", "scan", "note")


class DeliverForm(ActForm):
    channel = forms.ChoiceField(
        label="Cách trả",
        choices=[(Channel.DIRECT.value, "Trực tiếp tại quầy"), (Channel.POSTAL.value, "Bưu chính công ích")],
        widget=forms.RadioSelect,
        initial=Channel.DIRECT.value,
    )
    receiver = forms.CharField(
        label="Người nhận",
        help_text="Họ tên người trực tiếp nhận hoặc người ghi trên bưu gửi.",
        max_length=200,
    )
