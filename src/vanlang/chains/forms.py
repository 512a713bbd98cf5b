"""What the counter types for a chain: the person, and what was handed in. Answers are read by the electronic form itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.http import QueryDict

from vanlang.chains.queries import AskedPaper
from vanlang.dossiers.api import Channel
from vanlang.identity.api import check_personal_id, clean_personal_id
from vanlang.kernel.labels import sentence_of
from vanlang.ui.forms import Form

MOST = 99


class IntakeForm(Form):
    """Who asks, and how it reached us."""

    prefix = "c"

    chain_id = forms.UUIDField(widget=forms.HiddenInput)
    personal_id = forms.CharField(label="Số định danh cá nhân", required=False, max_length=20)
    full_name = forms.CharField(label="Họ và tên người yêu cầu", max_length=150)
    phone = forms.CharField(label="Điện thoại", max_length=20)
    address = forms.CharField(label="Nơi cư trú", max_length=300)
    channel = forms.ChoiceField(
        label="Hồ sơ đến qua",
        choices=[
            (Channel.DIRECT.value, "Trực tiếp tại quầy"),
            (Channel.POSTAL.value, "Bưu chính công ích"),
        ],
        widget=forms.RadioSelect,
        initial=Channel.DIRECT.value,
    )

    def clean_personal_id(self) -> str:
        number = clean_personal_id(self.cleaned_data["personal_id"])
        refusal = check_personal_id(number) if number else None
        if refusal is not None:
            raise forms.ValidationError(sentence_of(refusal.code, refusal.facts).says)
        return number


class LegForm(Form):
    """A reason, or the number and day of a letter."""

    note = forms.CharField(label="Ghi rõ", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper as the page draws it, with what was typed."""

    asked: AskedPaper
    is_there: bool
    originals: str
    copies: str
    error: str = ""

    @property
    def name(self) -> str:
        return f"paper-{self.asked.key}"


def read_papers(asked: Sequence[AskedPaper], data: QueryDict | None) -> list[PaperLine]:
    """Return what was ticked and counted; "everything is there" ticks every required paper."""
    everything = bool(data and data.get("all-papers"))
    return [_line(paper, data, everything=everything) for paper in asked]


def _line(paper: AskedPaper, data: QueryDict | None, *, everything: bool) -> PaperLine:
    if data is None:
        return PaperLine(paper, False, str(paper.originals), str(paper.copies))
    name = f"paper-{paper.key}"
    is_there = bool(data.get(name)) or (everything and paper.is_required)
    originals, copies = data.get(f"{name}-originals", ""), data.get(f"{name}-copies", "")
    error = ""
    if paper.is_required and not is_there:
        error = "Giấy tờ này chưa có."
    elif is_there and not (count_of(originals) or count_of(copies)):
        error = "Chưa có số bản chính hoặc bản sao."
    return PaperLine(paper, is_there, originals, copies, error)


def count_of(text: str) -> int:
    """Return a count as typed; nonsense is none."""
    return min(int(text), MOST) if text.strip().isdecimal() else 0
