"""Word templates of a procedure, and the finished letter that a specialist brings back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from vanlang.desk.forms.outcome import DraftForm
from vanlang.ui.forms import Form


class WordTemplateForm(Form):
    name = forms.CharField(
        label="Tên mẫu", max_length=120, help_text="Ví dụ: Giấy xác nhận tình trạng hôn nhân."
    )
    case = forms.ChoiceField(label="Trường hợp", required=False)
    file = forms.FileField(
        label="Tệp mẫu (.docx)", help_text="Không nhận tệp có macro (.docm) hoặc liên kết ra ngoài."
    )

    def __init__(self, *args: Any, cases: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".docx"
        choices = [("", "Mọi trường hợp"), *((title, title) for title in cases if title)]
        self.fields["case"].choices = choices  # type: ignore[attr-defined] # a choice field


class WrittenForm(DraftForm):
    """A draft outcome that was finished in Word."""

    file = forms.FileField(label="Văn bản đã hoàn chỉnh")

    field_order = ("granted", "title", "book_kind", "file", "last_on", "leader", "note")

    def __init__(self, *args: Any, takes_word: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = "PDF hoặc Word (.docx)" if takes_word else "PDF, lưu từ Word bằng “Lưu dưới dạng PDF”"
        self.fields["file"].help_text = f"{kinds}. Giữ nguyên các chữ giữ chỗ dạng [[SO]]."
        self.fields["file"].widget.attrs["accept"] = ".pdf,.docx" if takes_word else ".pdf"
