"""Asking for everything that is missing at once, and taking the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from vanlang.desk.forms.acts import ActForm
from vanlang.dossiers.api import AGAIN_GROUNDS, Again, AgainGround, ItemKind, SupplementCard, SupplementItem
from vanlang.ui.types import FieldView

OTHERS = 2
"""How many papers that the procedure does not name can be asked for on one page."""


@dataclass(frozen=True, slots=True)
class Askable:
    """Something that can be asked for: a paper of the procedure or a field of its form."""

    kind: ItemKind
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class AskRow:
    """One line of the page: tick, and say what is wrong."""

    name: str
    item: Askable
    ticked: bool
    reason: FieldView
    label: FieldView | None = None
    """Set for a line whose name is typed too."""


class SupplementForm(ActForm):
    """Lines are read by name (`ask-…`, `why-…`, `what-…`); what is not ticked is not asked for."""

    note = forms.CharField(
        label="Lời nhắn chung", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    answer_by_on = forms.DateField(label="Đề nghị bổ sung trước ngày", required=False)
    again_ground = forms.ChoiceField(
        label="Vì sao không yêu cầu ngay từ lần trước",
        choices=[(ground.value, text) for ground, text in AGAIN_GROUNDS.items()],
        widget=forms.RadioSelect,
    )
    again_reason = forms.CharField(
        label="Giải thích",
        help_text="Lãnh đạo và người nộp đọc được.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, askables: Sequence[Askable], again: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.askables = tuple(askables)
        if not again:
            del self.fields["again_ground"], self.fields["again_reason"]

    @property
    def rows(self) -> list[AskRow]:
        """The lines as the page draws them, with what was typed."""
        return [self._row(index, item) for index, item in enumerate(self.askables)]

    @property
    def other_rows(self) -> list[AskRow]:
        others = (Askable(ItemKind.DOCUMENT, f"other-{number}", "") for number in range(1, OTHERS + 1))
        return [self._row(100 + number, item, named=True) for number, item in enumerate(others)]

    def again(self) -> Again | None:
        """Return why the citizen is asked once more; None for the first time."""
        if "again_ground" not in self.fields:
            return None
        return Again(AgainGround(self.cleaned_data["again_ground"]), self.cleaned_data["again_reason"])

    def items(self) -> list[SupplementItem]:
        """Return what is asked for."""
        return [
            SupplementItem(
                row.item.kind,
                row.item.key,
                row.item.label or (row.label.value if row.label else ""),
                row.reason.value,
            )
            for row in [*self.rows, *self.other_rows]
            if row.ticked or (row.label is not None and row.label.value)
        ]

    def _row(self, index: int, item: Askable, *, named: bool = False) -> AskRow:
        typed = self._typed(f"why-{index}")
        return AskRow(
            name=f"ask-{index}",
            item=item,
            ticked=bool(self._typed(f"ask-{index}")),
            reason=FieldView(
                name=f"why-{index}", label=f"Thiếu hoặc sai ở đâu: {item.label or 'giấy tờ khác'}", value=typed,
                required=False,
            ),
            label=FieldView(
                name=f"what-{index}", label="Giấy tờ khác", value=self._typed(f"what-{index}"), required=False
            )
            if named
            else None,
        )  # fmt: skip

    def _typed(self, name: str) -> str:
        return str((self.data or self.initial).get(name, "")).strip()


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One asked item and the field that takes its answer."""

    label: str
    reason: str
    before: str
    is_paper: bool
    name: str
    value: str


class AnswerForm(ActForm):
    """Answers to one supplement request, given at the counter: a value for a field, a scan or the paper itself."""

    note = forms.CharField(
        label="Ghi chú", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, request: SupplementCard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    @property
    def rows(self) -> list[AnswerRow]:
        return [
            AnswerRow(
                label=item.label,
                reason=item.reason,
                before="" if item.before is None else str(item.before),
                is_paper=item.kind is ItemKind.DOCUMENT,
                name=f"answer-{index}",
                value=str(self.data.get(f"answer-{index}", "")),
            )
            for index, item in enumerate(self.request.items)
        ]
