from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from vanlang.teamwork.types import Destination, Source, SourceKind
from vanlang.ui.forms import Form
from vanlang.ui.types import Choice


class TransferForm(Form):
    """From whom, to whom, why."""

    source_word = forms.ChoiceField(label="Bàn giao hồ sơ của")
    specialist = forms.ChoiceField(
        label="Người nhận việc đang xử lý",
        help_text="Nhận các hồ sơ đang thẩm định, chờ bổ sung, chờ ý kiến. Không giao đích danh thì hồ sơ đang thẩm định về khay chung.",
        required=False,
    )
    unit = forms.ChoiceField(label="Khay nhận", help_text="Cho hồ sơ chưa ai nhận xử lý.", required=False)
    leader = forms.ChoiceField(
        label="Lãnh đạo nhận hồ sơ đã trình",
        help_text="Cho hồ sơ đang nằm đích danh ở lãnh đạo đi.",
        required=False,
    )
    reason = forms.CharField(
        label="Lý do", max_length=300, help_text="Ghi vào quá trình xử lý của từng hồ sơ."
    )
    decision = forms.CharField(label="Số quyết định", max_length=100, required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        sources: Sequence[Choice],
        specialists: Sequence[Choice],
        units: Sequence[Choice],
        leaders: Sequence[Choice],
    ) -> None:
        super().__init__(data)
        for name, choices in (
            ("source_word", sources),
            ("specialist", specialists),
            ("unit", units),
            ("leader", leaders),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = [(one.value, one.text) for one in choices]

    def source(self) -> Source:
        kind, _, key = self.cleaned_data["source_word"].partition(":")
        return Source(kind=SourceKind(kind), id=int(key))

    def destination(self, agency_id: int) -> Destination:
        """Return to whom it goes, at the officer's own agency."""
        values = {
            name: int(value) if (value := self.cleaned_data[name]) else None
            for name in ("unit", "specialist", "leader")
        }
        return Destination(
            agency_id=agency_id,
            unit_id=values["unit"],
            officer_id=values["specialist"],
            leader_id=values["leader"],
        )
