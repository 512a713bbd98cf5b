"""Shape of what officers send to the registers."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms

from vanlang.registers.labels import PURPOSES
from vanlang.registers.types import FieldKind, SchemaField
from vanlang.ui.forms import Form


class ExportForm(Form):
    """For what a list leaves the house."""

    purpose = forms.CharField(
        label="Mục đích xuất",
        help_text="Ví dụ: báo cáo tháng 11/2026 gửi Sở Tư pháp. Lần xuất được ghi vào nhật ký cùng mục đích này.",
        max_length=200,
        min_length=5,
    )


class CompleteForm(Form):
    """What an entry still lacks, from the original."""

    reason = forms.CharField(
        label="Căn cứ",
        help_text="Ví dụ: theo bản chính Giấy khai sinh số 15/GKS-UBND.",
        max_length=300,
        min_length=5,
    )

    def __init__(self, data: Mapping[str, str] | None, missing: list[SchemaField]) -> None:
        super().__init__(data)
        for one in missing:
            self.fields[one.name] = _field(one)
        self.order_fields([*(one.name for one in missing), "reason"])

    def facts(self) -> dict[str, object]:
        """Return what was typed, as JSON holds it; what was left empty stays missing."""
        return {
            name: value.isoformat() if hasattr(value, "isoformat") else value
            for name, value in self.cleaned_data.items()
            if name != "reason" and value not in (None, "")
        }


def _field(one: SchemaField) -> forms.Field:
    match one.kind:
        case FieldKind.DAY:
            return forms.DateField(
                label=one.title, required=False, help_text="Ngày/tháng/năm, ví dụ 02/11/2026."
            )
        case FieldKind.NUMBER:
            return forms.IntegerField(label=one.title, required=False)
        case FieldKind.CHOICE:
            return forms.ChoiceField(
                label=one.title, required=False, choices=[("", "Chọn"), *one.words.items()]
            )
        case FieldKind.FLAG:
            return forms.NullBooleanField(label=one.title, required=False)
        case FieldKind.TEXT:
            return forms.CharField(label=one.title, required=False, max_length=2000)


def purpose_of(word: str) -> tuple[str, str]:
    """Return the word of a purpose and what it says; the first when it is none."""
    known = word if word in PURPOSES else next(iter(PURPOSES))
    return known, PURPOSES[known]
