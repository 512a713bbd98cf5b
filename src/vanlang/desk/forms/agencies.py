"""Administration of agencies: units, officers, reorganizations, days off, office hours."""

from __future__ import annotations

from typing import Any

from django import forms
from typing_extensions import override

from vanlang.calendars.api import DayKind, DayStatus
from vanlang.identity.api import ROLE_LABELS, Role
from vanlang.organizations.api import AgencyKind, UnitKind
from vanlang.ui.forms import Form

UNIT_KINDS = {
    UnitKind.COUNTER: "Bộ phận Một cửa",
    UnitKind.SPECIALIST: "Chuyên môn",
    UnitKind.LEADERSHIP: "Lãnh đạo",
    UnitKind.REGISTRY: "Văn thư",
}
AGENCY_KINDS = {
    AgencyKind.PROVINCE: "UBND tỉnh",
    AgencyKind.DEPARTMENT: "Sở, ban, ngành",
    AgencyKind.COMMUNE: "Xã, phường, đặc khu",
    AgencyKind.OTHER: "Khác",
}
DAY_KINDS = {
    DayKind.OFF: "Nghỉ cả ngày",
    DayKind.OFF_MORNING: "Nghỉ buổi sáng",
    DayKind.OFF_AFTERNOON: "Nghỉ buổi chiều",
    DayKind.MAKE_UP: "Làm bù",
}
DAY_STATUSES = {DayStatus.DECREED: "Đã công bố", DayStatus.FORECAST: "Dự kiến"}


class UnitForm(Form):
    prefix = "u"

    name = forms.CharField(label="Tên đơn vị", max_length=200)
    kind = forms.ChoiceField(label="Loại", choices=[(kind.value, text) for kind, text in UNIT_KINDS.items()])


class AppointForm(Form):
    prefix = "o"

    username = forms.SlugField(label="Tên đăng nhập", max_length=60)
    full_name = forms.CharField(label="Họ và tên", max_length=150)
    title = forms.CharField(label="Chức danh", max_length=150)
    unit = forms.TypedChoiceField(label="Đơn vị", coerce=int)
    roles = forms.MultipleChoiceField(
        label="Vai trò",
        choices=[(role.value, ROLE_LABELS[role]) for role in Role],
        widget=forms.CheckboxSelectMultiple,
    )
    valid_from = forms.DateField(label="Từ ngày")

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined] # a choice field


class AgencyForm(Form):
    prefix = "a"

    code = forms.CharField(
        label="Mã định danh", max_length=35, help_text="Theo danh mục mã định danh: H44.180"
    )
    kind = forms.ChoiceField(
        label="Loại", choices=[(kind.value, text) for kind, text in AGENCY_KINDS.items()]
    )
    name = forms.CharField(label="Tên đầy đủ", max_length=250)
    short_name = forms.CharField(label="Tên ngắn", max_length=150)
    address = forms.CharField(label="Địa chỉ", max_length=300, required=False)
    valid_from = forms.DateField(label="Hoạt động từ ngày")


class ReorganizeForm(Form):
    """Rename one agency, merge several into one, or split one into several, by a decision, from a day on."""

    prefix = "r"

    act = forms.ChoiceField(
        label="Việc",
        choices=[("rename", "Đổi tên"), ("merge", "Sáp nhập"), ("split", "Chia tách")],
        widget=forms.RadioSelect,
        initial="rename",
    )
    codes = forms.CharField(
        label="Mã cơ quan hiện nay", help_text="Sáp nhập: các mã cách nhau bằng dấu phẩy.", max_length=400
    )
    into = forms.CharField(
        label="Cơ quan từ ngày đó",
        help_text="Mỗi dòng: mã | tên đầy đủ | tên ngắn | địa chỉ. Chia tách: nhiều dòng.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    decision = forms.CharField(label="Quyết định, nghị quyết", max_length=300)
    effective_on = forms.DateField(label="Có hiệu lực từ ngày")

    def clean_into(self) -> list[tuple[str, str, str, str]]:
        rows = []
        for line in str(self.cleaned_data["into"]).splitlines():
            if line.strip():
                parts = [part.strip() for part in line.split("|")] + ["", ""]
                if not parts[0] or not parts[1]:
                    message = "Mỗi dòng cần mã và tên, cách nhau bằng dấu “|”."
                    raise forms.ValidationError(message)
                rows.append((parts[0], parts[1], parts[2] or parts[1], parts[3]))
        return rows

    @property
    def code_list(self) -> list[str]:
        return [code.strip() for code in str(self.cleaned_data["codes"]).split(",") if code.strip()]


class DayForm(Form):
    prefix = "d"

    on = forms.DateField(label="Ngày")
    kind = forms.ChoiceField(label="Là", choices=[(kind.value, text) for kind, text in DAY_KINDS.items()])
    name = forms.CharField(label="Tên gọi", max_length=200)
    status = forms.ChoiceField(
        label="Căn cứ", choices=[(status.value, text) for status, text in DAY_STATUSES.items()]
    )
    source = forms.CharField(label="Văn bản", max_length=300)
    make_up_for = forms.DateField(label="Làm bù cho ngày", required=False)

    @override
    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if (told.get("kind") == DayKind.MAKE_UP.value) != bool(told.get("make_up_for")):
            self.add_error("make_up_for", "Ngày làm bù, và chỉ ngày làm bù, phải ghi bù cho ngày nào.")
        return told


class HoursForm(Form):
    prefix = "h"

    morning_opens = forms.TimeField(label="Sáng từ")
    morning_closes = forms.TimeField(label="đến")
    afternoon_opens = forms.TimeField(label="Chiều từ")
    afternoon_closes = forms.TimeField(label="đến")
    saturday = forms.BooleanField(label="Làm việc sáng thứ Bảy", required=False)
    from_on = forms.DateField(label="Áp dụng từ ngày")
    source = forms.CharField(label="Văn bản", max_length=300)

    @override
    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        order = [
            told.get(name)
            for name in ("morning_opens", "morning_closes", "afternoon_opens", "afternoon_closes")
        ]
        known = [one for one in order if one is not None]
        if len(known) == 4 and known != sorted(set(known)):
            self.add_error("morning_opens", "Giờ làm việc phải theo thứ tự: sáng từ, đến, chiều từ, đến.")
        return told
