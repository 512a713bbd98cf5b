"""People who come to the counter: made anew for every run, so that one installation can live many mornings."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from itertools import cycle, product

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hà")
MIDDLE = ("Thị Thu", "Văn", "Ngọc", "Minh", "Thị Kim", "Quang", "Thanh", "Xuân", "Đức")
GIVEN = ("Anh", "Bình", "Chi", "Dũng", "Giang", "Hạnh", "Khoa", "Loan", "Nam", "Oanh", "Phượng")
STREETS = ("Gia Cẩm", "Tiên Cát", "Nông Trang", "Minh Nông", "Dữu Lâu")
_RUN = 100_000
"""Numbers of one year of birth that a run may begin at; a run needs fewer than a hundred."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as they are typed at the counter."""

    personal_id: str
    full_name: str
    phone: str
    address: str

    @property
    def line(self) -> str:
        """The person as a line copied out of a sheet."""
        return "\t".join((self.personal_id, self.full_name, self.phone, self.address))


class People:
    """Makes people whose numbers nobody had before: province 025, born in the 20th century, a place of this run."""

    def __init__(self) -> None:
        self._year = 50 + secrets.randbelow(50)
        self._next = secrets.randbelow(9) * _RUN + secrets.randbelow(_RUN)
        self._names = cycle(product(GIVEN, FAMILY, MIDDLE))
        self.first = self._number()

    def new(self) -> Person:
        """Return the next person."""
        number = self._number()
        self._next += 1
        given, family, middle = next(self._names)
        return Person(
            personal_id=number,
            full_name=f"{family} {middle} {given}",
            phone=f"09{self._next % 10**8:08d}",
            address=f"Tổ {self._next % 12 + 1}, khu {STREETS[self._next % len(STREETS)]}, phường Việt Trì",
        )

    def _number(self) -> str:
        return f"0251{self._year:02d}{self._next:06d}"


def tracking_number() -> str:
    """Return a number of a postal item with its check digit (UPU S10)."""
    serial = f"{secrets.randbelow(10**8):08d}"
    weights = (8, 6, 4, 2, 3, 5, 9, 7)
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(serial, weights, strict=True)) % 11
    return f"RR{serial}{ {10: 0, 11: 5}.get(rest, rest) }VN"


def enterprise_number() -> str:
    """Return an enterprise code of ten digits, the last of which checks the others."""
    weights = (31, 29, 23, 19, 17, 13, 7, 5, 3)
    while True:
        nine = f"26{secrets.randbelow(10**7):07d}"
        digit = 10 - sum(weight * int(figure) for weight, figure in zip(weights, nine, strict=True)) % 11
        if digit < 10:
            return f"{nine}{digit}"
