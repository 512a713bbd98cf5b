"""What the portal holds, for people who look: plain pages under the sandbox's mark."""

from __future__ import annotations

from markupsafe import Markup, escape
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from sandbox.identity_provider.pages import page
from sandbox.national_portal.pushing import Pusher
from sandbox.national_portal.shelf import Shelf

MARK = "không phải Cổng Dịch vụ công quốc gia"
STATES = {
    "1": "Mới đăng ký",
    "2": "Được tiếp nhận",
    "3": "Không được tiếp nhận",
    "4": "Đang xử lý",
    "5": "Yêu cầu bổ sung giấy tờ",
    "6": "Yêu cầu thực hiện nghĩa vụ tài chính",
    "7": "Công dân yêu cầu rút hồ sơ",
    "8": "Dừng xử lý",
    "9": "Đã xử lý xong",
    "10": "Đã trả kết quả",
}
PUSHES = {
    "waiting": "chờ gửi",
    "held": "bị giữ lại",
    "taken": "tỉnh đã nhận",
    "refused": "tỉnh từ chối",
    "lost": "bị mất",
}
SHOWN = 100


def front(shelf: Shelf, pusher: Pusher) -> Response:
    """List the newest dossiers and the newest pushes."""
    dossiers = Markup("").join(
        Markup('<li><a href="/ho-so/{0}">{0}</a>: {1}, {2}</li>').format(
            one.record.get("MaHoSo", ""), _state(one.record.get("TrangThaiHoSo")), one.source
        )
        for one in shelf.newest(SHOWN)
    )
    pushes = Markup("").join(
        Markup("<li>{} {}: {} {}</li>").format(
            one["service"], one["stream"], PUSHES.get(str(one["state"]), one["state"]), one["answer"]
        )
        for one in reversed(pusher.listed()[-SHOWN:])
    )
    body = Markup(
        "<p>Đang giữ {} hồ sơ. Dưới đây là những hồ sơ mới nhất.</p><ul>{}</ul><h2>Đã đẩy về tỉnh</h2><ul>{}</ul>"
    ).format(shelf.count(), dossiers or _none(), pushes or _none())
    return page("Cổng quốc gia thử nghiệm", body, mark=MARK)


def dossier(shelf: Shelf, code: str) -> Response:
    """Show what was told of one dossier, every field of it."""
    entries = shelf.find(code)
    if not entries:
        raise NotFound
    fields = Markup("").join(
        Markup("<li>{}: {}</li>").format(name, _words(value))
        for one in entries
        for name, value in sorted(one.record.items())
    )
    steps = Markup("").join(
        Markup("<li>{} {} – {}: {}</li>").format(
            row.get("ThoiDiemXuLy", ""),
            row.get("NguoiXuLy", ""),
            _state(row.get("TrangThai")),
            row.get("NoiDungXuLy", ""),
        )
        for row in shelf.progress(code)
    )
    body = Markup("<ul>{}</ul><h2>Tiến độ</h2><ul>{}</ul>").format(fields, steps or _none())
    return page(f"Hồ sơ {code}", body, mark=MARK)


def _words(value: object) -> Markup:
    """Return a field as it is read: a list as a list, row by row."""
    if not isinstance(value, list):
        return escape(str(value))
    rows = [
        "; ".join(f"{name}: {told}" for name, told in row.items()) if isinstance(row, dict) else str(row)
        for row in value
    ]
    return Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(row) for row in rows))


def _state(code: object) -> str:
    return STATES.get(str(code), str(code))


def _none() -> Markup:
    return Markup("<li>Chưa có gì.</li>")
