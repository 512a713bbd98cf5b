from __future__ import annotations

from django import forms

from vanlang.identity.api import ENTITY_KINDS
from vanlang.ui.forms import Form


class EntityForm(Form):
    """Which legal entity."""

    loai = forms.ChoiceField(
        label="Loại", choices=[(kind.value, label) for kind, label in ENTITY_KINDS.items()]
    )
    so = forms.CharField(label="Mã số doanh nghiệp, hoặc số quyết định thành lập", max_length=40)


class EndRepresentationForm(Form):
    """From when somebody speaks for a legal entity no more, and by which paper."""

    on = forms.DateField(label="Thôi đại diện từ ngày")
    ground = forms.CharField(
        label="Căn cứ",
        max_length=300,
        help_text="Ví dụ: giấy xác nhận thay đổi đăng ký doanh nghiệp ngày 20/11/2026.",
    )
