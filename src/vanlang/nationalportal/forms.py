"""What is typed about whose a dossier is."""

from __future__ import annotations

from django import forms

from vanlang.nationalportal.types import ClaimState
from vanlang.ui.forms import Form

DAY = "Ngày/tháng/năm, ví dụ 01/12/2026."


class RouteForm(Form):
    procedure = forms.CharField(label="Mã thủ tục", max_length=40, help_text="Ví dụ 1.001193.")
    agency = forms.CharField(label="Mã cơ quan", max_length=35, help_text="Ví dụ H44.100.")
    system = forms.CharField(
        label="Mã hệ thống xử lý", max_length=60, help_text="Đúng như Cổng quốc gia ghi ở “nguồn cập nhật”."
    )
    system_name = forms.CharField(label="Tên hệ thống", max_length=200)
    address = forms.URLField(
        label="Địa chỉ để người dân theo dõi", max_length=300, required=False, assume_scheme="https"
    )
    valid_from = forms.DateField(label="Có hiệu lực từ ngày", help_text=DAY)
    valid_to = forms.DateField(
        label="Hết hiệu lực từ ngày", required=False, help_text=f"{DAY} Để trống khi chưa ấn định."
    )
    decision = forms.CharField(label="Văn bản làm căn cứ", max_length=300)


class EndRouteForm(Form):
    ended_on = forms.DateField(label="Tỉnh xử lý lại từ ngày", help_text=DAY)


class ClaimForm(Form):
    state = forms.ChoiceField(
        label="Sau khi đối chiếu",
        choices=[
            (ClaimState.DISMISSED.value, "Giữ như hiện nay, đã báo bên kia"),
            (ClaimState.GIVEN.value, "Hồ sơ thuộc hệ thống kia, ở đây đã dừng"),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Đã đối chiếu gì", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Không ghi tên hay số định danh của công dân.",
    )  # fmt: skip


class FeedForm(Form):
    valid_from = forms.DateField(
        label="Có hiệu lực ở tỉnh từ ngày", help_text=f"{DAY} Hồ sơ nhận trước ngày này giữ phiên bản cũ."
    )
