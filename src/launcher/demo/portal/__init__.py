"""
A day of exchange with the national portal and the payment platform, over the wire and over the pages of those who work.

What people do at the portal and in their bank is ordered from the stand-ins; what officers and citizens do here they do at
their pages. Both sides are asked at every step and must say the same.
"""

from __future__ import annotations

from launcher.demo.cast import Cast
from launcher.demo.portal import (
    catalogue,
    comparing,
    day,
    filing,
    petitions,
    refusals,
    reusing,
    statements,
    trouble,
)
from launcher.demo.report import Report

CHAPTERS = (
    ("Bà Lan nộp hồ sơ tại Cổng quốc gia", filing.tell),
    ("Phản ánh, kiến nghị gửi ở Cổng", petitions.tell),
    ("Giấy tờ kho dữ liệu quốc gia đã có", reusing.tell),
    ("Danh mục thủ tục từ Cổng quốc gia", catalogue.tell),
    ("Những điều phải bị từ chối", refusals.tell),
    ("Cổng quốc gia trục trặc", trouble.tell),
    ("Đối soát với Cổng quốc gia", comparing.tell),
    ("Đối soát với nền tảng thanh toán", statements.tell),
)


def tell(report: Report, cast: Cast) -> None:
    """Live through the day."""
    exchange = day.begin(report, cast)
    for title, chapter in CHAPTERS:
        with report.chapter(title):
            chapter(exchange)
