"""Errors of our forms name the field and say what to do."""

from __future__ import annotations

from django import forms

from vanlang.ui.forms import Form


class Sample(Form):
    name = forms.CharField(label="Họ tên")
    born_on = forms.DateField(label="Ngày sinh")
    commune = forms.ChoiceField(label="Xã, phường", choices=[("1", "Việt Trì")])
    agreed = forms.BooleanField(label="Tôi cam đoan")
    code = forms.CharField(label="Mã", error_messages={"required": "Hãy nhập mã in trên giấy hẹn."})


def test_each_kind_of_field_has_its_sentence() -> None:
    errors = Sample({"born_on": "31/02/2026", "commune": "9"}).errors
    assert {name: texts[0] for name, texts in errors.items()} == {
        "name": "Hãy điền “Họ tên”.",
        "born_on": "“Ngày sinh”: hãy nhập ngày có thật, theo mẫu ngày/tháng/năm, ví dụ 22/11/2026.",
        "commune": "Hãy chọn “Xã, phường”.",
        "agreed": "Hãy đánh dấu đồng ý: “Tôi cam đoan”.",
        "code": "Hãy nhập mã in trên giấy hẹn.",
    }


def test_a_vietnamese_date_is_read() -> None:
    form = Sample({"name": "Lan", "born_on": "02/11/1990", "commune": "1", "agreed": "1", "code": "7"})
    assert form.is_valid()
    assert f"{form.cleaned_data['born_on']:%Y-%m-%d}" == "1990-11-02"
