from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import pytest

from vanlang.identity.api import PersonFacts, add_officer_account, remember_person
from vanlang.identity.models import Account
from vanlang.notifications.services.telling import tell
from vanlang.notifications.types import Recipient
from vanlang.organizations.api import AgencyKind, NewName, add_agency

RECEIVED = {
    "dossier": "hồ sơ H44.100-261123-0001",
    "procedure": "Đăng ký khai sinh",
    "due_on": dt.date(2026, 11, 26),
    "due_at": dt.datetime(2026, 11, 26, 9, 30, tzinfo=dt.UTC),
}
SUPPLEMENT = {
    "dossier": "hồ sơ H44.100-261123-0001",
    "procedure": "Đăng ký khai sinh",
    "items": ["Giấy chứng sinh: bản chụp bị mờ"],
    "answer_by": "trước ngày 30/11/2026",
}


@dataclass(frozen=True)
class Place:
    """One agency that tells, Bà Lan who is told, and Anh Hùng."""

    agency_id: int
    lan: UUID
    hung: int
    at: dt.datetime

    def tell(self, *, to: Recipient | None = None, at: dt.datetime | None = None, **changes: object) -> UUID:
        """Tell Bà Lan that her dossier was received; `changes` replace what is told."""
        told: dict[str, object] = {
            "event": "dossiers.received",
            "object_type": "dossier",
            "object_id": "1",
            "template": "dossier_received",
            "values": RECEIVED,
            "agency_id": self.agency_id,
            "link": "/ho-so/1/",
        }
        told |= changes
        return tell(to=to or Recipient.person(self.lan), at=at or self.at, **told)  # type: ignore[arg-type] # by name

    def tell_duty(self, **changes: object) -> UUID:
        changes = {
            "event": "dossiers.supplement_requested",
            "template": "supplement_requested",
            "values": SUPPLEMENT,
        } | changes
        return self.tell(**changes)  # type: ignore[arg-type] # by name


@pytest.fixture
def place(db: None, at: dt.datetime) -> Place:
    agency_id = add_agency(
        code="H44.100",
        kind=AgencyKind.COMMUNE,
        name=NewName("UBND phường Việt Trì", "Phường Việt Trì", address="Số 1 Hùng Vương"),
        valid_from=dt.date(2025, 7, 1),
    )
    lan = remember_person(
        facts=PersonFacts(
            full_name="Nguyễn Thị Lan", personal_id="025190012123", phone="0912345678", email="lan@example.vn"
        ),
        at=at,
    )
    hung = add_officer_account(username="hung", full_name="Trần Mạnh Hùng")
    Account.objects.filter(pk=hung).update(email="hung@viettri.example")
    return Place(agency_id, lan, hung, at)
