"""A result says until when it holds; the counter sees how a person can be told, and the dossier what was told and arrived."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from django.urls import reverse

from vanlang.catalogue.models import Case, ProcedureVersion
from vanlang.desk.queries.drafts import term_of
from vanlang.desk.tests.officers import browser_of
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.models import Dossier, Outcome
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import Lives, World
from vanlang.identity.models import Person
from vanlang.kernel.clock import VIETNAM
from vanlang.notifications.api import Recipient, tell
from vanlang.registers.api import load_registers
from vanlang.registers.models import Entry

pytestmark = pytest.mark.usefixtures("monday")
LAST_ON = dt.date(2027, 3, 31)


def yielding(world: World, register: str, at: dt.datetime) -> None:
    load_registers(folder=settings.VANLANG_REFERENCE / "registers", at=at)
    yields = {"register": register, "fields": {}, "holder": "dossier.applicant_name", "organisation": ""}
    Case.objects.filter(pk=world.case_id).update(yields=yields)
    ProcedureVersion.objects.filter(pk=world.version_id).update(revision=79)


def test_only_a_result_with_a_term_asks_until_when_it_holds(world: World, lives: Lives) -> None:
    yielding(world, "birth", world.at)
    dossier_id = lives.to(State.IN_PROGRESS)
    before = browser_of(world.mai).get(reverse("desk:propose", args=[dossier_id]))
    assert before.status_code == 200 and "Có hiệu lực đến hết ngày" not in before.content.decode()
    yielding(world, "marital-status", world.at)
    ProcedureVersion.objects.filter(pk=world.version_id).update(revision=80)
    page = browser_of(world.mai).get(reverse("desk:propose", args=[dossier_id])).content.decode()
    assert "Có hiệu lực đến hết ngày" in page and "Để trống: 6 tháng từ ngày ký." in page


def test_what_was_typed_is_the_outcomes_term_and_the_registers(world: World, lives: Lives) -> None:
    yielding(world, "marital-status", world.at)
    dossier_id = lives.to(State.IN_PROGRESS)
    client, address = browser_of(world.mai), reverse("desk:propose", args=[dossier_id])
    typed = {
        "mau": "on_paper", "granted": "granted", "title": "Giấy xác nhận tình trạng hôn nhân", "book_kind": "",
        "leader": "", "note": "", "expected_version": Dossier.objects.get(pk=dossier_id).version,
    }  # fmt: skip
    gone = client.post(address, typed | {"last_on": "22/11/2026"})
    assert gone.status_code == 422 and "Ngày này đã qua." in gone.content.decode()
    assert 'value="22/11/2026"' in gone.content.decode(), "what was typed is kept"
    assert client.post(address, typed | {"last_on": "31/03/2027"}).status_code == 303
    assert Outcome.objects.get(dossier_id=dossier_id).expires_on == LAST_ON + dt.timedelta(days=1)
    dossiers.approve(dossier_id=dossier_id, actor=world.phuc, at=world.at)
    late = dt.datetime.combine(LAST_ON + dt.timedelta(days=1), dt.time(9), tzinfo=VIETNAM)
    with pytest.raises(dossiers.NotAcceptable) as refused:
        dossiers.release(dossier_id=dossier_id, number="15/XN", actor=world.thao, at=late)
    assert refused.value.code == "dossiers.expired_before_issue", "nothing is issued that holds no longer"
    dossiers.release(dossier_id=dossier_id, number="15/XN", actor=world.thao, at=world.at)
    entry = Entry.objects.get(source_dossier_id=dossier_id)
    assert entry.expires_on == LAST_ON + dt.timedelta(days=1), "the register says what the document says"


def test_a_kind_without_a_register_has_no_term(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    page = dossiers.get_dossier_page(dossier_id, actor=world.mai, purpose="Thử", at=world.at)
    assert term_of(page, world.at.date()) is None


def test_the_counter_sees_how_a_person_can_be_told_and_takes_an_address(world: World) -> None:
    client = browser_of(world.hung)
    Person.objects.filter(pk=world.lan.person_id).update(phone="", email="")
    ask = {"c-personal_id": "025190012123"}
    page = client.post("/can-bo/tiep-nhan/nguoi/", ask, headers={"HX-Request": "true"}).content.decode()
    assert "Chưa có cách nào báo tin cho người này." in page
    Person.objects.filter(pk=world.lan.person_id).update(phone="0912345678", email="lan@example.vn")
    page = client.post("/can-bo/tiep-nhan/nguoi/", ask, headers={"HX-Request": "true"}).content.decode()
    assert "Báo tin qua" in page
    assert "lan@example.vn" not in page.split("Báo tin qua")[1].split("</p>")[0], "masked"
    assert 'name="c-email"' in page


def test_the_dossier_shows_what_was_told_and_what_became_of_it(world: World, lives: Lives) -> None:
    dossier_id = lives.to(State.RECEIVED)
    client = browser_of(world.hung)
    assert "Tin đã báo" not in client.get(f"/can-bo/ho-so/{dossier_id}/").content.decode()
    assert world.lan.person_id is not None
    tell(
        event="dossiers.released", object_type="dossier", object_id=dossier_id, occurrence="9",
        to=Recipient.person(world.lan.person_id, email="lan@example.vn"), template="result_ready",
        values={
            "dossier": "hồ sơ H44.100-261123-0001", "procedure": "Đăng ký khai sinh",
            "dossier_at_start": "Hồ sơ H44.100-261123-0001", "place": "UBND phường Việt Trì", "how": "Đến nhận.",
        },
        agency_id=world.viet_tri.id, link="/ho-so/", at=world.at,
    )  # fmt: skip
    page = client.get(f"/can-bo/ho-so/{dossier_id}/").content.decode()
    assert "Tin đã báo" in page and "Đã có kết quả" in page and "Chờ gửi" in page
    assert "lan@example.vn" not in page.split('id="tin-da-bao"')[1].split("</table>")[0], (
        "the address is masked"
    )
