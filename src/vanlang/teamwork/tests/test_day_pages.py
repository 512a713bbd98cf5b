"""Substitutions, what is stuck, and decided dossiers like one: by role, with everything that can be typed wrongly."""

from __future__ import annotations

import datetime as dt

import pytest

from vanlang.audit.api import list_records
from vanlang.dossiers.jobs import watch_dossiers
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import Lives, World, make_officer
from vanlang.identity.api import Actor, Role, end_appointment, list_substitutions
from vanlang.kernel import clock
from vanlang.organizations.api import UnitKind
from vanlang.teamwork.tests.officers import browser_of

pytestmark = pytest.mark.usefixtures("monday")
SUBSTITUTIONS, STUCK = "/can-bo/cung-lam/thay-khi-vang/", "/can-bo/cung-lam/vuong-mac/"


@pytest.fixture
def nam(world: World) -> Actor:
    return make_officer(
        "nam", "Vũ Hoài Nam", world.viet_tri.id, world.viet_tri.units[UnitKind.SPECIALIST], "Chuyên viên",
        {Role.SPECIALIST}, world.at,
    )  # fmt: skip


def told(absent: Actor, substitute: Actor, **more: str) -> dict[str, str]:
    return {
        "absent": str(absent.appointment_id), "substitute": str(substitute.appointment_id), "from_on": "23/11/2026",
        "last_on": "27/11/2026", "reason": "Nghỉ phép", "decision": "", "decided_on": "", **more,
    }  # fmt: skip


def test_an_officer_names_their_substitute_and_ends_it(world: World, lives: Lives, nam: Actor) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    client = browser_of(world.mai)
    assert client.post(SUBSTITUTIONS, told(world.mai, nam)).status_code == 303
    page = client.get(SUBSTITUTIONS).content.decode()
    assert "Vũ Hoài Nam" in page
    assert "đang thay" in page
    assert str(dossier_id) in browser_of(nam).get("/can-bo/ho-so/?loc=cho-toi").content.decode()
    [card] = list_substitutions(world.viet_tri.id, on=world.at.date())
    assert (card.valid_from, card.valid_to) == (dt.date(2026, 11, 23), dt.date(2026, 11, 28))
    end = f"{SUBSTITUTIONS}{card.id}/ket-thuc/"
    assert browser_of(world.nong_trang.leader).post(end).status_code == 403
    assert client.post(end).status_code == 303
    assert str(dossier_id) not in browser_of(nam).get("/can-bo/ho-so/?loc=cho-toi").content.decode()


@pytest.mark.parametrize(
    ("changes", "status", "said"),
    [
        ({"last_on": "20/11/2026"}, 422, "Khoảng ngày thay chưa đúng."),
        ({"from_on": "hôm qua"}, 422, ""),
        ({"substitute": ""}, 422, ""),
    ],
)
def test_what_is_typed_wrongly_is_named_and_kept(
    world: World, nam: Actor, changes: dict[str, str], status: int, said: str
) -> None:
    answer = browser_of(world.mai).post(SUBSTITUTIONS, told(world.mai, nam) | changes)
    assert answer.status_code == status
    page = answer.content.decode()
    assert said in page
    assert 'value="Nghỉ phép"' in page


def test_one_names_a_substitute_for_oneself_alone_a_leader_for_all(world: World, nam: Actor) -> None:
    assert browser_of(nam).post(SUBSTITUTIONS, told(world.mai, nam)).status_code == 422
    assert browser_of(world.phuc).post(SUBSTITUTIONS, told(world.mai, nam)).status_code == 303
    again = browser_of(world.phuc).post(SUBSTITUTIONS, told(world.mai, nam))
    assert again.status_code == 409
    assert "đã có người thay" in again.content.decode()


def test_a_leader_s_powers_want_the_decision_on_the_page(world: World) -> None:
    ha = make_officer(
        "ha", "Trịnh Thu Hà", world.viet_tri.id, world.viet_tri.units[UnitKind.LEADERSHIP], "Phó Chủ tịch", {Role.LEADER}, world.at
    )  # fmt: skip
    client = browser_of(world.phuc)
    answer = client.post(SUBSTITUTIONS, told(world.phuc, ha))
    assert "phải có quyết định" in answer.content.decode()
    decided = told(world.phuc, ha, decision="15/QĐ-UBND", decided_on="20/11/2026")
    assert client.post(SUBSTITUTIONS, decided).status_code == 303
    assert "15/QĐ-UBND" in client.get(SUBSTITUTIONS).content.decode()


def test_what_is_stuck_opens_from_its_figure(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    client = browser_of(world.phuc)
    assert "Không có hồ sơ nào vướng." in client.get(STUCK).content.decode()
    end_appointment(
        appointment_id=world.mai.appointment_id or 0, on=world.at.date(), actor=world.phuc, at=world.at
    )
    watch_dossiers(timestamp=0)
    for way in ("ly-do", "don-vi", "nguoi", "buoc", "khong-co"):
        page = client.get(STUCK, {"theo": way}).content.decode()
        assert str(dossier_id) in page, way
        assert "<rect" in page
    page = client.get(STUCK, {"theo": "ly-do", "muc": "Người giữ đã thôi việc"}).content.decode()
    assert str(dossier_id) in page
    assert (
        str(dossier_id)
        not in client.get(STUCK, {"theo": "ly-do", "muc": "Đứng yên quá lâu"}).content.decode()
    )
    assert browser_of(world.nong_trang.leader).get(STUCK).content.decode().count(str(dossier_id)) == 0
    assert browser_of(world.mai).get(STUCK).status_code in {302, 403}


def test_an_alarm_is_raised_after_a_working_day(world: World, lives: Lives) -> None:
    lives.to(State.IN_PROGRESS)
    end_appointment(
        appointment_id=world.mai.appointment_id or 0, on=world.at.date(), actor=world.phuc, at=world.at
    )
    watch_dossiers(timestamp=0)
    assert "báo động" not in browser_of(world.phuc).get(STUCK).content.decode()
    with clock.frozen(world.at + dt.timedelta(days=3)):
        watch_dossiers(timestamp=0)
        assert "báo động" in browser_of(world.phuc).get(STUCK).content.decode()


def test_precedents_are_masked_ranked_and_no_read(world: World, lives: Lives) -> None:
    answers = {"child_name": "Trần Gia An", "mother_name": "Nguyễn Thị Lan", "place": "Trạm y tế Gia Cẩm"}
    now = lives.to(State.IN_PROGRESS, answers=answers)
    unlike = lives.to(State.DELIVERED, answers={"child_name": "Lê Văn Bình", "place": "Bệnh viện tỉnh"})
    like = lives.to(State.DELIVERED, answers={**answers, "child_name": "Trần Gia Bảo"})
    page = browser_of(world.mai).get(f"/can-bo/cung-lam/ho-so/{now}/tuong-tu/").content.decode()
    assert page.index(str(like)) < page.index(str(unlike))
    assert "Trùng 2/3 mục khai" in page
    assert "Nguyễn T. L." in page
    assert "Nguyễn Thị Lan" not in page
    assert not [one for one in list_records(object_type="dossier", object_id=like) if one.kind == "read"]
    browser_of(world.mai).get(f"/can-bo/ho-so/{like}/")
    assert [one for one in list_records(object_type="dossier", object_id=like) if one.kind == "read"]
