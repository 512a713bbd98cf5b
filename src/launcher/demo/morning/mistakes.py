"""What must be refused: each for its status and in its sentence, and nothing of it in the books."""

from __future__ import annotations

from launcher.demo import cast
from launcher.demo.forms import Value
from launcher.demo.morning.day import NUMBER, Morning
from launcher.demo.morning.intakes import EXTRACT, card_text
from launcher.demo.morning.people import tracking_number

STRANGE = "H44.100-200101-0001"


def tell(morning: Morning) -> None:
    """Make every mistake once."""
    _cut_card(morning)
    _wrong_numbers(morning)
    _certification_without_pages(morning)
    _other_agency(morning)


def _cut_card(morning: Morning) -> None:
    """The reader was taken away too early: what is missing is named, what was typed stays."""
    hung, person = morning.hung, morning.people.new()
    cut = card_text(person).rsplit("|", 2)[0]
    answer = hung.press(morning.intake_page(EXTRACT), "Tiếp nhận", {NUMBER: cut, "Điện thoại": person.phone})
    morning.check_refused("Thẻ quét dở: nêu phần còn thiếu", answer, 422, "Thẻ đọc chưa trọn: thiếu")
    kept = person.phone in answer.content.decode() and "da-nhan" not in answer.url
    morning.check("Thẻ quét dở: điều đã gõ còn nguyên, không có hồ sơ nào", kept)


def _wrong_numbers(morning: Morning) -> None:
    hung, stranger, number = morning.hung, morning.cast.stranger, tracking_number()
    mistyped = f"{number[:5]}{(int(number[5]) + 1) % 10}{number[6:]}"
    values: dict[str, Value] = {"Số hiệu bưu gửi": mistyped, "Người gửi": "Lê Thị Hạnh"}
    answer = hung.press(hung.open("/can-bo/quay/buu-gui/den/"), "Ghi bưu gửi", values)
    morning.check_refused(
        "Số hiệu bưu gửi gõ nhầm một chữ số", answer, 422,
        "Số kiểm tra của số hiệu bưu gửi không khớp: một chữ số bị gõ nhầm.",
    )  # fmt: skip
    asked: dict[str, Value] = {"Mã hồ sơ": STRANGE, "4 số cuối": "0000"}
    answer = stranger.press(stranger.open("/tra-cuu/"), "Xem tình trạng", asked)
    morning.check_refused("Tra cứu mã không có", answer, 404, "Mã hồ sơ và số xác nhận không khớp nhau.")


def _certification_without_pages(morning: Morning) -> None:
    hung, person = morning.hung, morning.people.new()
    page = hung.open("/can-bo/chung-thuc/moi/")
    values: dict[str, Value] = {
        "Người yêu cầu chứng thực": person.full_name,
        "Tên giấy tờ, văn bản#1": "Bằng lái xe",
        "Bản sao#1": "2",
    }
    answer = hung.press(page, "Nhận tất cả", values)
    morning.check_refused(
        "Chứng thực không ghi số trang", answer, 422, "Dòng 1: Hãy nhập số trang từ 1 đến 2000."
    )


def _other_agency(morning: Morning) -> None:
    """An officer of a department knows the address of a dossier of the commune, and opens it."""
    son = cast.officer("Anh Sơn", "son", morning.hung.base, morning.report)
    answer = son.open(f"/can-bo/ho-so/{morning.taken[0].dossier_id}/")
    morning.check_refused("Cán bộ cơ quan khác mở hồ sơ", answer, 404, "Không tìm thấy hồ sơ")
    leaked = [
        word
        for word in (morning.taken[0].person.full_name, morning.taken[0].code)
        if word in answer.content.decode()
    ]
    morning.check("Câu trả lời không lộ tên hay mã", not leaked, ", ".join(leaked))
