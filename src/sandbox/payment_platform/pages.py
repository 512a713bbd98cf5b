"""The payer's pages: plain HTML, no script, marked on top as a sandbox."""

from __future__ import annotations

from markupsafe import Markup
from werkzeug.wrappers import Response

from sandbox.identity_provider.pages import page
from sandbox.payment_platform.till import Order, Taken

MARK = "không thu tiền thật"

_ASK = Markup("""<p>Thanh toán cho <strong>{agency}</strong>, hồ sơ {dossier}.</p>
<dl><dt>Người nộp</dt><dd>{payer}</dd>{lines}<dt>Tổng cộng</dt><dd><strong>{total}</strong></dd></dl>
<form method="post" action="/pay/{token}">
<p class="deeds"><button type="submit" name="deed" value="pay">Thanh toán</button>
<button type="submit" name="deed" value="cancel" class="quiet">Hủy</button></p>
</form>""")
_BACK = Markup('<p><a href="{}">Quay về cổng dịch vụ</a></p>')


def money(vnd: int) -> str:
    """Return an amount as people write it."""
    return f"{vnd:,}".replace(",", ".") + " đồng"


def ask_page(order: Order) -> Response:
    """Ask the payer."""
    told = _bill_of(order)
    fees = told.get("PhiLePhi")
    lines = Markup("").join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(line.get("TenPhiLePhi", ""), money(int(line["SoTien"])))
        for line in (fees if isinstance(fees, list) else [])
    )
    body = _ASK.format(
        agency=told.get("TenDonVi", ""),
        dossier=told.get("MaHoSo", ""),
        payer=told.get("HoTenNguoiNop", ""),
        lines=lines,
        total=money(order.vnd),
        token=order.token,
    )
    return page("Thanh toán thử nghiệm", body, mark=MARK)


def done_page(order: Order, outcome: Taken) -> Response:
    """Say what became of the payment, and lead back."""
    if outcome.kind == "failed":
        body = Markup("<p>Khoản thanh toán đã hủy. Không có tiền nào bị trừ.</p>")
    else:
        body = Markup("<p>Đã thanh toán {}. Mã giao dịch {}.</p>").format(money(outcome.vnd), outcome.id)
    if order.return_url:
        body += _BACK.format(order.return_url)
    return page("Kết quả thanh toán", body, mark=MARK)


def bill_page(order: Order, outcome: Taken) -> Response:
    """Show the platform's own receipt."""
    told = _bill_of(order)
    body = Markup(
        "<dl><dt>Mã giao dịch</dt><dd>{}</dd><dt>Đơn vị</dt><dd>{}</dd><dt>Người nộp</dt><dd>{}</dd><dt>Số tiền</dt><dd>{}</dd></dl>"
    )
    shown = body.format(
        outcome.id, told.get("TenDonVi", ""), told.get("HoTenNguoiNop", ""), money(outcome.vnd)
    )
    return page("Biên lai thử nghiệm", shown, mark=MARK)


def front_page(count: int) -> Response:
    """Say what this server is, to whoever opens its address."""
    body = Markup(
        "<p>Máy chủ này đóng vai nền tảng thanh toán khi thử nghiệm. Việc thanh toán bắt đầu từ cổng dịch vụ.</p><p>Đã ghi nhận {} giao dịch.</p>"
    )
    return page("Thanh toán thử nghiệm", body.format(count), mark=MARK)


def _bill_of(order: Order) -> dict[str, object]:
    told = order.message.get("ThongTinBienLai")
    return told if isinstance(told, dict) else {}
