from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
from tests.support.sandbox import Outside
from tests.support.sandbox import fixture_outside as sandbox  # noqa: F401 - a fixture by its name

from vanlang.identity.api import PersonFacts, add_officer_account, remember_person
from vanlang.identity.models import Account
from vanlang.notifications import ports
from vanlang.notifications.adapters.configured import carriers as configured
from vanlang.notifications.ports import Carried, Carrier, Confirmation, Parcel
from vanlang.notifications.services.telling import tell
from vanlang.notifications.types import NoticeChannel, ProviderVerdict, Recipient
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


@dataclass
class Script(Carrier):
    """A provider that does as it is told, for what sockets are not needed for."""

    name: str = "script"
    channel: NoticeChannel = NoticeChannel.EMAIL
    says: Callable[[Parcel], Carried | None] = field(
        default=lambda parcel: Carried(
            parcel.reference, ProviderVerdict.ACCEPTED, provider_ref=parcel.reference
        )
    )
    """What becomes of a parcel; None stops the batch there, as a provider that is gone."""
    carried: list[Parcel] = field(default_factory=list)
    said_later: list[Confirmation] = field(default_factory=list)

    def carry(self, parcels: Sequence[Parcel]) -> Iterator[Carried]:
        for parcel in parcels:
            said = self.says(parcel)
            if said is None:
                return
            self.carried.append(parcel)
            yield said

    def heard(self) -> list[Confirmation]:
        said, self.said_later = self.said_later, []
        return said


def always(verdict: ProviderVerdict, code: str = "") -> Callable[[Parcel], Carried]:
    return lambda parcel: Carried(parcel.reference, verdict, code)


VAPID = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE"


@dataclass
class Post:
    """The sandbox's post office, and our own providers set to it."""

    outside: Outside

    def misbehave(self, mode: str, channel: str, **options: Any) -> None:
        self.outside.misbehave("post_office", mode, path=f"/{channel}", **options)

    def behave(self) -> None:
        """Stop every misdeed; what arrived until now is forgotten."""
        self.outside._control("post_office", "reset", {})

    def inbox(self, channel: str = "", to: str = "") -> list[dict[str, Any]]:
        return self.outside.inbox(channel, to)

    def carrier(self, channel: NoticeChannel) -> Carrier:
        [found] = ports.carriers(channel)
        return found


@pytest.fixture
def post(sandbox: Outside, settings: Any) -> Post:  # noqa: F811 - the fixture above
    sandbox.fresh()
    password = sandbox.post_password
    certificate = quote(sandbox.smtp_certificate, safe="")
    settings.VANLANG_SMTP = (
        f"smtp://vanlang:{password}@127.0.0.1:{sandbox.smtp_port}?tls=starttls&ca={certificate}"
    )
    settings.VANLANG_SMPP = f"smpp://vanlang:{password}@127.0.0.1:{sandbox.smpp_port}?sender=PHUTHO"
    settings.VANLANG_MESSENGER = (
        f"{sandbox.post_office.replace('http://', f'http://:{password}@')}/messenger/message/template"
    )
    settings.VANLANG_PUSH_HOSTS = (sandbox.post_office,)
    settings.VANLANG_VAPID_PRIVATE_KEY = VAPID
    settings.VANLANG_MAIL_FROM = "khong-tra-loi@phutho.example"
    ports.provide(configured)
    return Post(sandbox)
