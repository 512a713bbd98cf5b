"""What the counter types for a visit: the person, and a row for each original. Everything wrong is told at once."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from vanlang.certification.labels import CORNERS
from vanlang.certification.rules.book import MOST_COPIES, MOST_ORIGINALS, MOST_PAGES
from vanlang.certification.rules.placing import Corner
from vanlang.certification.types import Brought, BroughtOriginal
from vanlang.identity.api import AppointmentCard, check_personal_id, clean_personal_id
from vanlang.kernel.ids import new_id
from vanlang.kernel.labels import sentence_of
from vanlang.ui.forms import Form, MillimetreField

ROWS, MORE = 5, 5
"""How many rows a new page has, and how many are added."""


class VisitForm(Form):
    """Who brings the originals, and who compares the copies."""

    request_id = forms.UUIDField(widget=forms.HiddenInput)
    personal_id = forms.CharField(label="Số định danh cá nhân", required=False, max_length=20)
    full_name = forms.CharField(label="Người yêu cầu chứng thực", max_length=150)
    phone = forms.CharField(label="Điện thoại", required=False, max_length=20)
    address = forms.CharField(label="Nơi cư trú", required=False, max_length=300)
    specialist = forms.TypedChoiceField(label="Người đối chiếu, vào sổ", coerce=int)

    def __init__(self, *args: Any, specialists: Sequence[AppointmentCard], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(card.id), f"{card.name}, {card.title}") for card in specialists]
        self.fields["specialist"].choices = choices  # type: ignore[attr-defined] # a choice field

    def clean_personal_id(self) -> str:
        number = clean_personal_id(self.cleaned_data["personal_id"])
        refusal = check_personal_id(number) if number else None
        if refusal is not None:
            raise forms.ValidationError(sentence_of(refusal.code, refusal.facts).says)
        return number


class EnterForm(Form):
    """Who signs."""

    leader = forms.TypedChoiceField(label="Người ký chứng thực", coerce=int)

    def __init__(self, *args: Any, leaders: Sequence[AppointmentCard], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(card.id), f"{card.name}, {card.title}") for card in leaders]
        self.fields["leader"].choices = choices  # type: ignore[attr-defined] # a choice field


class CancelForm(Form):
    note = forms.CharField(
        label="Lý do hủy", max_length=300, widget=forms.Textarea(attrs={"rows": 2}), help_text="Ghi vào sổ."
    )
    again = forms.BooleanField(label="Lấy số mới cho bản chính này", required=False)


class PlaceForm(Form):
    """Where on the copy the words are printed: a corner, or millimetres."""

    goc = forms.ChoiceField(
        label="Vị trí lời chứng", choices=[(one.value, text) for one, text in CORNERS.items()], required=False
    )
    trai = MillimetreField(label="Cách trái (mm)", required=False)
    tren = MillimetreField(label="Cách trên (mm)", required=False)

    def corner(self) -> Corner:
        return Corner(self.cleaned_data["goc"] or Corner.BOTTOM_RIGHT)


class PeriodForm(Form):
    """Days of the book, both included."""

    tu = forms.DateField(label="Từ ngày", required=False)
    den = forms.DateField(label="Đến ngày", required=False)


@dataclass(frozen=True, slots=True)
class OriginalRow:
    """A row as it was typed, drawn again as it was."""

    index: int
    name: str = ""
    pages: str = ""
    copies: str = ""
    number: str = ""
    electronic: bool = False
    error: str = ""

    @property
    def prefix(self) -> str:
        return f"b{self.index}"

    @property
    def is_empty(self) -> bool:
        return not (self.name or self.pages or self.copies or self.number or self.electronic)


def blank_rows(count: int = ROWS) -> list[OriginalRow]:
    return [OriginalRow(index) for index in range(1, count + 1)]


def read_rows(data: QueryDict, files: MultiValueDict[str, UploadedFile[bytes]]) -> list[OriginalRow]:
    """Return the rows that were typed, each with what is wrong in it."""
    count = min(
        int(data.get("rows", "") or ROWS) if data.get("rows", "").isdecimal() else ROWS, MOST_ORIGINALS
    )
    rows = []
    for index in range(1, count + 1):
        row = OriginalRow(
            index,
            name=data.get(f"b{index}-name", "").strip(),
            pages=data.get(f"b{index}-pages", "").strip(),
            copies=data.get(f"b{index}-copies", "").strip(),
            number=data.get(f"b{index}-number", "").strip(),
            electronic=bool(data.get(f"b{index}-electronic")),
        )
        rows.append(_judged(row, has_scan=bool(files.get(f"b{index}-scan"))))
    return rows


def _judged(row: OriginalRow, *, has_scan: bool) -> OriginalRow:
    if row.is_empty:
        return row
    return OriginalRow(
        row.index, row.name, row.pages, row.copies, row.number, row.electronic, _wrong(row, has_scan=has_scan)
    )


def _wrong(row: OriginalRow, *, has_scan: bool) -> str:
    if not row.name:
        return "Hãy ghi tên bản chính."
    if not row.pages.isdecimal() or not 1 <= int(row.pages) <= MOST_PAGES:
        return f"Hãy nhập số trang từ 1 đến {MOST_PAGES}."
    if row.copies and (not row.copies.isdecimal() or int(row.copies) > MOST_COPIES):
        return f"Hãy nhập số bản sao từ 0 đến {MOST_COPIES}."
    if not int(row.copies or 0) and not row.electronic:
        return "Hãy nhập số bản sao, hoặc đánh dấu bản điện tử."
    if row.electronic and not has_scan:
        return "Bản điện tử cần tệp PDF quét từ bản chính: hãy chọn tệp."
    return ""


def brought_of(
    form: VisitForm, rows: Sequence[OriginalRow], files: MultiValueDict[str, UploadedFile[bytes]]
) -> Brought:
    """Return the visit that was typed."""
    told = form.cleaned_data
    request_id: uuid.UUID = told["request_id"]
    return Brought(
        request_id=request_id,
        full_name=told["full_name"],
        personal_id=told["personal_id"],
        phone=told["phone"],
        address=told["address"],
        specialist_id=told["specialist"],
        originals=tuple(_original(row, files) for row in rows if not row.is_empty),
    )


def _original(row: OriginalRow, files: MultiValueDict[str, UploadedFile[bytes]]) -> BroughtOriginal:
    scan = files.get(f"{row.prefix}-scan") if row.electronic else None
    return BroughtOriginal(
        name=row.name,
        pages=int(row.pages),
        copies=int(row.copies or 0),
        number=row.number,
        electronic=row.electronic,
        scan=(scan.name or "ban-chinh.pdf", scan.read()) if scan else None,
    )


def blank() -> dict[str, object]:
    """Return what a new page shows."""
    return {"request_id": new_id()}
