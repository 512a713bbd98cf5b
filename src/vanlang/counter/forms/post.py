"""Envelopes: shape of input, and what is wrong with a tracking number."""

from __future__ import annotations

from django import forms

from vanlang.counter.rules.post import check_tracking, clean_tracking
from vanlang.kernel.labels import sentence_of
from vanlang.ui.forms import Form


class _Tracked(Form):
    """A form with a tracking number."""

    tracking = forms.CharField(
        label="Số hiệu bưu gửi",
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_tracking(self) -> str:
        number = clean_tracking(self.cleaned_data["tracking"])
        refusal = check_tracking(number)
        if refusal is not None:
            sentence = sentence_of(refusal.code, refusal.facts)
            message = f"{sentence.says} {sentence.do_now}"
            raise forms.ValidationError(message)
        return number


class ArrivalForm(_Tracked):
    prefix = "b"

    carrier = forms.CharField(label="Đơn vị chuyển phát", max_length=60)
    name = forms.CharField(label="Người gửi", max_length=150)
    note = forms.CharField(label="Ghi chú", required=False, max_length=300)


class SendForm(_Tracked):
    prefix = "g"

    carrier = forms.CharField(label="Đơn vị chuyển phát", max_length=60)
    name = forms.CharField(label="Người nhận", max_length=150)
    address = forms.CharField(label="Địa chỉ nhận", max_length=300)
    phone = forms.CharField(label="Điện thoại người nhận", required=False, max_length=20)
