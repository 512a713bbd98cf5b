"""
The people who can sign in. None of them exists.

A personal identification number has twelve digits: province, century and sex, two digits of the year of
birth, six of order. The order numbers here count from 000001, which marks them as made up.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

CITIZEN = "1"
ENTERPRISE = "2"
"""The sandbox's own values of `LoaiTaiKhoan`: the key was seen in the field, its list of values was not."""


@dataclass(frozen=True, slots=True)
class Person:
    """A test person as the national provider knows them."""

    subject: str
    """Stable and opaque, as `sub` and as `TechID`."""

    name: str
    personal_id: str
    born_on: date
    gender: str
    phone: str | None
    email: str | None
    address: str
    who: str
    """One line for the page: why one would pick this person."""

    kind: str = CITIZEN
    level: int = 2
    """Level of the electronic identification account; 2 is proven in person."""

    tax_code: str | None = None
    enterprise_code: str | None = None


PEOPLE = (
    Person(
        subject="sandbox-0001",
        name="Nguyễn Thị Lan",
        personal_id="025185000001",
        born_on=date(1985, 3, 12),
        gender="female",
        phone="0900000001",
        email="lan.nguyen@vi-du.example",
        address="Tổ 5, phường Việt Trì, tỉnh Phú Thọ",
        who="Bà Lan, người dân phường Việt Trì",
    ),
    Person(
        subject="sandbox-0002",
        name="Trần Mạnh Hùng",
        personal_id="025090000002",
        born_on=date(1990, 7, 20),
        gender="male",
        phone="0900000002",
        email="hung.tran@vi-du.example",
        address="Tổ 2, phường Việt Trì, tỉnh Phú Thọ",
        who="Anh Hùng, cán bộ một cửa, đăng nhập với tư cách người dân",
    ),
    Person(
        subject="sandbox-0003",
        name="Đỗ Văn Thịnh",
        personal_id="025052000003",
        born_on=date(1952, 1, 5),
        gender="male",
        phone="0900000003",
        email=None,
        address="Khu 3, xã Phù Ninh, tỉnh Phú Thọ",
        who="Ông Thịnh, người cao tuổi, không có thư điện tử",
    ),
    Person(
        subject="sandbox-0004",
        name="Bùi Thị Ngọc Ánh",
        personal_id="025310000004",
        born_on=date(2010, 11, 2),
        gender="female",
        phone="0900000004",
        email="ngocanh.bui@vi-du.example",
        address="Phố Chùa Thông, phường Sơn Tây, thành phố Hà Nội",
        who="Em Ánh, chưa thành niên, thường trú ngoài tỉnh",
    ),
    Person(
        subject="sandbox-0005",
        name="Hà Thị Mỷ",
        personal_id="025195000005",
        born_on=date(1995, 5, 30),
        gender="female",
        phone=None,
        email=None,
        address="Bản Dù, xã Xuân Đài, tỉnh Phú Thọ",
        who="Chị Mỷ, người Mường, không có điện thoại riêng",
    ),
    Person(
        subject="sandbox-0006",
        name="Vũ Quốc Khánh",
        personal_id="025079000006",
        born_on=date(1979, 9, 2),
        gender="male",
        phone="0900000006",
        email="giamdoc@chesach.example",
        address="Khu công nghiệp Thụy Vân, phường Nông Trang, tỉnh Phú Thọ",
        who="Ông Khánh, người đại diện Công ty TNHH Chè Sạch Thử Nghiệm",
        kind=ENTERPRISE,
        tax_code="0000000006",
        enterprise_code="0000000006",
    ),
    Person(
        subject="sandbox-0007",
        name="Lê Hoàng Công Tằng Tôn Nữ Diệu Huyền",
        personal_id="025188000007",
        born_on=date(1988, 12, 31),
        gender="female",
        phone="0900000007",
        email="dieuhuyen@vi-du.example",
        address="Phường Phú Thọ, tỉnh Phú Thọ",
        who="Chị Huyền, họ tên rất dài, tài khoản mới ở mức độ 1",
        level=1,
    ),
)


def read_people(path: Path) -> tuple[Person, ...]:
    """Return further people of a JSON list, for a province that has made up its own."""
    return tuple(
        Person(**{**told, "born_on": date.fromisoformat(told["born_on"])})
        for told in json.loads(path.read_text(encoding="utf-8"))
    )
