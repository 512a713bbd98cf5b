"""The editor of a draft outcome: one form for each kind."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from django import forms

from vanlang.desk.forms.acts import ActForm
from vanlang.desk.rules.outcomes import DraftKind
from vanlang.desk.types import Term
from vanlang.dossiers.api import OUTCOME_KINDS, OutcomeKind

_BOOK = re.compile(r"[A-ZĐ][A-Za-zĐđ]{0,11}")


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class DraftForm(ActForm):
    """What every draft says. `field_order` of the subclasses is the order on the page."""

    granted = forms.ChoiceField(
        label="Kết quả",
        choices=[(kind.value, OUTCOME_KINDS[kind]) for kind in OutcomeKind],
        widget=forms.RadioSelect,
        initial=OutcomeKind.GRANTED.value,
    )
    title = forms.CharField(label="Tên kết quả", max_length=300)
    book_kind = forms.CharField(
        label="Sổ lấy số", max_length=12, help_text="Viết tắt loại văn bản: QĐ, TB, TLKS."
    )
    last_on = forms.DateField(label="Có hiệu lực đến hết ngày", required=False)
    leader = forms.TypedChoiceField(label="Người ký", coerce=int, empty_value=None)
    note = forms.CharField(label="Lời trình", required=False, max_length=500, widget=_area(2))

    def __init__(
        self, *args: Any, leaders: Sequence[tuple[str, str]], term: Term | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.term = term
        if term is None:
            del self.fields["last_on"]
        else:
            self.fields["last_on"].help_text = f"Để trống: {term.months} tháng từ ngày ký."
        self.fields["leader"].choices = [("", "Chọn lãnh đạo"), *leaders]  # type: ignore[attr-defined] # a choice field

    def clean_last_on(self) -> dt.date | None:
        last_on: dt.date | None = self.cleaned_data["last_on"]
        if last_on is not None and self.term is not None and last_on < self.term.today:
            message = "Ngày này đã qua. Hãy nhập ngày cuối cùng kết quả còn hiệu lực, hoặc để trống."
            raise forms.ValidationError(message)
        return last_on

    def clean_book_kind(self) -> str:
        kind = str(self.cleaned_data["book_kind"]).strip()
        if kind and _BOOK.fullmatch(kind) is None:
            message = "Hãy nhập chữ viết tắt của loại văn bản, ví dụ QĐ, TB, TLKS."
            raise forms.ValidationError(message)
        return kind


class LetterForm(DraftForm):
    heading = forms.CharField(
        label="Loại văn bản",
        required=False,
        max_length=40,
        help_text="Quyết định, Thông báo; để trống: công văn.",
    )
    abstract = forms.CharField(label="Trích yếu", max_length=300)
    addressees = forms.CharField(
        label="Kính gửi", required=False, help_text="Mỗi dòng một nơi.", widget=_area(2)
    )
    grounds = forms.CharField(
        label="Căn cứ", required=False, help_text="Mỗi dòng một căn cứ.", widget=_area(3)
    )
    body = forms.CharField(
        label="Nội dung", required=False, help_text="Cách đoạn bằng một dòng trống.", widget=_area(9)
    )
    articles = forms.CharField(
        label="Các điều",
        required=False,
        help_text="Chỉ cho quyết định. Mỗi điều một đoạn; số điều tự đánh.",
        widget=_area(4),
    )
    recipients = forms.CharField(
        label="Nơi nhận", required=False, help_text="Mỗi dòng một nơi; để trống: “Như trên”.", widget=_area(2)
    )

    field_order = (
        "granted", "title", "heading", "book_kind", "abstract", "addressees", "grounds", "body", "articles",
        "recipients", "last_on", "leader", "note",
    )  # fmt: skip


class ExtractForm(DraftForm):
    facts = forms.CharField(
        label="Nội dung",
        help_text="Mỗi dòng “Nhãn: giá trị”. Dòng trống bắt đầu nhóm mới; dòng đầu không có dấu hai chấm là tên nhóm.",
        widget=_area(12),
    )
    opening = forms.CharField(label="Lời mở đầu", required=False, widget=_area(2))
    source = forms.CharField(
        label="Trích từ sổ", required=False, max_length=300, help_text="Sổ, quyển số, số, ngày đăng ký."
    )
    closing = forms.CharField(label="Lời kết", required=False, widget=_area(2))

    field_order = (
        "granted",
        "title",
        "book_kind",
        "facts",
        "opening",
        "source",
        "closing",
        "last_on",
        "leader",
        "note",
    )


class CertifiedCopyForm(DraftForm):
    original_name = forms.CharField(label="Tên bản chính", max_length=300)
    original_pages = forms.IntegerField(label="Số trang bản chính", min_value=1, max_value=2000)
    original_number = forms.CharField(label="Số của bản chính", required=False, max_length=100)
    original_issuer = forms.CharField(label="Nơi cấp", required=False, max_length=200)
    original_issued_on = forms.DateField(label="Ngày cấp", required=False)
    original_holder = forms.CharField(label="Người đứng tên", required=False, max_length=200)
    copies = forms.IntegerField(label="Số bản chứng thực", min_value=1, max_value=500)
    book = forms.CharField(label="Quyển số", required=False, max_length=60)

    field_order = (
        "granted", "title", "book_kind", "original_name", "original_pages", "copies", "original_number",
        "original_issuer", "original_issued_on", "original_holder", "book", "last_on", "leader", "note",
    )  # fmt: skip


class OnPaperForm(DraftForm):
    """Signed with ink outside: the leader is named only to lay it before them; the book may be a paper one."""

    field_order = ("granted", "title", "book_kind", "last_on", "leader", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leader"].required = False
        self.fields["leader"].label = "Trình lãnh đạo"
        self.fields["book_kind"].required = False


FORM_OF: dict[DraftKind, type[DraftForm]] = {
    DraftKind.LETTER: LetterForm,
    DraftKind.EXTRACT: ExtractForm,
    DraftKind.CERTIFIED_COPY: CertifiedCopyForm,
    DraftKind.ON_PAPER: OnPaperForm,
}
