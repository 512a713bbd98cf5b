"""What the portal tells us: kept before it is answered, applied once by the ordinary commands, never lost."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.test import Client

from vanlang.connectors.api import apply_round, list_letters, try_again
from vanlang.connectors.models import Incoming
from vanlang.dossiers import services
from vanlang.dossiers.api import list_for_citizen
from vanlang.dossiers.models import Attachment, Dossier, Rating, SupplementItem
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import MISSING
from vanlang.files.tests.samples import pdf
from vanlang.identity.api import SYSTEM as THE_HOUSE
from vanlang.kernel.clock import frozen
from vanlang.nationalportal.models import PortalFiling, PortalPaper
from vanlang.nationalportal.services import telling
from vanlang.nationalportal.tests.conftest import MINUTE, TOKEN, Wire
from vanlang.nationalportal.tests.portal import Call

CODE = "H44.100-261123-900001"
PLACE = "/ket-noi/cong-quoc-gia/"


def record(wire: Wire, **changes: object) -> Call:
    wire.portal.files["/tep/1"] = pdf()
    wire.portal.dossiers[CODE] = {"MaHoSo": CODE}
    return {
        "MaHoSo": CODE, "MaTTHC": "1.001193", "TenTTHC": "Đăng ký khai sinh", "KenhThucHien": "2", "ChuHoSo": "Nguyễn Thị Lan",
        "LoaiDoiTuong": "1", "MaDoiTuong": "tech-77", "SoDienThoai": "0912345678", "TrichYeuHoSo": "Khai sinh cho cháu An",
        "NgayNopHoSo": "20261123083000", "TrangThaiHoSo": "1", "MaDonViTiepNhan": "H44.100", "DonViXuLy": "H44.100",
        "DinhDanhCHS": [{"LoaiDinhDanh": "1", "SoDinhDanh": "025190012123"}],
        "TaiLieuNop": [
            {"TepDinhKemId": "1", "TenTepDinhKem": "Giấy chứng sinh.pdf", "DuongDanTaiTepTin": f"{wire.portal.url}/tep/1"},
            {"TepDinhKemId": "2", "TenTepDinhKem": "thu hoi.pdf", "DuongDanTaiTepTin": "x", "IsDeleted": "True"},
        ],
        **changes,
    }  # fmt: skip


def push(
    wire: Wire,
    service: str,
    data: object,
    *,
    message: str = "",
    token: str = TOKEN,
    body: bytes | None = None,
) -> tuple[int, str]:
    told = {"id": message or str(uuid.uuid4()), "service": service, "madonvi": "DVCQG", "data": data}
    with frozen(wire.at):
        answer = Client().post(
            PLACE, body or json.dumps(told).encode(), content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        )  # fmt: skip
    assert not answer.cookies
    return answer.status_code, answer.json()["error_code"]


def arrive(wire: Wire, service: str = "NopHoSo", data: Any = None, **changes: object) -> None:
    """Push and apply."""
    assert push(wire, service, data if data is not None else record(wire, **changes))[1] == "0"
    apply_round(at=wire.at + MINUTE)


def why() -> list[str]:
    return [letter.reason for letter in list_letters()]


def filed() -> Dossier:
    return PortalFiling.objects.get(external_code=CODE).dossier  # type: ignore[return-value] # by name


# --- the door ----------------------------------------------------------------------------------------


def test_a_stranger_and_nonsense_are_turned_away_and_nothing_is_kept(wire: Wire) -> None:
    data = record(wire)
    assert push(wire, "NopHoSo", data, token="another") == (401, "-1")
    assert push(wire, "NopHoSo", data, token="") == (401, "-1")
    assert push(wire, "NopHoSo", [data]) == (400, "7")
    assert push(wire, "NopHoSo", {"ChuHoSo": "x"}) == (400, "7")
    assert push(wire, "KhongCo", data) == (400, "7")
    assert push(wire, "NopHoSo", data, body=b"{") == (400, "7")
    assert push(wire, "NopHoSo", data | {"GhiChu": "x" * 1_100_000}) == (400, "7")
    assert not Incoming.objects.exists()


def test_the_same_push_is_had_and_the_same_id_with_other_words_is_not(wire: Wire) -> None:
    data = record(wire)
    assert push(wire, "NopHoSo", data, message="m1") == (200, "0")
    assert push(wire, "NopHoSo", data, message="m1") == (200, "3")
    assert push(wire, "NopHoSo", data, message="m2") == (200, "3")
    assert push(wire, "NopHoSo", data | {"ChuHoSo": "Khác"}, message="m1") == (409, "4")
    assert Incoming.objects.count() == 1


def test_without_a_portal_there_is_no_door(wire: Wire, settings: Any) -> None:
    settings.VANLANG_NATIONAL_PORTAL = settings.VANLANG_NATIONAL_PORTAL | {"token": ""}
    assert push(wire, "NopHoSo", record(wire), token="") == (401, "-1")


# --- a filing ----------------------------------------------------------------------------------------


def test_what_was_filed_there_is_a_dossier_here_and_its_citizens_own(wire: Wire) -> None:
    arrive(wire)
    row = filed()
    assert (row.state, row.channel, row.applicant_name) == (State.SUBMITTED, "online", "Nguyễn Thị Lan")
    assert row.applicant_id == wire.world.lan.person_id == row.operator_id
    assert f"{row.submitted_at.astimezone(wire.at.tzinfo):%H:%M}" == "08:30"
    assert [card.id for card in list_for_citizen(wire.world.lan, at=wire.at)] == [row.pk]
    (paper,) = Attachment.objects.filter(dossier=row)
    assert (paper.name, paper.required_document_id) == ("Giấy chứng sinh.pdf", wire.world.document_id)
    assert paper.file is not None
    assert wire.portal.headers[-1]["Authorization"] == f"Bearer {TOKEN}"


def test_it_is_told_back_under_the_portals_code_with_ours_beside_it(wire: Wire) -> None:
    arrive(wire)
    row = filed()
    wire.tell(row.pk)
    wire.lives.receive(row.pk, wire.at + MINUTE)
    row = wire.tell(row.pk)
    wire.send()
    told = wire.portal.dossiers[CODE]
    assert told["SoBienNhan"] == row.code != CODE
    assert told["NoiNopHoSo"] == "1"
    assert told["MaDoiTuong"] == "tech-77"
    assert {call["isUpdating"] for call in wire.portal.told("DongBoHoSoMC")} == {"True"}
    assert {step["MaHoSo"] for step in wire.portal.progress} == {CODE}
    assert "TaiKhoanDuocXacThucVoiVNeID" not in told


def test_told_twice_it_is_one_dossier_and_told_otherwise_a_persons_task(wire: Wire) -> None:
    arrive(wire)
    push(wire, "NopHoSo", record(wire))
    apply_round(at=wire.at + MINUTE)
    assert Dossier.objects.count() == 1
    arrive(wire, ChuHoSo="Trần Văn Khác")
    assert Dossier.objects.count() == 1
    assert why() == ["nationalportal.filed_differently"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"MaTTHC": "9.999999"}, "nationalportal.unknown_procedure?procedure=9.999999"),
        ({"MaDonViTiepNhan": "H44.999"}, "nationalportal.unknown_agency?agency=H44.999"),
        ({"DinhDanhCHS": []}, "nationalportal.owner_missing"),
        ({"DinhDanhCHS": [{"LoaiDinhDanh": "1", "SoDinhDanh": "000000001"}]}, "nationalportal.owner_missing"),
        ({"ChuHoSo": ""}, "nationalportal.owner_missing"),
        ({"LoaiDoiTuong": "2"}, "nationalportal.owner_missing"),
    ],
)
def test_what_cannot_be_taken_in_is_a_persons_task_that_says_why(
    wire: Wire, changes: dict[str, object], reason: str
) -> None:
    arrive(wire, **changes)
    assert why() == [reason]
    assert not Dossier.objects.exists()


def test_mended_it_is_taken_in_with_the_day_on_which_it_was_filed(wire: Wire) -> None:
    from vanlang.catalogue.models import ProcedureVersion

    ProcedureVersion.objects.update(is_ready=False, lacks=["limit_missing"])
    arrive(wire)
    assert why() == ["nationalportal.procedure_not_ready?procedure=1.001193"]
    ProcedureVersion.objects.update(is_ready=True, lacks=[])
    (letter,) = list_letters()
    try_again(letter_id=letter.id, is_incoming=True, actor=THE_HOUSE, at=wire.at + MINUTE)
    apply_round(at=wire.at + MINUTE)
    assert f"{filed().submitted_at.astimezone(wire.at.tzinfo):%H:%M}" == "08:30"
    assert why() == []


def test_a_paper_that_our_checks_refuse_keeps_the_filing_waiting(wire: Wire) -> None:
    data = record(wire)
    wire.portal.files["/tep/1"] = b"MZ this is a program"
    arrive(wire, data=data)
    (reason,) = why()
    assert reason.startswith("nationalportal.paper_refused?paper=1&why=files.")
    wire.portal.files["/tep/1"] = pdf()
    (letter,) = list_letters()
    try_again(letter_id=letter.id, is_incoming=True, actor=THE_HOUSE, at=wire.at + MINUTE)
    apply_round(at=wire.at + MINUTE)
    assert filed().state == State.SUBMITTED
    assert PortalPaper.objects.get().file_id is not None


def test_a_paper_elsewhere_is_not_fetched(wire: Wire) -> None:
    data = record(wire)
    data["TaiLieuNop"][0]["DuongDanTaiTepTin"] = "http://127.0.0.1:1/admin"
    arrive(wire, data=data)
    assert why() == ["nationalportal.paper_unreachable?paper=1"]


def test_a_portal_that_is_ill_costs_nothing_but_time(wire: Wire, settings: Any) -> None:
    data = record(wire)
    well = settings.VANLANG_NATIONAL_PORTAL
    settings.VANLANG_NATIONAL_PORTAL = well | {"url": "http://127.0.0.1:1"}
    data["TaiLieuNop"][0]["DuongDanTaiTepTin"] = "http://127.0.0.1:1/tep/1"
    arrive(wire, data=data)
    assert why() == []
    assert Incoming.objects.get().tries == 1
    assert not Dossier.objects.exists()


def test_an_enterprise_is_the_applicant_and_its_person_the_hand(wire: Wire) -> None:
    both = [
        {"LoaiDinhDanh": "1", "SoDinhDanh": "025190012123"},
        {"LoaiDinhDanh": "3", "SoDinhDanh": "2600123456"},
    ]
    arrive(wire, LoaiDoiTuong="2", ChuHoSo="Công ty TNHH Chè Phú Thọ", DinhDanhCHS=both)
    if why():
        pytest.fail(str(why()))
    row = filed()
    assert (row.applicant_id, row.applicant_entity_number) == (None, "2600123456")
    assert row.operator_id == wire.world.lan.person_id


# --- what follows --------------------------------------------------------------------------------------


def test_a_supplement_there_answers_the_open_request(wire: Wire) -> None:
    arrive(wire)
    row = filed()
    services.request_supplement(dossier_id=row.pk, items=MISSING, actor=wire.world.hung, at=wire.at + MINUTE)
    row.refresh_from_db()
    assert row.state == State.AWAITING_COMPLETION
    wire.portal.files["/tep/9"] = pdf(2)
    papers = [{"TenTepDinhKem": "anh.pdf", "DuongDanTaiTepTin": f"{wire.portal.url}/tep/9"}]
    arrive(
        wire, "BoSungHoSo",
        {"MaHoSo": CODE, "HoSoBoSungId": "1", "NoiDung": "Nguyễn Thị Lan", "TaiLieuNop": papers},
    )  # fmt: skip
    row.refresh_from_db()
    assert why() == []
    assert row.state == State.SUBMITTED
    assert row.answers["mother_name"] == "Nguyễn Thị Lan"
    assert SupplementItem.objects.get(kind="document").attachment is not None


def test_half_a_supplement_waits_for_a_person_in_the_commands_words(wire: Wire) -> None:
    arrive(wire)
    services.request_supplement(
        dossier_id=filed().pk, items=MISSING, actor=wire.world.hung, at=wire.at + MINUTE
    )
    arrive(wire, "BoSungHoSo", {"MaHoSo": CODE, "HoSoBoSungId": "1", "NoiDung": "", "TaiLieuNop": []})
    (reason,) = why()
    assert reason.startswith("dossiers.supplement_incomplete")


def test_a_supplement_that_nobody_asked_for_is_a_persons_task(wire: Wire) -> None:
    arrive(wire)
    arrive(wire, "BoSungHoSo", {"MaHoSo": CODE, "NoiDung": "x", "TaiLieuNop": []})
    assert why() == ["nationalportal.nothing_asked"]


def test_a_withdrawal_there_is_one_here(wire: Wire) -> None:
    arrive(wire)
    arrive(wire, "RutHoSo", {"MaHoSo": CODE, "LyDo": "Không còn nhu cầu"})
    assert filed().state == State.WITHDRAWN


def test_our_own_dossier_is_found_by_our_code(wire: Wire) -> None:
    dossier_id = wire.lives.to(State.RECEIVED)
    row = Dossier.objects.get(pk=dossier_id)
    arrive(wire, "RutHoSo", {"MaHoSo": row.code, "LyDo": ""})
    row.refresh_from_db()
    assert row.state == State.WITHDRAWN


def test_a_rating_there_is_kept_once_and_bound_to_the_dossier(wire: Wire) -> None:
    row = Dossier.objects.get(pk=wire.lives.to(State.RELEASED))
    arrive(wire, "DanhGiaHoSo", {"MaHoSo": row.code, "MucDo": "1", "NoiDung": "Nhanh"})
    assert Rating.objects.get(dossier=row).overall == 5
    arrive(wire, "DanhGiaHoSo", {"MaHoSo": row.code, "MucDo": "7", "NoiDung": ""})
    assert why() == ["nationalportal.unknown_mark"]


def test_a_message_about_nothing_we_have_waits(wire: Wire) -> None:
    arrive(wire, "RutHoSo", {"MaHoSo": "H44.100-261123-9999", "LyDo": ""})
    arrive(wire, "ThanhToanHoSo", {"MaHoSo": CODE, "MaThamChieu": "x", "SoTien": "8000"})
    assert sorted(why()) == ["nationalportal.unknown_dossier", "nationalportal.unknown_payment"]


def test_what_comes_behind_a_filing_that_waits_is_not_lost(wire: Wire) -> None:
    from vanlang.catalogue.models import ProcedureVersion

    ProcedureVersion.objects.update(is_ready=False, lacks=["limit_missing"])
    arrive(wire)
    push(wire, "RutHoSo", {"MaHoSo": CODE, "LyDo": ""})
    apply_round(at=wire.at + MINUTE)
    ProcedureVersion.objects.update(is_ready=True, lacks=[])
    (letter,) = list_letters()
    try_again(letter_id=letter.id, is_incoming=True, actor=THE_HOUSE, at=wire.at + MINUTE)
    apply_round(at=wire.at + MINUTE)
    assert filed().state == State.WITHDRAWN


# --- files for the portal --------------------------------------------------------------------------------


def test_the_portal_fetches_a_paper_with_its_token_alone(wire: Wire) -> None:
    arrive(wire)
    row = filed()
    telling.tell_dossier(
        dossier_id=row.pk, number=1, code=None, agency_id=row.competent_agency_id, at=wire.at
    )
    wire.send()
    address = wire.portal.dossiers[CODE]["TaiLieuNop"][0]["DuongDanTaiTepTin"]
    path = address[address.index("/ket-noi") :]
    assert Client().get(path).status_code == 401
    answer = Client().get(path, headers={"Authorization": f"Bearer {TOKEN}"})
    assert (answer.status_code, answer.content) == (200, wire.portal.files["/tep/1"])
