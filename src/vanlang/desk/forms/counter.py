"""What the counter types and ticks for one dossier: person, papers, ways. Everything wrong is told at once."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from vanlang.catalogue.api import CaseCard, PaperKind
from vanlang.desk.rules.counter import AskedPaper, Handed
from vanlang.desk.types import HandedPaper
from vanlang.dossiers.api import Channel
from vanlang.identity.api import check_personal_id, clean_personal_id
from vanlang.intake.api import PersonTold
from vanlang.kernel.ids import new_id
from vanlang.kernel.labels import sentence_of
from vanlang.ui.forms import Form

COUNTER_CHANNELS = (Channel.DIRECT, Channel.POSTAL)
"""How a dossier comes to a counter, the usual way first."""
MOST = 99
"""How many originals or copies of one paper can be typed."""


class CounterForm(Form):
    """The person and the ways; papers are read by `read_papers`, answers by the electronic form itself."""

    prefix = "c"

    dossier_id = forms.UUIDField(widget=forms.HiddenInput)
    personal_id = forms.CharField(label="Số định danh cá nhân", required=False, max_length=20)
    full_name = forms.CharField(label="Họ và tên người đến nộp", max_length=150)
    born_on = forms.DateField(label="Ngày sinh", required=False)
    gender = forms.ChoiceField(
        label="Giới tính", choices=[("", "–"), ("male", "Nam"), ("female", "Nữ")], required=False
    )
    puts_right = forms.BooleanField(required=False)
    phone = forms.CharField(label="Điện thoại", required=False, max_length=20)
    email = forms.EmailField(label="Thư điện tử", required=False, max_length=254)
    address = forms.CharField(label="Nơi cư trú", required=False, max_length=300)
    request = forms.CharField(label="Nội dung đề nghị", required=False, max_length=500)
    channel = forms.ChoiceField(
        label="Hồ sơ đến qua",
        choices=[
            (Channel.DIRECT.value, "Trực tiếp tại quầy"),
            (Channel.POSTAL.value, "Bưu chính công ích"),
        ],
        widget=forms.RadioSelect,
    )
    competent = forms.TypedChoiceField(label="Cơ quan giải quyết", coerce=int)
    by_post = forms.BooleanField(label="Gửi kết quả về nhà qua bưu chính công ích", required=False)
    return_to = forms.TypedChoiceField(label="Nơi trả kết quả", coerce=int, widget=forms.RadioSelect)

    def __init__(
        self,
        *args: Any,
        competent: Sequence[tuple[int, str]],
        return_to: Sequence[tuple[int, str]],
        channels: Sequence[Channel] = COUNTER_CHANNELS,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        options = [*competent] if len(competent) == 1 else [("", "Chọn cơ quan"), *competent]
        self.fields["competent"].choices = options  # type: ignore[attr-defined] # a choice field
        ways = self.fields["channel"].choices  # type: ignore[attr-defined] # as below
        self.fields["channel"].choices = [one for one in ways if one[0] in channels]  # type: ignore[attr-defined] # as below
        self.fields["return_to"].choices = [*return_to]  # type: ignore[attr-defined] # as above

    def clean_personal_id(self) -> str:
        number = clean_personal_id(self.cleaned_data["personal_id"])
        refusal = check_personal_id(number) if number else None
        if refusal is not None:
            sentence = sentence_of(refusal.code, refusal.facts)
            raise forms.ValidationError(sentence.says)
        return number

    def visitor(self) -> PersonTold:
        """Return who stands at the counter, once the form is valid."""
        told = self.cleaned_data
        return PersonTold(
            full_name=told["full_name"],
            personal_id=told["personal_id"],
            born_on=told["born_on"],
            gender=told["gender"],
            phone=told["phone"],
            email=told["email"],
            address=told["address"],
            puts_right=told["puts_right"],
        )

    def clean_phone(self) -> str:
        phone = "".join(letter for letter in self.cleaned_data["phone"] if letter.isdigit() or letter == "+")
        if phone and not 9 <= len(phone.lstrip("+")) <= 12:
            message = "Hãy nhập số điện thoại đủ chữ số, ví dụ 0912345678."
            raise forms.ValidationError(message)
        return phone


def blank(
    *, competent_id: int | None, return_id: int, channel: Channel = Channel.DIRECT
) -> dict[str, object]:
    """Return what a new page of the counter shows."""
    return {
        "dossier_id": new_id(),
        "channel": channel.value,
        "competent": competent_id or "",
        "return_to": return_id,
    }


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A line of papers as the page draws it, with what was typed."""

    asked: AskedPaper
    note: str
    is_there: bool
    originals: str
    copies: str
    error: str = ""

    @property
    def name(self) -> str:
        return f"paper-{self.asked.id}"


def asked_papers(case: CaseCard | None) -> tuple[AskedPaper, ...]:
    """Return the papers that a case asks for; notes and what is unclear are no papers."""
    if case is None:
        return ()
    return tuple(
        AskedPaper(
            id=card.id,
            name=card.name,
            is_required=card.is_required and not card.condition,
            only_shown=card.kind is PaperKind.PRESENT,
            originals=card.originals or 0,
            copies=card.copies or 0,
        )
        for card in case.documents
        if card.kind in {PaperKind.FORM, PaperKind.PAPER, PaperKind.PRESENT}
    )


def read_papers(
    asked: Sequence[AskedPaper], data: QueryDict, files: MultiValueDict[str, UploadedFile[bytes]]
) -> list[Handed]:
    """Return what was ticked and counted; "everything is there" ticks every required paper."""
    everything = bool(data.get("all-papers"))
    return [
        Handed(
            paper_id=paper.id,
            is_there=bool(data.get(f"paper-{paper.id}")) or (everything and paper.is_required),
            originals=_count(data.get(f"paper-{paper.id}-originals", "")),
            copies=_count(data.get(f"paper-{paper.id}-copies", "")),
            is_scanned=any(scan.size for scan in files.getlist(f"paper-{paper.id}-scan")),
        )
        for paper in asked
    ]  # fmt: skip


def rows_of(
    asked: Sequence[AskedPaper], case: CaseCard | None, handed: Sequence[Handed], errors: Mapping[int, str]
) -> list[PaperRow]:
    """Return the lines as the page draws them; before anything is typed the counts are those asked for."""
    typed = {one.paper_id: one for one in handed}
    notes = {card.id: card.condition or card.note for card in case.documents} if case else {}
    rows = []
    for paper in asked:
        one = typed.get(paper.id)
        originals, copies = (one.originals, one.copies) if one else (paper.originals, paper.copies)
        rows.append(
            PaperRow(
                asked=paper,
                note=notes.get(paper.id, ""),
                is_there=one.is_there if one else False,
                originals=str(originals),
                copies=str(copies),
                error=errors.get(paper.id, ""),
            )
        )
    return rows


def handed_papers(
    asked: Sequence[AskedPaper], handed: Sequence[Handed], files: MultiValueDict[str, UploadedFile[bytes]]
) -> tuple[HandedPaper, ...]:
    """Return what goes into the dossier: what was ticked and stays here."""
    names = {paper.id: paper for paper in asked}
    return tuple(
        HandedPaper(
            document_id=one.paper_id,
            name=names[one.paper_id].name,
            originals=one.originals,
            copies=one.copies,
            scans=tuple(
                (scan.name or names[one.paper_id].name, scan.read())
                for scan in files.getlist(f"paper-{one.paper_id}-scan")
                if scan.size
            ),
        )
        for one in handed
        if one.is_there and (one.originals or one.copies or one.is_scanned)
    )


def dossier_id_of(form: CounterForm) -> uuid.UUID:
    """Return the id that the page made for its dossier."""
    made: uuid.UUID = form.cleaned_data["dossier_id"]
    return made


def _count(text: str) -> int:
    return min(int(text), MOST) if text.strip().isdecimal() else 0
