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


class AskingForm(ActForm):
    """What is asked of others, and by when they should answer."""

    question = forms.CharField(
        label="Nội dung cần ý kiến", max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    days = forms.IntegerField(
        label="Thời hạn cho ý kiến, ngày làm việc",
        help_text="Tính theo lịch làm việc của nơi được hỏi.",
        min_value=1,
        max_value=30,
        initial=5,
    )


class ConsultForm(AskingForm):
    """Up to three agencies at once; more can be asked while the first ones have not answered."""

    agency = forms.TypedChoiceField(label="Cơ quan được hỏi", coerce=int, empty_value=None)
    second = forms.TypedChoiceField(label="Cơ quan thứ hai", coerce=int, empty_value=None, required=False)
    third = forms.TypedChoiceField(label="Cơ quan thứ ba", coerce=int, empty_value=None, required=False)

    field_order = ("agency", "second", "third", "question", "days")

    def __init__(self, *args: Any, agencies: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("agency", "second", "third"):
            self.fields[name].choices = [("", "Chọn cơ quan"), *agencies]  # type: ignore[attr-defined] # as above

    @property
    def asked(self) -> list[int]:
        """The agencies that were chosen."""
        return [told for name in ("agency", "second", "third") if (told := self.cleaned_data[name])]


class ConsultUnitForm(AskingForm):
    units = forms.TypedMultipleChoiceField(
        label="Đơn vị được hỏi", coerce=int, widget=forms.CheckboxSelectMultiple
    )

    field_order = ("units", "question", "days")

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].choices = units  # type: ignore[attr-defined] # as above


class OfOpinionForm(ActForm):
    """An act on one of the opinions that are awaited; asked which only when there are several."""

    which = forms.UUIDField(label="Ý kiến của", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, awaited: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(awaited) > 1:
            self.fields["which"] = forms.ChoiceField(
                label="Ý kiến của", choices=awaited, widget=forms.RadioSelect
            )
            self.order_fields(["which"])


class OpinionForm(OfOpinionForm):
    opinion = forms.CharField(label="Ý kiến", max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))


class ForgoForm(OfOpinionForm):
    reason = forms.CharField(
        label="Vì sao tiếp tục không chờ", max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ObligationForm(ActForm):
    obligation = forms.CharField(
        label="Người nộp phải làm gì",
        help_text="Ghi rõ việc phải làm, nơi làm và giấy tờ mang đến khi tiếp nhận lần hai; người nộp đọc nguyên văn.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class FulfilForm(NoteForm):
    paper = forms.CharField(
        label="Giấy tờ chứng minh",
        help_text="Ví dụ: Giấy nộp tiền vào ngân sách.",
        required=False,
        max_length=300,
    )
    scan = forms.FileField(label="Bản quét", required=False)

    field_order = ("paper", "scan", "note")


class ReopenForm(ActForm):
    officer = forms.TypedChoiceField(label="Giao cho", coerce=int, empty_value=None)
    reason = forms.CharField(
        label="Sai ở đâu",
        help_text="Sai sót của cơ quan; người nộp đọc được.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    days = forms.IntegerField(
        label="Thời hạn đính chính, ngày làm việc", min_value=1, max_value=30, initial=3
    )

    field_order = ("reason", "officer", "days")

    def __init__(self, *args: Any, officers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].choices = [("", "Chọn công chức"), *officers]  # type: ignore[attr-defined] # as above


class RevokeForm(ReasonForm):
    number = forms.CharField(label="Số, ký hiệu quyết định thu hồi", max_length=60)
    revoked_on = forms.DateField(label="Thu hồi từ ngày")

    field_order = ("number", "revoked_on", "reason")


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
