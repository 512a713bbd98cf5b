"""
People who are nobody: names drawn apart from each other, and numbers that nobody can have.

A personal id begins with the code of the province of birth registration, 001 to 096; ours begin with 000. A mobile
number begins with 03, 05, 07, 08 or 09; ours begin with 010. An enterprise code begins with the tax office's two
digits, from 01 on; ours begin with 00, and their check digit is right. All three pass the checks of form that the house
makes, so that forms, lists and indexes are met as by real ones; none can be looked up as somebody.

Source: shapes as in docs/reference/identity-card-qr.md and docs/reference/enterprise-code.md; that 000, 00 and 010 are
given to nobody is what those lists of codes leave free.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

PERSONAL_ID_MARK = "000"
PHONE_MARK = "010"
ENTERPRISE_MARK = "00"

_FAMILIES = (
    ("Nguyễn", 38), ("Trần", 11), ("Lê", 10), ("Phạm", 7), ("Hoàng", 5), ("Phan", 4), ("Vũ", 4), ("Đặng", 3),
    ("Bùi", 4), ("Đỗ", 3), ("Hồ", 1), ("Ngô", 2), ("Dương", 2), ("Lý", 1), ("Đinh", 2), ("Hà", 2), ("Cao", 1),
)  # fmt: skip
_OF_WOMEN = (
    "Thị",
    "Thị Thu",
    "Thị Minh",
    "Ngọc",
    "Thị Thanh",
    "Thu",
    "Thị Hồng",
    "Bích",
    "Thị Kim",
    "Phương",
)
_OF_MEN = ("Văn", "Đức", "Minh", "Hữu", "Quang", "Thanh", "Xuân", "Mạnh", "Công", "Hồng", "Đình", "Tuấn")
_WOMEN = (
    "An", "Bình", "Chi", "Dung", "Giang", "Hà", "Hằng", "Hạnh", "Hiền", "Hoa", "Hương", "Lan", "Linh", "Loan", "Mai",
    "Nga", "Nhung", "Oanh", "Phượng", "Quyên", "Thảo", "Thủy", "Trang", "Tuyết", "Uyên", "Vân", "Yến",
)  # fmt: skip
_MEN = (
    "An", "Bảo", "Bình", "Chiến", "Cường", "Dũng", "Đạt", "Giang", "Hải", "Hiếu", "Hòa", "Hùng", "Huy", "Khánh", "Kiên",
    "Long", "Nam", "Nghĩa", "Phong", "Phúc", "Quân", "Sơn", "Thắng", "Thành", "Tiến", "Toàn", "Trung", "Tuấn", "Việt",
)  # fmt: skip
_TRADES = (
    "Thương mại",
    "Xây dựng",
    "Vận tải",
    "Nông sản",
    "Cơ khí",
    "Dịch vụ",
    "May mặc",
    "Vật liệu",
    "Du lịch",
)
_BRANDS = ("Minh Khang", "Đại Phát", "Sông Thao", "Hoàng Long", "Việt Hà", "Tân Tiến", "Phú An", "Thành Đạt", "Bình Minh", "Hùng Lô")  # fmt: skip
_FAMILY_NAMES = [name for name, share in _FAMILIES for _ in range(share)]

HOUSEHOLD = (1, 2, 2, 3, 3, 4, 4, 4, 5, 6)
"""Sizes of households, each as likely: 3,4 people on average."""


@dataclass(frozen=True, slots=True)
class Nobody:
    """A person who was never born."""

    personal_id: str
    full_name: str
    born_on: dt.date
    is_woman: bool
    phone: str


def family_name(draw: Random) -> str:
    return draw.choice(_FAMILY_NAMES)


def given_names(draw: Random, *, is_woman: bool) -> str:
    """Return middle and given name."""
    if is_woman:
        return f"{draw.choice(_OF_WOMEN)} {draw.choice(_WOMEN)}"
    return f"{draw.choice(_OF_MEN)} {draw.choice(_MEN)}"


def nobody(number: int, draw: Random, *, family: str, born_from: int = 1945, born_to: int = 2008) -> Nobody:
    """
    Return the person of a number, the same digits never twice below a hundred million.

    The digits after the mark follow the real ones: one for sex and century, two for the year, then the rest.
    """
    is_woman = draw.random() < 0.5
    born_on = dt.date(draw.randint(born_from, born_to), draw.randint(1, 12), draw.randint(1, 28))
    figure = (born_on.year // 100 - 19) * 2 + is_woman
    return Nobody(
        personal_id=f"{PERSONAL_ID_MARK}{figure}{number:08d}",
        full_name=f"{family} {given_names(draw, is_woman=is_woman)}",
        born_on=born_on,
        is_woman=is_woman,
        phone=f"{PHONE_MARK}{number:07d}",
    )


def enterprise_number(number: int, check_digit_of: Callable[[str], int | None]) -> str:
    """Return the enterprise code of a number: its check digit is right, its tax office does not exist."""
    for last in range(10):
        nine = f"{ENTERPRISE_MARK}{number:06d}{last}"
        digit = check_digit_of(nine)
        if digit is not None:
            return f"{nine}{digit}"
    msg = "of ten numbers in a row one has a check digit"
    raise AssertionError(msg)


def enterprise_name(number: int, draw: Random) -> str:
    """Return a name that a register would take and that says its number, so that it is nobody's."""
    return f"Công ty TNHH {draw.choice(_TRADES)} {draw.choice(_BRANDS)} {number:05d}"
