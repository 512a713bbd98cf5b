from __future__ import annotations

from vanlang.kernel.labels import Sentence
from vanlang.printing.cards import PrinterCard
from vanlang.printing.rules.stocks import Size, Stock

STOCKS = {
    Stock.LABEL: "Nhãn hồ sơ 50 × 30 mm (cuộn)",
    Stock.LABEL_SHEET: "Nhãn 70 × 37 mm (tờ A4, 24 nhãn)",
    Stock.ROLL_58: "Phiếu nhiệt 58 mm",
    Stock.ROLL_80: "Phiếu nhiệt 80 mm",
    Stock.A5: "Phiếu A5",
}
SENTENCES = {
    "printing.empty": Sentence("Mẫu đang trống.", "Hãy ghi ít nhất một dòng có {mã hồ sơ}."),
    "printing.too_long": Sentence(
        "Mẫu có quá nhiều dòng.", "Hãy rút xuống còn nhiều nhất %(most)s dòng để vừa khổ giấy."
    ),
    "printing.brace_open": Sentence(
        "Có dấu ngoặc nhọn chưa đóng hoặc thừa ở dòng “%(line)s”.", "Hãy viết mỗi trường trong một cặp { }."
    ),
    "printing.field_unknown": Sentence(
        "Mẫu dùng trường “%(field)s” không có trong danh sách.",
        "Hãy chọn đúng tên trường trong danh sách bên cạnh; mẫu cũ vẫn được dùng.",
    ),
    "printing.field_missing": Sentence(
        "Mẫu thiếu trường bắt buộc “%(field)s”.", "Hãy thêm trường này vào mẫu; mẫu cũ vẫn được dùng."
    ),
    "printing.no_printer": Sentence(
        "Không tìm thấy máy in này.", "Hãy chọn lại máy in trong danh sách của cơ quan."
    ),
    "printing.nothing_to_print": Sentence(
        "Chưa có hồ sơ nào để in nhãn.", "Hãy chọn hồ sơ đã được cấp mã rồi in."
    ),
    "printing.too_many": Sentence(
        "Một lần in nhiều nhất %(most)s nhãn.",
        "Hãy chọn ít hồ sơ hơn, hoặc in ít bản hơn, rồi in tiếp phần còn lại.",
    ),
    "printing.offset_unlikely": Sentence(
        "Độ lệch của máy in nhiều nhất là %(most)s mm.", "Hãy kiểm tra khổ giấy trong máy in rồi đo lại."
    ),
}


def cross_note(printer: PrinterCard, size: Size) -> str:
    """Return what the page of crosses says of itself: whose it is, where a cross should be, how far it is set off."""
    from_edge, right, down = (
        f"{number:g}".replace(".", ",") for number in (size.margin + 2, printer.offset_x, printer.offset_y)
    )
    return f"{printer.name}. Dấu cộng cách mép {from_edge} mm. Lệch: phải {right} mm, xuống {down} mm."
