"""Editing a procedure: steps with shares that sum to 100 %, fees, answers to open questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from vanlang.catalogue.api import (
    CHANNELS,
    FEE_KINDS,
    STEP_ROLES,
    UNITS,
    WHOLE,
    Channel,
    FeeKind,
    LimitUnit,
    PaperKind,
    StepRole,
)
from vanlang.ui.forms import Form

SPARE = 2
"""Empty lines at the end, for what is added."""


class DatedForm(Form):
    """From when the change holds."""

    valid_from = forms.DateField(label="Áp dụng từ ngày")
    step = forms.ChoiceField(choices=[("xem", "xem"), ("ban-hanh", "ban-hanh")], initial="xem")


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step as it is typed."""

    number: int
    order: str
    name: str
    role: str
    share: str
    phase: str = "1"
    error: str = ""


def step_lines(steps: Sequence[tuple[str, str, int, int]]) -> list[StepLine]:
    """Return the lines of the editor for steps of (name, role, percentage, phase), with spare ones."""
    lines = [
        StepLine(index, str(index + 1), name, role, str(share), str(phase))
        for index, (name, role, share, phase) in enumerate(steps)
    ]
    return lines + [StepLine(len(lines) + spare, "", "", "", "") for spare in range(SPARE)]


def read_steps(data: Mapping[str, Any]) -> list[StepLine]:
    """Return the lines as typed, in the order that was typed; a line without a name is left out."""
    lines = []
    for number in range(40):
        name = str(data.get(f"name-{number}", "")).strip()
        if name:
            lines.append(
                StepLine(
                    number,
                    str(data.get(f"order-{number}", "")),
                    name,
                    str(data.get(f"role-{number}", "")),
                    str(data.get(f"share-{number}", "")).strip(" %"),
                    str(data.get(f"phase-{number}", "")).strip() or "1",
                )
            )
    return sorted(lines, key=lambda line: (_number(line.order, 999), line.number))


def wrong_steps(lines: Sequence[StepLine]) -> str:
    """Return what is wrong with the steps in a sentence, or nothing."""
    if any(line.role not in {role.value for role in StepRole} for line in lines):
        return "Hãy chọn vai trò cho từng bước."
    if any(not line.share.isdecimal() for line in lines):
        return "Hãy ghi tỷ lệ thời gian của từng bước bằng số nguyên phần trăm."
    if any(not line.phase.isdecimal() for line in lines):
        return "Hãy ghi giai đoạn của từng bước bằng số: 1, 2, …"
    total = sum(int(line.share) for line in lines)
    if total != WHOLE:
        return f"Tỷ lệ thời gian các bước cộng lại là {total} %, phải đúng 100 %."
    return ""


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One fee as it is typed."""

    number: int
    name: str
    kind: str
    amount: str
    per: str
    channel: str
    basis: str


def read_fees(data: Mapping[str, Any]) -> list[FeeLine]:
    """Return the fees as typed; a line without an amount is left out."""
    lines = []
    for number in range(20):
        amount = str(data.get(f"amount-{number}", "")).replace(".", "").strip()
        if amount:
            lines.append(
                FeeLine(
                    number=number,
                    name=_text(data, "name", number),
                    kind=_text(data, "kind", number),
                    amount=amount,
                    per=_text(data, "per", number),
                    channel=_text(data, "channel", number),
                    basis=_text(data, "basis", number),
                )
            )
    return lines


def wrong_fees(lines: Sequence[FeeLine]) -> str:
    """Return what is wrong with the fees in a sentence, or nothing."""
    if not lines:
        return "Hãy ghi ít nhất một mức; không thu thì ghi 0 và nêu căn cứ."
    if any(not line.amount.isdecimal() for line in lines):
        return "Hãy ghi mức thu bằng số đồng, ví dụ 8000."
    if any(not line.basis for line in lines):
        return "Hãy ghi căn cứ của từng mức thu."
    return ""


ROLE_CHOICES = [(role.value, STEP_ROLES[role]) for role in StepRole]
FEE_KIND_CHOICES = [(kind.value, FEE_KINDS[kind]) for kind in FeeKind]
CHANNEL_CHOICES = [("", "Mọi kênh"), *((channel.value, CHANNELS[channel]) for channel in Channel)]


# ---- answers to open questions -------------------------------------------------------------------


class LimitAnswer(Form):
    amount = forms.DecimalField(
        label="Thời hạn", min_value=0, max_value=1000, help_text="0 ngày làm việc: trong ngày."
    )
    unit = forms.ChoiceField(label="Đơn vị", choices=[(unit.value, UNITS[unit]) for unit in LimitUnit])
    channels = forms.MultipleChoiceField(
        label="Kênh nộp",
        choices=[(channel.value, CHANNELS[channel]) for channel in Channel],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Không đánh dấu kênh nào: đúng các kênh được hỏi.",
    )

    def value(self) -> dict[str, object]:
        told = self.cleaned_data
        return {"amount": str(told["amount"]), "unit": told["unit"], "channels": told["channels"]}


class FeeAnswer(Form):
    amount_vnd = forms.IntegerField(label="Mức thu (đồng)", min_value=0, help_text="Không thu: 0.")
    kind = forms.ChoiceField(label="Loại", choices=FEE_KIND_CHOICES)
    per = forms.CharField(
        label="Tính theo", required=False, max_length=40, help_text="bản, trang, trường hợp"
    )
    name = forms.CharField(label="Tên khoản thu", required=False, max_length=200)
    basis = forms.CharField(label="Căn cứ", max_length=500)

    def value(self) -> dict[str, object]:
        return {"fees": [dict(self.cleaned_data)]}


class PaperAnswer(Form):
    kind = forms.ChoiceField(
        label="Dòng này là",
        choices=[
            (PaperKind.PAPER.value, "Giấy tờ phải nộp"),
            (PaperKind.FORM.value, "Biểu mẫu phải khai"),
            (PaperKind.PRESENT.value, "Giấy tờ xuất trình"),
            (PaperKind.NOTE.value, "Ghi chú, không phải giấy tờ"),
        ],
    )
    originals = forms.IntegerField(label="Số bản chính", min_value=0, max_value=20, initial=1)
    copies = forms.IntegerField(label="Số bản sao", min_value=0, max_value=20, initial=0)

    def value(self) -> dict[str, object]:
        return dict(self.cleaned_data)


class PapersAnswer(Form):
    papers = forms.CharField(
        label="Giấy tờ",
        help_text="Mỗi dòng một giấy tờ, nộp một bản chính.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def value(self) -> dict[str, object]:
        names = [line.strip() for line in self.cleaned_data["papers"].splitlines() if line.strip()]
        return {"papers": [{"name": name, "originals": 1, "copies": 0} for name in names]}


class HeadingAnswer(Form):
    reads_as = forms.ChoiceField(
        label="Dòng này là",
        choices=[
            ("section", "Tiêu đề nhóm giấy tờ"),
            ("condition", "Điều kiện: chỉ nộp khi"),
            ("case", "Một trường hợp riêng"),
        ],
        widget=forms.RadioSelect,
    )

    def value(self) -> dict[str, object]:
        return dict(self.cleaned_data)


class NameAnswer(Form):
    name = forms.CharField(label="Tên biểu mẫu", max_length=500)

    def value(self) -> dict[str, object]:
        return {"name": self.cleaned_data["name"], "form_files": []}


class SeenAnswer(Form):
    """Nothing to say but that it was seen: the source changed."""

    def value(self) -> dict[str, object]:
        return {}


Answer = LimitAnswer | FeeAnswer | PaperAnswer | PapersAnswer | HeadingAnswer | NameAnswer | SeenAnswer


def answer_form(reason: str, data: Mapping[str, Any] | None = None) -> Answer:
    """Return the form that takes the answer to a question of this kind."""
    if reason.startswith("limit"):
        return LimitAnswer(data, initial={"unit": LimitUnit.WORKING_DAY.value})
    if reason.startswith("fee"):
        return FeeAnswer(data)
    special: dict[str, type[Answer]] = {
        "papers_missing": PapersAnswer,
        "group_unclear": HeadingAnswer,
        "form_name_unclear": NameAnswer,
        "source_changed": SeenAnswer,
    }
    return special.get(reason, PaperAnswer)(data)


def _text(data: Mapping[str, Any], field: str, number: int) -> str:
    return str(data.get(f"{field}-{number}", "")).strip()


def _number(text: str, default: int) -> int:
    return int(text) if text.strip().isdecimal() else default
