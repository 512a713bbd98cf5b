"""
A morning at the counter of phường Việt Trì: who comes, what they bring, what goes wrong, and whether the figures agree.

Every chapter stands for itself: one that cannot go on is a failed check, and the next begins. What a chapter took in is
written into the `Morning`, which the last chapter counts against the pages.
"""

from __future__ import annotations

from launcher.demo.cast import Cast
from launcher.demo.morning import (
    cash,
    certifying,
    chain,
    counting,
    handing_over,
    intakes,
    mistakes,
    notices,
    piles,
    queue,
    returning,
)
from launcher.demo.morning.day import Morning
from launcher.demo.report import Report

CHAPTERS = (
    ("Lấy số, gọi số, tiếp nhận theo số", queue.tell),
    ("Một người nhiều thủ tục, một thủ tục nhiều người", piles.tell),
    ("Những người đến quầy khác", intakes.tell),
    ("Sáu mươi hồ sơ", intakes.fill_up),
    ("Khai sinh liên thông: một lần nộp, bước sau tự mở", chain.tell),
    ("Bốn mươi bản sao chứng thực một lượt", certifying.tell),
    ("Bàn giao, chuyển đơn vị", handing_over.tell),
    ("Trả kết quả tại quầy và qua bưu chính; từ chối", returning.tell),
    ("Sổ quỹ", cash.tell),
    ("Thư báo đến hộp thư của người nộp", notices.tell),
    ("Những việc phải bị từ chối", mistakes.tell),
    ("Số liệu buổi sáng", counting.tell),
)


def tell(report: Report, cast: Cast) -> None:
    """Live through the morning."""
    morning = Morning(report, cast)
    report.note(f"Người của lượt chạy này mang số định danh {morning.people.first} trở đi")
    for title, chapter in CHAPTERS:
        with report.chapter(title):
            chapter(morning)
