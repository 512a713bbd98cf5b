"""The register of dossiers: which period and which dossiers, and for what it is taken out."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from typing_extensions import override

from vanlang.dossiers.api import REGISTER_PARTS, RegisterFilter, RegisterPart
from vanlang.ui.forms import Form

LONGEST = dt.timedelta(days=366)


class RegisterForm(Form):
    """Read from the address: a register can be kept as a bookmark."""

    from_on = forms.DateField(label="Từ ngày")
    last_on = forms.DateField(label="Đến hết ngày")
    part = forms.ChoiceField(
        label="Hồ sơ", choices=[(part.value, text) for part, text in REGISTER_PARTS.items()]
    )
    role = forms.ChoiceField(
        label="Cơ quan mình", choices=[("nhan", "là nơi tiếp nhận"), ("giai-quyet", "là nơi giải quyết")]
    )
    procedure = forms.CharField(label="Mã thủ tục", required=False, max_length=40)

    @override
    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        first, last = told.get("from_on"), told.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", "Ngày cuối sớm hơn ngày đầu. Hãy nhập lại.")
        elif first and last and last - first > LONGEST:
            self.add_error("last_on", "Sổ lập cho nhiều nhất một năm. Hãy chọn khoảng ngắn hơn.")
        return told

    def asked(self, agency_id: int) -> RegisterFilter:
        """Return what is asked for; the form is valid."""
        told = self.cleaned_data
        return RegisterFilter(
            agency_id=agency_id,
            from_on=told["from_on"],
            to_on=told["last_on"] + dt.timedelta(days=1),
            part=RegisterPart(told["part"]),
            taken_in=told["role"] == "nhan",
            procedure_code=told["procedure"].strip(),
        )


class ExportForm(Form):
    purpose = forms.CharField(
        label="Mục đích xuất sổ", help_text="Ghi vào nhật ký cùng người xuất và thời điểm.", max_length=300
    )
