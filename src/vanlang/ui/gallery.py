"""
Every component on two pages, one as a citizen sees it and one as an officer does. For developers; not in production.

The names on them are the cast's. Nothing here reads the database.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from vanlang.kernel.clock import VIETNAM
from vanlang.ui import errors
from vanlang.ui.forms import Form
from vanlang.ui.rendering import paginate, redirect_after_post, render_page, render_part
from vanlang.ui.types import Link, LinkGroup, PersonCard

View = Callable[..., HttpResponse]


class SampleForm(Form):
    """One field of each kind."""

    full_name = forms.CharField(label="Họ, chữ đệm và tên", help_text="Viết như trên thẻ căn cước.")
    personal_id = forms.CharField(
        label="Số định danh cá nhân", widget=forms.TextInput({"inputmode": "numeric"})
    )
    born_on = forms.DateField(label="Ngày sinh", help_text="Ngày/tháng/năm, ví dụ 22/11/1990")
    email = forms.EmailField(label="Thư điện tử", required=False)
    commune = forms.ChoiceField(
        label="Xã, phường", choices=[("", "Chọn xã, phường"), ("1", "Phường Việt Trì"), ("2", "Xã Hùng Sơn")]
    )
    way = forms.ChoiceField(
        label="Cách nhận kết quả",
        widget=forms.RadioSelect,
        choices=[("counter", "Tại bộ phận Một cửa"), ("post", "Qua bưu chính"), ("online", "Bản điện tử")],
    )
    papers = forms.MultipleChoiceField(
        label="Giấy tờ kèm theo",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("1", "Giấy chứng sinh"), ("2", "Giấy chứng nhận kết hôn")],
    )
    reason = forms.CharField(label="Nội dung đề nghị", widget=forms.Textarea({"rows": 3}), max_length=500)
    scan = forms.FileField(
        label="Bản chụp", required=False, widget=forms.ClearableFileInput({"accept": ".pdf,.jpg"})
    )
    agreed = forms.BooleanField(label="Tôi cam đoan các nội dung khai trên là đúng sự thật")


class SampleShell:
    """A frame with somebody in it: what `shell.Shell` gives when apps have registered."""

    province = "Tỉnh Phú Thọ"
    home_url = "/_gallery/"
    desk_url = "/_gallery/can-bo/"
    search_url = "/_gallery/can-bo/"
    sign_in_url = "/dang-nhap/"
    sign_out_url = "/_gallery/phan/"
    sandbox = True
    citizen_links = (
        Link("Thủ tục hành chính", "/_gallery/", current=True),
        Link("Hồ sơ của tôi", "/_gallery/can-bo/"),
        Link("Tra cứu hồ sơ", "#tra-cuu"),
        Link("Cơ quan và địa chỉ", "#co-quan"),
    )
    footer_links = (Link("Điều khoản sử dụng", "#dieu-khoan"), Link("Khả năng tiếp cận", "#tiep-can"))
    officer_groups = (
        LinkGroup(
            "",
            (
                Link("Bàn làm việc", "/_gallery/can-bo/", current=True, icon="home"),
                Link("Tiếp nhận", "#tiep-nhan", icon="plus"),
                Link("Hồ sơ chờ xử lý", "#cho", icon="folder", count=27),
                Link("Chờ ký", "#ky", icon="sign", count=4),
            ),
        ),
        LinkGroup(
            "Văn bản", (Link("Văn bản đi", "#di", icon="file"), Link("Sổ văn bản", "#so", icon="stamp"))
        ),
        LinkGroup(
            "Quản trị", (Link("Danh mục thủ tục", "#dm", icon="scales"), Link("Cán bộ", "#cb", icon="people"))
        ),
    )

    def __init__(self, person: PersonCard | None) -> None:
        self.person = person


def _only_in_demo(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.VANLANG_DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def _context(request: HttpRequest, person: PersonCard | None) -> dict[str, object]:
    bad = SampleForm(
        {"full_name": "", "personal_id": "025190001234", "born_on": "31/02/1990", "email": "lan@"}
    )
    at = dt.datetime(2026, 11, 23, 9, 12, tzinfo=VIETNAM)
    return {
        "shell": SampleShell(person),
        "form": SampleForm(initial={"full_name": "Nguyễn Thị Lan", "way": "counter"}),
        "bad_form": bad,
        "at": at,
        "day": at.date(),
        "amount": 15_000,
        "page": paginate(request, range(1, 2154), per_page=30),
        "facts": [
            ("Mã hồ sơ", "H44.100-261123-0007"),
            ("Người nộp", "Nguyễn Thị Lan"),
            ("Cơ quan giải quyết", "Ủy ban nhân dân phường Việt Trì"),
            ("Lệ phí", "Không thu"),
        ],
        "rows": ROWS,
    }


ROWS = (
    ("H44.100-261118-0003", "Đăng ký lại khai sinh", "Trần Văn Đức", "Quá hạn 1 ngày", "danger", dt.date(2026, 11, 20)),
    ("H44.100-261120-0012", "Cấp bản sao trích lục hộ tịch", "Nguyễn Thị Lan", "Hết hạn hôm nay", "warning", dt.date(2026, 11, 23)),
    ("H44.100-261123-0007", "Đăng ký khai sinh có yếu tố nước ngoài tại khu vực biên giới", "Phạm Quỳnh Như", "Còn 3 ngày làm việc", "neutral", dt.date(2026, 11, 26)),
)  # fmt: skip


@_only_in_demo
def citizen(request: HttpRequest) -> HttpResponse:
    """Show every component as a citizen sees it."""
    return render_page(request, "ui/gallery.html", _context(request, PersonCard("Nguyễn Thị Lan")))


@_only_in_demo
def officer(request: HttpRequest) -> HttpResponse:
    """Show every component as an officer sees it."""
    person = PersonCard("Trần Mạnh Hùng", "Tiếp nhận · UBND phường Việt Trì")
    return render_page(request, "ui/gallery_officer.html", _context(request, person))


@_only_in_demo
def error(request: HttpRequest, status: int) -> HttpResponse:
    """Show the error page of a status."""
    return errors.plain(request, status)


@_only_in_demo
def part(request: HttpRequest) -> HttpResponse:
    """Show how a part is swapped, how what happened is announced, and how a page is left after a change."""
    if request.method == "POST" and request.POST.get("word"):
        return redirect_after_post(request, request.path)
    context = {**_context(request, None), "asked": request.method == "POST"}
    status = 422 if request.method == "POST" else 200
    return render_part(
        request, "ui/gallery_part.html", "sample", context, status=status, announce="Chưa gửi được."
    )
