"""Editor of the catalogue, agencies, calendar: who may, what is shown before it is done, what holds from when."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from vanlang.calendars.api import list_days, list_hours_periods
from vanlang.catalogue.models import ProcedureVersion
from vanlang.desk.tests.officers import browser_of
from vanlang.dossiers.tests.factories import START, World, make_officer, make_procedure
from vanlang.identity.api import Role, list_officers
from vanlang.organizations.api import AgencyKind, NewName, add_agency, find_agency_by_code, list_units

pytestmark = pytest.mark.usefixtures("monday")
CODE = "1.001193"
STEPS = {
    "order-0": "1", "name-0": "Tiếp nhận", "role-0": "counter", "share-0": "10",
    "order-1": "2", "name-1": "Thẩm định", "role-1": "specialist", "share-1": "70",
    "order-2": "3", "name-2": "Ký", "role-2": "leader", "share-2": "20",
    "valid_from": "01/12/2026",
}  # fmt: skip


@pytest.fixture
def province(world: World, at: dt.datetime) -> Client:
    """An editor and administrator at the office of the province."""
    office = add_agency(
        code="H44.01", kind=AgencyKind.PROVINCE, name=NewName("Văn phòng UBND tỉnh", "Văn phòng UBND tỉnh"), valid_from=START
    )  # fmt: skip
    unit = list_units(office, START)[0].id
    roles = {Role.CATALOGUE_EDITOR, Role.ADMIN}
    return browser_of(make_officer("quan", "Đỗ Minh Quân", office, unit, "Quản trị", roles, at))


@pytest.fixture
def commune_admin(world: World, at: dt.datetime) -> Client:
    unit = next(iter(world.viet_tri.units.values()))
    return browser_of(
        make_officer("tri", "Lê Đức Trí", world.viet_tri.id, unit, "Quản trị", {Role.ADMIN}, at)
    )


def test_shares_that_make_no_whole_are_refused(province: Client) -> None:
    answer = province.post(f"/can-bo/thu-tuc/{CODE}/quy-trinh/", {**STEPS, "share-1": "60", "step": "xem"})
    assert answer.status_code == 422
    assert "cộng lại là 90 %" in answer.content.decode()


def test_the_differences_are_shown_before_and_a_new_version_made_after(province: Client) -> None:
    shown = province.post(f"/can-bo/thu-tuc/{CODE}/quy-trinh/", {**STEPS, "step": "xem"})
    assert "Bước 2, tỷ lệ" in shown.content.decode()
    assert ProcedureVersion.objects.filter(procedure__code=CODE).count() == 1
    done = province.post(f"/can-bo/thu-tuc/{CODE}/quy-trinh/", {**STEPS, "step": "ban-hanh"})
    assert done.status_code == 303
    old, new = ProcedureVersion.objects.filter(procedure__code=CODE).order_by("number")
    assert (old.valid_to, new.valid_from) == (dt.date(2026, 12, 1), dt.date(2026, 12, 1))
    shares = list(new.process.order_by("position").values_list("name", "share"))
    assert shares == [("Tiếp nhận", 10), ("Thẩm định", 70), ("Ký", 20)]


def test_fees_are_known_for_every_channel_or_not_published(province: Client) -> None:
    """A fee only for who comes in person leaves who files online without one: said by name, and nothing is written."""
    version = ProcedureVersion.objects.get(procedure__code=CODE)
    for channel in ("direct", "online"):
        version.limits.get_or_create(
            channel=channel,
            defaults={"amount": 3, "unit": "working_day", "origin": "starter", "source": "thử"},
        )
    fee = {
        "name-0": "Lệ phí", "kind-0": "charge", "amount-0": "8.000", "basis-0": "Nghị quyết 05/2026",
        "channel-0": "direct", "valid_from": "01/12/2026", "step": "ban-hanh",
    }  # fmt: skip
    answer = province.post(f"/can-bo/thu-tuc/{CODE}/phi/", fee)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "chưa có mức phí, lệ phí khi nộp qua kênh: Trực tuyến" in page.replace("Chưa có", "chưa có")
    assert "nhập mức 0 đồng kèm căn cứ" in page
    assert "Nghị quyết 05/2026" in page, "what was typed is kept"
    assert ProcedureVersion.objects.filter(procedure__code=CODE).count() == 1
    assert province.post(f"/can-bo/thu-tuc/{CODE}/phi/", {**fee, "channel-0": ""}).status_code == 303


def test_fees_need_a_ground(province: Client) -> None:
    fee = {
        "name-0": "Lệ phí",
        "kind-0": "charge",
        "amount-0": "8.000",
        "basis-0": "",
        "valid_from": "01/12/2026",
        "step": "ban-hanh",
    }
    assert province.post(f"/can-bo/thu-tuc/{CODE}/phi/", fee).status_code == 422
    answer = province.post(f"/can-bo/thu-tuc/{CODE}/phi/", {**fee, "basis-0": "Nghị quyết 05/2026"})
    assert answer.status_code == 303
    new = ProcedureVersion.objects.filter(procedure__code=CODE).order_by("-number").first()
    assert new
    assert [(one.amount_vnd, one.basis) for one in new.fees.all()] == [(8000, "Nghị quyết 05/2026")]


def test_an_editor_of_another_department_is_refused(world: World, at: dt.datetime) -> None:
    make_procedure("2.000815")
    ProcedureVersion.objects.filter(procedure__code="2.000815").update(department_code="H44.19")
    unit = next(iter(world.nong_trang.units.values()))
    editor = make_officer(
        "bien", "Lê Biên", world.nong_trang.id, unit, "Biên tập", {Role.CATALOGUE_EDITOR}, at
    )
    answer = browser_of(editor).post("/can-bo/thu-tuc/2.000815/quy-trinh/", {**STEPS, "step": "ban-hanh"})
    assert answer.status_code == 403
    assert "Thẩm định" in answer.content.decode(), "what was typed is kept"


def test_an_administrator_staffs_the_own_agency_only(world: World, commune_admin: Client) -> None:
    unit = next(iter(world.viet_tri.units.values()))
    told = {
        "viec": "phan-cong", "o-username": "mo", "o-full_name": "Vũ Thị Mơ", "o-title": "Công chức",
        "o-unit": str(unit), "o-roles": ["counter"], "o-valid_from": "23/11/2026",
    }  # fmt: skip
    assert commune_admin.post("/can-bo/co-quan/H44.100/", told).status_code == 303
    officer = next(
        one for one in list_officers(world.viet_tri.id, dt.date(2026, 11, 23)) if one.name == "Vũ Thị Mơ"
    )
    assert officer.roles == {Role.COUNTER}
    elsewhere = next(iter(world.nong_trang.units.values()))
    assert (
        commune_admin.post("/can-bo/co-quan/H44.101/", {**told, "o-unit": str(elsewhere)}).status_code == 403
    )
    ended = commune_admin.post(f"/can-bo/co-quan/H44.100/phan-cong/{officer.id}/ket-thuc/")
    assert ended.status_code == 303
    assert officer.id not in {one.id for one in list_officers(world.viet_tri.id, dt.date(2026, 11, 24))}


def test_only_the_province_reorganizes(province: Client, commune_admin: Client) -> None:
    told = {
        "r-act": "merge", "r-codes": "H44.100, H44.101", "r-into": "H44.100 | UBND phường Việt Trì | Phường Việt Trì | Số 1",
        "r-decision": "Nghị quyết 12/2026", "r-effective_on": "01/01/2027",
    }  # fmt: skip
    assert commune_admin.post("/can-bo/co-quan/sap-xep/", told).status_code == 403
    assert province.post("/can-bo/co-quan/sap-xep/", told).status_code == 303
    gone = find_agency_by_code("H44.101", dt.date(2027, 1, 2))
    assert gone
    assert not gone.is_open
    assert "Nghị quyết 12/2026" in province.get("/can-bo/co-quan/").content.decode()


def test_a_day_off_is_the_provinces_and_hours_are_each_agencys_own(
    world: World, province: Client, commune_admin: Client
) -> None:
    day = {
        "viec": "them-ngay", "d-on": "31/12/2026", "d-kind": "off", "d-name": "Nghỉ bù", "d-status": "decreed",
        "d-source": "Công văn 1", "d-make_up_for": "",
    }  # fmt: skip
    assert commune_admin.post("/can-bo/lich/", day).status_code == 403
    assert province.post("/can-bo/lich/", day).status_code == 303
    assert dt.date(2026, 12, 31) in {one.on for one in list_days(year=2026)}
    hours = {
        "viec": "gio", "h-morning_opens": "07:30", "h-morning_closes": "11:30", "h-afternoon_opens": "13:00",
        "h-afternoon_closes": "16:30", "h-from_on": "01/12/2026", "h-source": "Quyết định 9",
    }  # fmt: skip
    assert commune_admin.post("/can-bo/lich/", {**hours, "h-morning_closes": "13:30"}).status_code == 422
    assert commune_admin.post("/can-bo/lich/", hours).status_code == 303
    assert world.viet_tri.id in list_hours_periods()
