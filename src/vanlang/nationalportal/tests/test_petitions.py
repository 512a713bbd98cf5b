"""Petitions of the portal: taken in once with their files, supplemented and judged there, answered back; over the wire."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from tests.support.sandbox import Outside
from tests.support.sandbox import fixture_outside as outside  # noqa: F401 - a fixture

from vanlang.connectors.api import (
    apply_round,
    forget,
    list_letters,
    register_receiver,
    register_sender,
    register_system,
    send_round,
)
from vanlang.connectors.models import Outgoing
from vanlang.dossiers.tests.factories import World
from vanlang.files.tests.samples import pdf
from vanlang.identity.api import NOBODY
from vanlang.kernel.clock import frozen
from vanlang.nationalportal.adapters.client import THE_PORTAL, PortalAddress, PortalClient
from vanlang.nationalportal.adapters.petition_answers import PetitionAnswerSender, message_of
from vanlang.nationalportal.arrivals import receivers
from vanlang.nationalportal.subscribers import tell_of_petition
from vanlang.nationalportal.tests.conftest import MINUTE, TOKEN, Wire
from vanlang.nationalportal.types import SYSTEM
from vanlang.petitions import api as petitions
from vanlang.petitions.api import AnswerWords, PetitionAnswered, PetitionClosed, PetitionKind
from vanlang.petitions.models import Petition, PetitionAttachment, PetitionMovement, PetitionSatisfaction
from vanlang.petitions.tests.files import zip_bomb

ADDRESS = "/ket-noi/cong-quoc-gia/"
CODE = "PAKN-20261123-00001"
TOLD = {
    "MaPAKN": CODE, "TieuDe": "Chờ lâu", "NoiDung": "Chờ lâu ở quầy số 2.\nĐề nghị thêm người.", "HoTen": "Đỗ Văn Thịnh",
    "SoDienThoai": "0987654321", "Email": "", "MaDonVi": "H44.100", "NgayGui": "20261122153000",
}  # fmt: skip
WORDS = AnswerWords("Phường đã thêm một quầy.", "Chờ ở quầy", "Người dân chờ lâu.", "Đã thêm một quầy.")


def push(at: dt.datetime, service: str, data: dict[str, object], *, token: str = TOKEN) -> tuple[int, str]:
    with frozen(at):
        answer = Client().post(
            ADDRESS, {"id": str(uuid.uuid4()), "service": service, "madonvi": "H44", "data": data},
            content_type="application/json", headers={"Authorization": f"Bearer {token}"},
        )  # fmt: skip
    return answer.status_code, answer.json()["error_code"]


def arrive(at: dt.datetime, service: str, data: dict[str, object]) -> None:
    assert push(at, service, data)[1] in {"0", "3"}
    apply_round(at=at + MINUTE)


def reasons() -> list[str]:
    return [letter.reason.split("?")[0] for letter in list_letters()]


def handled(world: World, row: Petition, at: dt.datetime) -> None:
    petitions.classify(petition_id=row.pk, kind=PetitionKind.OTHER, actor=world.mai, at=at)
    petitions.accept(petition_id=row.pk, actor=world.mai, at=at)


def answered(world: World, row: Petition, at: dt.datetime) -> PetitionAnswered:
    leader = world.phuc.appointment_id
    assert leader is not None
    petitions.propose_answer(petition_id=row.pk, words=WORDS, leader_id=leader, actor=world.mai, at=at)
    moved = petitions.approve_answer(petition_id=row.pk, actor=world.phuc, at=at)
    return PetitionAnswered(at=at, petition_id=row.pk, number=moved.version)


def test_what_is_said_there_is_a_petition_here_since_the_day_it_was_said(wire: Wire) -> None:
    arrive(wire.at, "PhanAnh", TOLD)
    row = Petition.objects.get()
    assert (row.external_id, row.source, row.agency_id) == (CODE, "national", wire.world.viet_tri.id)
    assert row.words == {"title": "Chờ lâu", "text": TOLD["NoiDung"]}
    assert row.contact["name"] == "Đỗ Văn Thịnh"
    assert row.filed_at.astimezone(wire.at.tzinfo) == dt.datetime(2026, 11, 22, 15, 30, tzinfo=wire.at.tzinfo)
    assert row.arrived_at == wire.at + MINUTE


def test_said_twice_it_is_one_and_said_otherwise_a_persons_task(wire: Wire) -> None:
    arrive(wire.at, "PhanAnh", TOLD)
    arrive(wire.at, "PhanAnh", TOLD)
    arrive(wire.at, "PhanAnh", {**TOLD, "GhiChu": "cùng lời"})
    assert Petition.objects.count() == 1
    assert reasons() == []
    arrive(wire.at, "PhanAnh", {**TOLD, "NoiDung": "Lời khác"})
    assert reasons() == ["nationalportal.filed_differently"]
    assert Petition.objects.get().words["text"] == TOLD["NoiDung"]


def test_its_files_come_with_it_and_a_bomb_is_left_out_and_named(wire: Wire) -> None:
    wire.portal.files = {"/tep/1": pdf(), "/tep/2": zip_bomb()}
    files = [
        {"TenTepDinhKem": "don.pdf", "DuongDanTaiTepTin": f"{wire.portal.url}/tep/1"},
        {"TenTepDinhKem": "bom.docx", "DuongDanTaiTepTin": f"{wire.portal.url}/tep/2"},
    ]
    arrive(wire.at, "PhanAnh", {**TOLD, "TaiLieu": files})
    assert PetitionAttachment.objects.count() == 1
    assert PetitionMovement.objects.get().note == "Không nhận 1 tệp đính kèm: không qua kiểm tra an toàn."


@pytest.mark.parametrize(
    ("service", "data", "reason"),
    [
        ("PhanAnh", {**TOLD, "MaDonVi": "H99"}, "nationalportal.unknown_agency"),
        ("BoSungPhanAnh", {"MaPAKN": "PAKN-1", "NoiDung": "x"}, "nationalportal.unknown_petition"),
        ("DanhGiaPhanAnh", {"MaPAKN": "PAKN-1", "HaiLong": "1"}, "nationalportal.unknown_petition"),
        ("DanhGiaPhanAnh", {"MaPAKN": "PAKN-1", "HaiLong": "có"}, "nationalportal.unknown_mark"),
    ],
)
def test_what_cannot_be_taken_in_is_a_persons_task(
    wire: Wire, service: str, data: dict[str, object], reason: str
) -> None:
    arrive(wire.at, service, data)
    assert reasons() == [reason]


def test_a_supplement_that_nobody_asked_for_is_a_persons_task(wire: Wire) -> None:
    arrive(wire.at, "PhanAnh", TOLD)
    arrive(wire.at, "BoSungPhanAnh", {"MaPAKN": CODE, "NoiDung": "Chưa ai hỏi"})
    assert reasons() == ["petitions.act_not_in_state"]


def test_the_sender_supplements_and_judges_through_the_portal(wire: Wire) -> None:
    arrive(wire.at, "PhanAnh", TOLD)
    row = Petition.objects.get()
    handled(wire.world, row, wire.at)
    petitions.ask_supplement(petition_id=row.pk, question="Quầy nào?", actor=wire.world.mai, at=wire.at)
    arrive(wire.at, "BoSungPhanAnh", {"MaPAKN": CODE, "NoiDung": "Quầy số 2"})
    page = petitions.get_petition(row.pk, actor=wire.world.mai, purpose="Xem", at=wire.at)
    assert page.supplements[0].answer == "Quầy số 2"
    answered(wire.world, row, wire.at)
    arrive(wire.at, "DanhGiaPhanAnh", {"MaPAKN": CODE, "HaiLong": "0", "NoiDung": "Vẫn chờ lâu"})
    said = PetitionSatisfaction.objects.get()
    assert (said.is_satisfied, said.way, said.why) == (False, "national", "Vẫn chờ lâu")
    assert reasons() == []


def test_an_attack_comes_in_as_text(wire: Wire) -> None:
    attack = "<script>alert(1)</script> \u202e\u0000 =1+1 '; DROP TABLE x;--"
    arrive(wire.at, "PhanAnh", {**TOLD, "TieuDe": attack[:60], "NoiDung": attack})
    row = Petition.objects.get()
    assert row.words["text"] == attack
    page = petitions.get_petition(row.pk, actor=wire.world.mai, purpose="Xem", at=wire.at)
    assert "\u202e" not in page.text
    assert "\u0000" not in page.text


def test_no_answer_is_told_of_a_petition_that_did_not_come_from_there(wire: Wire) -> None:
    brought = petitions.Brought(
        "Chờ lâu",
        "Chờ lâu",
        petitions.Sender(phone="0912345678"),
        wire.world.viet_tri.id,
        petitions.PetitionSource.PORTAL,
    )
    filed = petitions.file_petition(brought=brought, actor=NOBODY, at=wire.at)
    row = Petition.objects.get(pk=filed.id)
    handled(wire.world, row, wire.at)
    tell_of_petition(answered(wire.world, row, wire.at))
    assert not Outgoing.objects.filter(kind="petition").exists()


# --- over the wire, with the sandbox -----------------------------------------------------------------


@dataclass
class Line:
    """The province and the sandbox of the portal."""

    world: World
    outside: Outside
    at: dt.datetime

    def order(self, deed: str, **body: object) -> dict[str, Any]:
        return self.outside.order("national_portal", deed, **body)

    def send(self, later: dt.timedelta = dt.timedelta()) -> None:
        while send_round(system=SYSTEM, at=self.at + later).goes_on:
            pass


@pytest.fixture
def line(world: World, outside: Outside, settings: Any, at: dt.datetime) -> Iterator[Line]:  # noqa: F811 - the fixture
    outside.fresh()
    told = {
        "url": outside.national_portal, "user": "h44", "password": outside.portal_password, "dstcode": "x", "agency": "H44",
        "token": outside.portal_token,
    }  # fmt: skip
    settings.VANLANG_NATIONAL_PORTAL = told
    portal = PortalClient(PortalAddress(**told), seconds=10)
    register_system(THE_PORTAL)
    register_sender(PetitionAnswerSender(line=lambda: portal))
    for receiver in receivers():
        register_receiver(receiver)
    yield Line(world, outside, at)
    portal.close()
    forget(SYSTEM)


def petition_there(line: Line, **more: object) -> str:
    """Say something at the sandbox; return its code. The push itself is done by hand: no server of ours listens here."""
    data = {name: value for name, value in TOLD.items() if name != "MaPAKN"}
    return str(line.order("push", service="PhanAnh", data={**data, **more})["MaPAKN"])


def test_the_answer_is_told_and_told_again_it_is_one(line: Line) -> None:
    code = petition_there(line)
    assert push(line.at, "PhanAnh", {**TOLD, "MaPAKN": code}, token=line.outside.portal_token)[1] == "0"
    apply_round(at=line.at + MINUTE)
    row = Petition.objects.get()
    handled(line.world, row, line.at)
    event = answered(line.world, row, line.at)
    tell_of_petition(event)
    tell_of_petition(event)
    line.send()
    row.refresh_from_db()
    outgoing = Outgoing.objects.get(kind="petition")
    assert outgoing.settled_at is not None
    assert outgoing.reason == ""


def test_a_portal_that_is_ill_gets_the_answer_later(line: Line) -> None:
    code = petition_there(line)
    assert push(line.at, "PhanAnh", {**TOLD, "MaPAKN": code}, token=line.outside.portal_token)[1] == "0"
    apply_round(at=line.at + MINUTE)
    row = Petition.objects.get()
    petitions.classify(petition_id=row.pk, kind=PetitionKind.COMPLAINT, actor=line.world.mai, at=line.at)
    moved = petitions.refer(petition_id=row.pk, actor=line.world.mai, at=line.at)
    tell_of_petition(PetitionClosed(at=line.at, petition_id=row.pk, number=moved.version))
    line.outside.misbehave("national_portal", "error_500", times=2)
    line.send()
    assert Outgoing.objects.get(kind="petition").settled_at is None
    for minutes in (10, 60, 300):
        line.send(dt.timedelta(minutes=minutes))
    assert Outgoing.objects.get(kind="petition").settled_at is not None
    told = petitions.tell_outside(row.pk)
    assert told is not None
    assert message_of(told)["TrangThai"] == "4"
