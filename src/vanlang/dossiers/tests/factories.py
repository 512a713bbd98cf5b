"""
The world of the tests: phường Việt Trì with its officers, a second agency, one citizen, one procedure.

`make_world()` is the ground; `Lives` leads dossiers to any state through the real commands, so that no test starts
from a row that the house could not have made.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.conf import settings

from vanlang.calendars.api import load_days, load_office_hours
from vanlang.catalogue.models import (
    Case,
    Field,
    Procedure,
    ProcedureVersion,
    ProcessStep,
    RequiredDocument,
    TimeLimit,
)
from vanlang.dossiers import services
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.rules.supplement import ItemKind, SupplementItem
from vanlang.dossiers.types import Channel, Draft, Filing, Medium, OutcomeKind, PartyFacts
from vanlang.identity.api import (
    Actor,
    ActorKind,
    PersonFacts,
    Role,
    actor_of,
    add_officer_account,
    appoint,
    list_officers,
    remember_person,
)
from vanlang.identity.types import SYSTEM
from vanlang.organizations.models import Agency, AgencyVersion, Unit
from vanlang.organizations.types import AgencyKind, UnitKind

START = dt.date(2025, 7, 1)
PROCESS = [
    ("Tiếp nhận", "counter", 10),
    ("Thẩm định", "specialist", 60),
    ("Phê duyệt, ký", "leader", 20),
    ("Vào số, phát hành", "clerk", 10),
]
TWO_PHASES = [
    ("Tiếp nhận", "counter", 10),
    ("Thẩm định, xác định nghĩa vụ", "specialist", 40),
    ("Lập kết quả", "specialist", 30),
    ("Phê duyệt, ký", "leader", 10),
    ("Vào số, phát hành", "clerk", 10),
]
OBLIGED_AFTER = 2
"""What a citizen owes lies between the second step and the third."""


@dataclass(frozen=True, slots=True)
class Office:
    """One agency with its units and its people."""

    id: int
    units: dict[UnitKind, int]
    counter: Actor
    specialist: Actor
    leader: Actor
    clerk: Actor


@dataclass(frozen=True, slots=True)
class World:
    viet_tri: Office
    nong_trang: Office
    lan: Actor
    lan_facts: PartyFacts
    version_id: int
    case_id: int
    document_id: int
    at: dt.datetime

    @property
    def hung(self) -> Actor:
        return self.viet_tri.counter

    @property
    def mai(self) -> Actor:
        return self.viet_tri.specialist

    @property
    def phuc(self) -> Actor:
        return self.viet_tri.leader

    @property
    def thao(self) -> Actor:
        return self.viet_tri.clerk

    def filing(self, **changes: object) -> Filing:
        """Bà Lan's filing at Việt Trì; `changes` replace its facts."""
        filing = Filing(
            procedure_version_id=self.version_id,
            case_id=self.case_id,
            applicant=self.lan_facts,
            channel=Channel.ONLINE,
            intake_agency_id=self.viet_tri.id,
            competent_agency_id=self.viet_tri.id,
            return_agency_id=self.viet_tri.id,
            request="Đăng ký khai sinh cho con Trần Gia An",
            answers={"child_name": "Trần Gia An", "mother_name": "Nguyễn Thị Lan"},
        )
        return replace(filing, **changes)  # type: ignore[arg-type] # fields by name


def make_world(at: dt.datetime) -> World:
    """Return a fresh ground: everything that receiving a dossier asks for."""
    load_days(settings.VANLANG_REFERENCE / "calendar" / "days.toml", at=at)
    load_office_hours(settings.VANLANG_REFERENCE / "calendar" / "office-hours.toml", at=at)
    viet_tri = make_office("H44.100", "UBND phường Việt Trì", "Phường Việt Trì", at)
    nong_trang = make_office("H44.101", "UBND phường Nông Trang", "Phường Nông Trang", at)
    version, case, document = make_procedure()
    lan, facts = make_citizen("Nguyễn Thị Lan", "025190012123", "0912345678", at)
    return World(viet_tri, nong_trang, lan, facts, version.pk, case.pk, document.pk, at)


def make_office(code: str, name: str, short_name: str, at: dt.datetime) -> Office:
    agency = Agency.objects.create(code=code, kind=AgencyKind.COMMUNE)
    AgencyVersion.objects.create(
        agency=agency,
        name=name,
        short_name=short_name,
        search_name=short_name.lower(),
        address="Số 1 Hùng Vương",
        valid_from=START,
    )
    names = {
        UnitKind.COUNTER: "Bộ phận Một cửa",
        UnitKind.SPECIALIST: "Tư pháp - Hộ tịch",
        UnitKind.LEADERSHIP: "Lãnh đạo UBND",
        UnitKind.REGISTRY: "Văn thư",
    }
    units = {
        kind: Unit.objects.create(agency=agency, name=unit_name, kind=kind, valid_from=START).pk
        for kind, unit_name in names.items()
    }

    return staff_office(agency.pk, code, units, at)


def staff_office(agency_id: int, code: str, units: dict[UnitKind, int], at: dt.datetime) -> Office:
    """Appoint the cast at an agency, one officer to a role."""

    def officer(full_name: str, unit: UnitKind, title: str, role: Role) -> Actor:
        return make_officer(f"{code}-{role}", full_name, agency_id, units[unit], title, {role}, at)

    return Office(
        id=agency_id,
        units=units,
        counter=officer("Trần Mạnh Hùng", UnitKind.COUNTER, "Công chức Một cửa", Role.COUNTER),
        specialist=officer("Lê Thị Mai", UnitKind.SPECIALIST, "Công chức Tư pháp - Hộ tịch", Role.SPECIALIST),
        leader=officer("Nguyễn Văn Phúc", UnitKind.LEADERSHIP, "Phó Chủ tịch UBND", Role.LEADER),
        clerk=officer("Phạm Thu Thảo", UnitKind.REGISTRY, "Văn thư", Role.CLERK),
    )


def make_officer(
    username: str, full_name: str, agency_id: int, unit_id: int, title: str, roles: set[Role], at: dt.datetime
) -> Actor:
    account_id = add_officer_account(username=username, full_name=full_name)
    appointment_id = appoint(
        account_id=account_id,
        agency_id=agency_id,
        unit_id=unit_id,
        title=title,
        roles=roles,
        valid_from=START,
        actor=SYSTEM,
        at=at,
    )
    cards = list_officers(agency_id, at.date())
    return actor_of(next(card for card in cards if card.id == appointment_id))


def make_citizen(full_name: str, personal_id: str, phone: str, at: dt.datetime) -> tuple[Actor, PartyFacts]:
    person_id = remember_person(
        facts=PersonFacts(full_name=full_name, personal_id=personal_id, phone=phone), at=at
    )
    facts = PartyFacts(
        person_id=person_id,
        full_name=full_name,
        personal_id=personal_id,
        phone=phone,
        address="Tổ 5, phường Việt Trì",
    )
    return Actor(ActorKind.CITIZEN, person_id=person_id, name=full_name), facts


def make_procedure(
    code: str = "1.001193",
    *,
    days: int = 3,
    process: Sequence[tuple[str, str, int]] | None = None,
    first_phase: int | None = None,
) -> tuple[ProcedureVersion, Case, RequiredDocument]:
    field, _ = Field.objects.get_or_create(name="Hộ tịch")
    version = ProcedureVersion.objects.create(
        procedure=Procedure.objects.create(code=code),
        number=1,
        state="published",
        valid_from=START,
        name="Thủ tục đăng ký khai sinh",
        name_key="thu tuc dang ky khai sinh",
        field=field,
        levels=["commune"],
        audience=["citizen"],
        online_level="full",
        origin="starter",
        source="thử",
        content_hash="-",
        department_code="H44.100",
        is_ready=True,
    )
    case = Case.objects.create(version=version, position=0)
    document = RequiredDocument.objects.create(
        case=case, position=0, name="Giấy chứng sinh", kind="paper", originals=1, copies=0, is_required=True
    )
    for channel in ("direct", "online", "postal"):
        TimeLimit.objects.create(
            version=version,
            channel=channel,
            amount=Decimal(days),
            unit="working_day",
            origin="starter",
            source="thử",
        )
    for position, (name, role, share) in enumerate(PROCESS if process is None else process):
        phase = 1 if first_phase is None or position < first_phase else 2
        ProcessStep.objects.create(
            version=version, position=position, name=name, role=role, share=share, phase=phase
        )
    return version, case, document


PAPER_DRAFT = Draft(
    kind=OutcomeKind.GRANTED,
    medium=Medium.PAPER,
    title="Giấy khai sinh",
    book_kind="GKS",
    summary={"Họ tên": "Trần Gia An"},
)
MISSING = [
    SupplementItem(ItemKind.DOCUMENT, "birth", "Giấy chứng sinh", "Ảnh mờ, không đọc được số"),
    SupplementItem(ItemKind.FIELD, "mother_name", "Họ tên mẹ", "Khác với giấy chứng sinh"),
]


@dataclass(frozen=True, slots=True)
class Lives:
    """Leads dossiers to a state, by the acts that lead there."""

    world: World
    draft: Draft = PAPER_DRAFT

    def to(
        self,
        state: State,
        *,
        at: dt.datetime | None = None,
        pace: dt.timedelta = dt.timedelta(),
        **changes: object,
    ) -> uuid.UUID:
        """Return a new dossier in `state`, filed at an instant and moved on by one act a `pace`."""
        at = at or self.world.at
        if state is State.AWAITING_OBLIGATION:
            changes = {**self.phased(), **changes}
        dossier_id = services.submit(
            filing=self.world.filing(**changes), actor=self.world.lan, at=at
        ).dossier_id
        for number, step in enumerate(_ROADS[state], start=1):
            step(self, dossier_id, at + number * pace)
        row = Dossier.objects.get(pk=dossier_id)
        assert row.state == state, (row.state, state)
        return dossier_id

    def phased(self) -> dict[str, object]:
        """Return the changes of a filing under a procedure of two phases, five working days in all."""
        known = ProcedureVersion.objects.filter(procedure__code="1.012345").first()
        version = (
            known or make_procedure("1.012345", days=5, process=TWO_PHASES, first_phase=OBLIGED_AFTER)[0]
        )
        return {"procedure_version_id": version.pk, "case_id": Case.objects.get(version=version).pk}

    def close_phase(self, dossier_id: uuid.UUID, at: dt.datetime) -> None:
        services.close_phase(
            dossier_id=dossier_id, obligation="Nộp lệ phí trước bạ", actor=self.world.mai, at=at
        )

    def receive(self, dossier_id: uuid.UUID, at: dt.datetime) -> None:
        services.receive(dossier_id=dossier_id, actor=self.world.hung, at=at)

    def refuse(self, dossier_id: uuid.UUID, at: dt.datetime) -> None:
        services.refuse(
            dossier_id=dossier_id, reasons=["Không thuộc thẩm quyền"], actor=self.world.hung, at=at
        )

    def ask_before_receipt(self, dossier_id: uuid.UUID, at: dt.datetime) -> None:
        services.request_supplement(dossier_id=dossier_id, items=MISSING, actor=self.world.hung, at=at)

    def ask(self, dossier_id: uuid.UUID, at: dt.datetime) -> None:
        services.request_supplement(dossier_id=dossier_id, items=MISSING, actor=self.world.mai, at=at)

    def hand_over(self, dossier_id: uuid.UUID, at: dt.datetime) -> None:
        unit_id = self.world.viet_tri.units[UnitKind.SPECIALIST]
        services.hand_over(dossier_id=dossier_id, unit_id=unit_id, actor=self.world.hung, at=at)

    def assign(self, dossier_id: uuid.UUID, at: dt.datetime) -> None:
        to = self.world.mai.appointment_id
        assert to is not None
        services.assign(dossier_id=dossier_id, to_appointment_id=to, actor=self.world.phuc, at=at)

    def consult(self, dossier_id: uuid.UUID, at: dt.datetime) -> None:
        services.consult(
            dossier_id=dossier_id,
            agency_ids=[self.world.nong_trang.id],
            question="Xác nhận nơi thường trú cũ",
            actor=self.world.mai,
            at=at,
        )

    def propose(self, dossier_id: uuid.UUID, at: dt.datetime) -> None:
        services.propose(dossier_id=dossier_id, draft=self.draft, actor=self.world.mai, at=at)

    def approve(self, dossier_id: uuid.UUID, at: dt.datetime) -> None:
        services.approve(dossier_id=dossier_id, actor=self.world.phuc, at=at)

    def sign(self, dossier_id: uuid.UUID, at: dt.datetime) -> None:
        services.sign(dossier_id=dossier_id, signer=append_signature, actor=self.world.phuc, at=at)

    def release(self, dossier_id: uuid.UUID, at: dt.datetime) -> None:
        services.release(dossier_id=dossier_id, actor=self.world.thao, at=at, check=lambda pdf: None)

    def deliver(self, dossier_id: uuid.UUID, at: dt.datetime) -> None:
        services.deliver(
            dossier_id=dossier_id,
            channel=Channel.DIRECT,
            receiver="Nguyễn Thị Lan",
            actor=self.world.hung,
            at=at,
        )

    def stop(self, dossier_id: uuid.UUID, at: dt.datetime) -> None:
        services.stop(dossier_id=dossier_id, reason="Người nộp không bổ sung", actor=self.world.phuc, at=at)

    def withdraw(self, dossier_id: uuid.UUID, at: dt.datetime) -> None:
        services.withdraw(dossier_id=dossier_id, actor=self.world.lan, at=at)


Step = Callable[[Lives, uuid.UUID, dt.datetime], None]
_TO_DESK: list[Step] = [Lives.receive, Lives.assign]
_ROADS: dict[State, list[Step]] = {
    State.SUBMITTED: [],
    State.AWAITING_COMPLETION: [Lives.ask_before_receipt],
    State.RECEIVED: [Lives.receive],
    State.REFUSED: [Lives.refuse],
    State.HANDED_OVER: [Lives.receive, Lives.hand_over],
    State.IN_PROGRESS: _TO_DESK,
    State.AWAITING_SUPPLEMENT: [*_TO_DESK, Lives.ask],
    State.AWAITING_OPINION: [*_TO_DESK, Lives.consult],
    State.AWAITING_OBLIGATION: [*_TO_DESK, Lives.close_phase],
    State.PROPOSED: [*_TO_DESK, Lives.propose],
    State.APPROVED: [*_TO_DESK, Lives.propose, Lives.approve],
    State.SIGNED: [*_TO_DESK, Lives.propose, Lives.approve, Lives.sign],
    State.RELEASED: [*_TO_DESK, Lives.propose, Lives.approve, Lives.release],
    State.DELIVERED: [*_TO_DESK, Lives.propose, Lives.approve, Lives.release, Lives.deliver],
    State.STOPPED: [*_TO_DESK, Lives.stop],
    State.WITHDRAWN: [Lives.receive, Lives.withdraw],
}


def append_signature(sheet: object) -> bytes:
    """Sign as far as `documents` can tell: append a signature's byte range. Real keys are `signing`'s tests."""
    return bytes(sheet.pdf) + b"\n/ByteRange [0 1 2 3]\n"  # type: ignore[attr-defined] # a Sheet
