"""The cast: the officers of the demo, the manual and the journeys. Their password comes from the environment."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from vanlang.identity.models import Account, Appointment
from vanlang.identity.services import add_officer_account, appoint
from vanlang.identity.types import SYSTEM, Role
from vanlang.kernel import clock
from vanlang.organizations.api import UnitCard, UnitKind, find_agency_by_code, list_units


@dataclass(frozen=True, slots=True)
class Place:
    """One appointment of a member of the cast."""

    agency_code: str
    unit: UnitKind
    title: str
    roles: tuple[Role, ...]
    unit_name: str = ""
    """Where the agency has several units of the kind."""


@dataclass(frozen=True, slots=True)
class Member:
    username: str
    full_name: str
    places: tuple[Place, ...]
    second_factor: bool = False


VIET_TRI, NONG_TRANG = "H44.100", "H44.101"
OFFICE, CULTURE = "Văn phòng HĐND và UBND", "Phòng Văn hóa - Xã hội"

CAST = (
    Member(
        "hung", "Trần Mạnh Hùng", (Place(VIET_TRI, UnitKind.COUNTER, "Công chức Một cửa", (Role.COUNTER,)),)
    ),
    Member(
        "mai",
        "Lê Thị Mai",
        (Place(VIET_TRI, UnitKind.SPECIALIST, "Công chức Tư pháp - Hộ tịch", (Role.SPECIALIST,), OFFICE),),
    ),
    Member(
        "phuc",
        "Nguyễn Văn Phúc",
        (Place(VIET_TRI, UnitKind.LEADERSHIP, "Phó Chủ tịch UBND", (Role.LEADER,)),),
        second_factor=True,
    ),
    Member("thao", "Phạm Thu Thảo", (Place(VIET_TRI, UnitKind.REGISTRY, "Văn thư", (Role.CLERK,)),)),
    Member(
        "hanh",
        "Đinh Thị Hạnh",
        (Place(VIET_TRI, UnitKind.SPECIALIST, "Kế toán", (Role.ACCOUNTANT,), OFFICE),),
    ),
    Member(
        "quan",
        "Đỗ Minh Quân",
        (
            Place(
                VIET_TRI,
                UnitKind.SPECIALIST,
                "Quản lý danh mục thủ tục",
                (Role.CATALOGUE_EDITOR, Role.ADMIN),
                OFFICE,
            ),
            Place(
                "H44.01",
                UnitKind.SPECIALIST,
                "Kiểm soát thủ tục hành chính",
                (Role.CATALOGUE_EDITOR, Role.ADMIN),
            ),
        ),
    ),
    Member(
        "linh",
        "Phan Thùy Linh",
        (
            Place(
                "H44.01",
                UnitKind.SPECIALIST,
                "Quản trị hệ thống, kiểm soát thủ tục",
                (Role.CATALOGUE_EDITOR, Role.ADMIN),
            ),
        ),
    ),
    Member(
        "hoa",
        "Vũ Thị Hoa",
        (
            Place(NONG_TRANG, UnitKind.COUNTER, "Công chức Một cửa", (Role.COUNTER,)),
            Place(NONG_TRANG, UnitKind.SPECIALIST, "Công chức Văn hóa - Xã hội", (Role.SPECIALIST,), CULTURE),
        ),
    ),
    Member(
        "son",
        "Bùi Hồng Sơn",
        (Place("H44.45", UnitKind.SPECIALIST, "Chuyên viên", (Role.SPECIALIST, Role.COUNTER)),),
    ),
    Member(
        "long",
        "Hoàng Đức Long",
        (Place("H44.45", UnitKind.LEADERSHIP, "Phó Giám đốc Sở", (Role.LEADER, Role.CLERK)),),
        second_factor=True,
    ),
)
"""Bà Lan, the citizen, signs in at the sandbox's identity provider and needs no entry here."""

START = dt.date(2025, 7, 1)


def load(folder: Path, report: Callable[[str], None]) -> None:
    """Make the accounts and appointments of the cast that are not there yet."""
    password = os.environ.get("VANLANG_DEMO_PASSWORD")
    if not password:
        report("Tài khoản trình diễn: bỏ qua, chưa đặt VANLANG_DEMO_PASSWORD")
        return
    made = [member.username for member in CAST if _add(member, password)]
    report(f"Tài khoản trình diễn: thêm {len(made)}")


def _add(member: Member, password: str) -> bool:
    if Account.objects.filter(username=member.username).exists():
        return False
    account_id = add_officer_account(
        username=member.username, full_name=member.full_name, password=password,
        email=f"{member.username}@phutho.example",
    )  # fmt: skip
    for place in member.places:
        agency = find_agency_by_code(place.agency_code, START)
        if agency is None:
            continue
        unit = _unit_of(place, agency.id)
        appoint(
            account_id=account_id, agency_id=agency.id, unit_id=unit.id, title=place.title, roles=place.roles,
            valid_from=START, actor=SYSTEM, at=clock.now(),
        )  # fmt: skip
    if member.second_factor:
        _add_second_factor(account_id, member.username)
    return bool(Appointment.objects.filter(account_id=account_id).count())


def _unit_of(place: Place, agency_id: int) -> UnitCard:
    units = list_units(agency_id, START)
    named = [unit for unit in units if unit.name == place.unit_name]
    return next(iter(named or [unit for unit in units if unit.kind is place.unit] or units))


def demo_totp_secret(username: str) -> str:
    """Return the TOTP secret of a member of the cast, derived from this installation's own key."""
    digest = hmac.new(settings.SECRET_KEY.encode(), f"demo-totp:{username}".encode(), hashlib.sha256).digest()
    return base64.b32encode(digest[:20]).decode()


def _add_second_factor(account_id: int, username: str) -> None:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(Account.objects.get(pk=account_id), demo_totp_secret(username))
    assert Authenticator.objects.filter(user_id=account_id).exists()  # noqa: S101 - the demo would lock itself out
