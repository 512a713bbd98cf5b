"""Who stands at the counter, in whose name, on what mandate: cards read or refused, doubles warned of, nothing typed lost."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from vanlang.audit.models import Record
from vanlang.catalogue.models import OutcomeKind, VersionOutcome
from vanlang.desk.tests.officers import browser_of
from vanlang.desk.tests.test_counter import INTAKE, told
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.tests.factories import World
from vanlang.identity.api import MandateFacts, MandateKind, give_mandate, list_representations, revoke_mandate
from vanlang.identity.models import LegalEntity, Mandate, Person
from vanlang.intake.models import MandateEvidence

pytestmark = pytest.mark.usefixtures("monday")
LAN = "025190012123|131234567|Nguyễn Thị Lan|15081990|Nữ|Khu 3, Tiên Cát, Việt Trì, Phú Thọ|22042021"
NEW = "025085000456||Nguyễn Văn Bình|01021985|Nam|Khu 9, Việt Trì|22042021"
PERSON = "/can-bo/tiep-nhan/nguoi/"
IN_NAME_OF_LAN = {
    "c-full_name": "Trần Văn Sơn",
    "c-personal_id": "025190012888",
    "p-name": "person",
    "p-principal_personal_id": "025190012123",
    "p-principal_name": "Nguyễn Thị Lan",
}


def value_of(page: str, field: str) -> str:
    found = re.search(rf'name="{field}"[^>]*value="([^"]*)"', page)
    return found[1] if found else ""


def test_a_readers_enter_fills_in_the_card_and_receives_nothing(world: World) -> None:
    client = browser_of(world.hung)
    answer = client.post(
        INTAKE, told(client, world, **{"c-personal_id": LAN + "\r\n", "c-full_name": "", "c-phone": "0988"})
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert not Dossier.objects.exists()
    assert value_of(page, "c-personal_id") == "025190012123"
    assert value_of(page, "c-full_name") == "Nguyễn Thị Lan"
    assert value_of(page, "c-born_on") == "15/08/1990"
    assert value_of(page, "c-address") == "Khu 3, Tiên Cát, Việt Trì, Phú Thọ"
    assert value_of(page, "c-phone") == "0988", "what was typed stays"
    assert Record.objects.filter(act="desk.look_up_person", kind="read").count() == 1


def test_a_cut_card_names_what_is_missing_and_keeps_what_was_typed(world: World) -> None:
    client = browser_of(world.hung)
    more = {"c-personal_id": LAN[:70], "c-address": "Khu 5", "c-channel": "postal", "c-request": "Gấp"}
    answer = client.post(INTAKE, told(client, world, **more))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Thẻ đọc chưa trọn: thiếu ngày cấp." in page
    assert "Hãy quét lại thẻ" in page, "and what to do now"
    assert (value_of(page, "c-full_name"), value_of(page, "c-address")) == ("Hà Thị Nga", "Khu 5")
    assert re.search(r'value="postal"[^>]* checked', page), "the way it came is kept too"
    assert "Gấp" in page
    assert re.search(rf'name="paper-{world.document_id}"[^>]* checked', page), (
        "and the papers that were ticked"
    )
    assert not Dossier.objects.exists()
    assert not Record.objects.filter(act="desk.look_up_person").exists()


def test_what_the_card_says_otherwise_stands_beside_what_is_known(world: World) -> None:
    Person.objects.filter(pk=world.lan.person_id).update(address="Khu 1, Nông Trang")
    client = browser_of(world.hung)
    page = client.post(PERSON, {"c-personal_id": LAN}, headers={"HX-Request": "true"}).content.decode()
    assert "Thẻ ghi khác với thông tin đã có" in page
    assert "Khu 1, Nông Trang" in page
    assert "Khu 3, Tiên Cát" in page


@pytest.mark.parametrize(("chosen", "address"), [("", "Khu 1, Nông Trang"), ("1", "Khu 3, Tiên Cát")])
def test_nothing_known_is_overwritten_unless_the_officer_chose_it(
    world: World, chosen: str, address: str
) -> None:
    Person.objects.filter(pk=world.lan.person_id).update(address="Khu 1, Nông Trang")
    client = browser_of(world.hung)
    lan = {
        "c-personal_id": "025190012123",
        "c-full_name": "Nguyễn Thị Lan",
        "c-address": "Khu 3, Tiên Cát",
        "c-puts_right": chosen,
    }
    assert client.post(INTAKE, told(client, world, **lan)).status_code == 303
    assert Person.objects.get(pk=world.lan.person_id).address == address
    assert Dossier.objects.get().applicant_address == "Khu 3, Tiên Cát", "the dossier has the card's"


def photo(text: str) -> SimpleUploadedFile:
    out = io.BytesIO()
    segno.make_qr(text, error="m").save(out, kind="png", scale=4)
    return SimpleUploadedFile("the.png", out.getvalue(), "image/png")


def test_a_photograph_of_the_card_does_as_well(world: World) -> None:
    client = browser_of(world.hung)
    page = client.post(PERSON, {"c-photo": photo(NEW)}, headers={"HX-Request": "true"}).content.decode()
    assert value_of(page, "c-full_name") == "Nguyễn Văn Bình"
    blurred = client.post(
        PERSON, {"c-photo": SimpleUploadedFile("a.png", b"no", "image/png")}, headers={"HX-Request": "true"}
    )
    assert blurred.status_code == 422
    assert "Không mở được ảnh này." in blurred.content.decode()


def test_a_cut_card_by_the_reader_alone_is_an_error_too_and_a_number_on_its_own_is_judged_later(
    world: World,
) -> None:
    client = browser_of(world.hung)
    cut = client.post(PERSON, {"c-personal_id": LAN[:70], "c-phone": "0988"}, headers={"HX-Request": "true"})
    assert cut.status_code == 422
    assert "Thẻ đọc chưa trọn" in cut.content.decode()
    assert value_of(cut.content.decode(), "c-phone") == "0988"
    nobody = told(client, world, **{"c-personal_id": "025190099999", "c-full_name": "", "viec": "tra-cuu"})
    page = client.post(INTAKE, nobody)
    assert page.status_code == 200
    assert "id_c-full_name-error" not in page.content.decode(), "nothing was sent yet"


def test_an_enterprise_asks_through_who_came(world: World) -> None:
    client = browser_of(world.hung)
    company = {
        "p-name": "entity",
        "p-entity_kind": "enterprise",
        "p-entity_number": "0100109106-001",
        "p-entity_name": "Công ty TNHH Chè Đất Tổ",
        "p-entity_address": "Việt Trì",
        "p-ground": "Kế toán",
    }
    assert client.post(INTAKE, told(client, world, **company)).status_code == 303
    row, entity = Dossier.objects.get(), LegalEntity.objects.get()
    assert (row.applicant_entity_id, row.applicant_name) == (entity.pk, "Công ty TNHH Chè Đất Tổ")
    assert (row.agent_name, row.authority, row.ground) == ("Hà Thị Nga", "none_shown", "Kế toán")
    assert entity.number == "0100109106001"
    page = client.get(f"/can-bo/ho-so/{row.pk}/").content.decode()
    assert "Công ty TNHH Chè Đất Tổ" in page
    assert "Chưa xuất trình ủy quyền" in page


def test_a_legal_representative_is_noted_and_may_act_online_from_then_on(world: World) -> None:
    client = browser_of(world.hung)
    company = {
        "c-personal_id": "025190012123",
        "c-full_name": "Nguyễn Thị Lan",
        "p-name": "entity",
        "p-entity_kind": "enterprise",
        "p-entity_number": "0100109106",
        "p-entity_name": "Công ty TNHH Chè Đất Tổ",
        "p-shown": "legal",
        "p-ground": "Giấy chứng nhận đăng ký doanh nghiệp",
    }
    assert client.post(INTAKE, told(client, world, **company)).status_code == 303
    assert Dossier.objects.get().authority == "representative"
    assert world.lan.person_id
    (held,) = list_representations(world.lan.person_id, world.at.date())
    assert held.entity.name == "Công ty TNHH Chè Đất Tổ"


def test_an_enterprise_code_that_cannot_be_one_is_told_with_everything_else(world: World) -> None:
    client = browser_of(world.hung)
    wrong = {"p-name": "entity", "p-entity_kind": "enterprise", "p-entity_number": "123", "p-entity_name": ""}
    answer = client.post(INTAKE, told(client, world, **wrong))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Mã số doanh nghiệp chưa đúng." in page
    assert 'href="#id_p-entity_name"' in page
    assert not LegalEntity.objects.exists()


def test_help_without_a_mandate_is_taken_and_noted(world: World) -> None:
    client = browser_of(world.hung)
    assert client.post(INTAKE, told(client, world, **IN_NAME_OF_LAN)).status_code == 303
    row = Dossier.objects.get()
    assert (row.applicant_id, row.agent_name) == (world.lan.person_id, "Trần Văn Sơn")
    assert (row.authority, row.mandate_id) == ("none_shown", None)
    assert row.operator_appointment_id == world.hung.appointment_id


def test_a_paper_that_is_shown_becomes_a_mandate_with_its_scan(world: World) -> None:
    client = browser_of(world.hung)
    scan = SimpleUploadedFile("uy-quyen.png", photo("x").read(), "image/png")
    shown = {
        **IN_NAME_OF_LAN,
        "p-shown": "written",
        "p-shown_ground": "Số 12/2026, Văn phòng công chứng Việt Trì",
        "p-notarised": "1",
        "p-until_on": "31/12/2026",
        "p-paper": scan,
    }
    answer = client.post(INTAKE, told(client, world, **shown))
    assert answer.status_code == 303
    row, mandate = Dossier.objects.get(), Mandate.objects.get()
    assert (row.authority, row.mandate_id) == ("mandate", mandate.pk)
    assert (mandate.valid_to, mandate.is_notarised) == (dt.date(2027, 1, 1), True)
    assert mandate.procedure_codes == ["1.001193"]
    evidence = MandateEvidence.objects.get()
    page = client.get(f"/can-bo/uy-quyen/{mandate.pk}/").content.decode()
    assert "Nguyễn Thị Lan đồng ý để Trần Văn Sơn" in page
    assert client.get(f"/can-bo/uy-quyen/{mandate.pk}/giay-to/{evidence.file_id}/").status_code == 200
    slip = client.get(f"/can-bo/uy-quyen/{mandate.pk}/phieu.pdf")
    assert slip.content.startswith(b"%PDF")
    assert "phieu.pdf" in client.get(answer["Location"]).content.decode(), "the counter is led to the slip"


def test_one_that_the_house_knows_is_found_by_itself_until_it_ends(world: World) -> None:
    son = Person.objects.create(
        personal_id="025190012888", full_name="Trần Văn Sơn", search_name="tran van son", created_at=world.at
    )
    mandate_id = give_mandate(
        facts=MandateFacts(
            kind=MandateKind.ONLINE,
            principal_id=world.lan.person_id,
            agent_id=son.pk,
            valid_to=dt.date(2027, 1, 1),
        ),
        actor=world.lan,
        at=world.at,
    )
    client = browser_of(world.hung)
    client.post(INTAKE, told(client, world, **IN_NAME_OF_LAN))
    assert Dossier.objects.get().mandate_id == mandate_id
    revoke_mandate(mandate_id=mandate_id, actor=world.lan, at=world.at)
    answer = client.post(INTAKE, told(client, world, **IN_NAME_OF_LAN))
    client.post(INTAKE, _going_on(answer.content.decode(), told(client, world, **IN_NAME_OF_LAN)))
    assert sorted(Dossier.objects.values_list("authority", flat=True)) == ["mandate", "none_shown"]


def _going_on(page: str, again: dict[str, object]) -> dict[str, object]:
    return {**again, "da-xem": value_of(page, "da-xem"), "c-dossier_id": value_of(page, "c-dossier_id")}


def test_a_second_birth_is_warned_of_and_told_apart(world: World) -> None:
    client = browser_of(world.hung)
    lan = {"c-personal_id": "025190012123", "c-full_name": "Nguyễn Thị Lan"}
    first = {
        **lan,
        "c-request": "Khai sinh cho Trần Gia An",
        "p-subject": "other",
        "p-subject_name": "Trần Gia An",
    }
    second = {
        **lan,
        "c-request": "Khai sinh cho Trần Gia Bảo",
        "p-subject": "other",
        "p-subject_name": "Trần Gia Bảo",
    }
    assert client.post(INTAKE, told(client, world, **first)).status_code == 303
    asked = told(client, world, **second)
    answer = client.post(INTAKE, asked)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Khai sinh cho Trần Gia An" in page
    assert "Trần G. A." in page
    assert "Vẫn tiếp nhận" in page
    assert Dossier.objects.count() == 1
    assert client.post(INTAKE, {**asked, "da-xem": "something else"}).status_code == 422
    assert client.post(INTAKE, {**asked, "da-xem": value_of(page, "da-xem")}).status_code == 303
    assert set(Dossier.objects.values_list("subject_name", flat=True)) == {"Trần Gia An", "Trần Gia Bảo"}
    went_on = Record.objects.get(act="intake.go_on_despite_doubles")
    assert went_on.facts["dossiers"] == [str(Dossier.objects.order_by("submitted_at", "id").first().pk)]  # type: ignore[union-attr] # there


def test_copies_are_certified_again_and_again_without_a_warning(world: World) -> None:
    kind = OutcomeKind.objects.create(name="Bản sao chứng thực", template="certified-copy")
    VersionOutcome.objects.filter(version_id=world.version_id).delete()
    VersionOutcome.objects.create(version_id=world.version_id, outcome_kind=kind, position=1)
    client = browser_of(world.hung)
    lan = {"c-personal_id": "025190012123", "c-full_name": "Nguyễn Thị Lan"}
    for _ in range(2):
        assert client.post(INTAKE, told(client, world, **lan)).status_code == 303
    assert Dossier.objects.count() == 2


def test_the_same_number_under_another_name_is_warned_of(world: World) -> None:
    client = browser_of(world.hung)
    wrong = {"c-personal_id": "025190012123", "c-full_name": "Trần Thị Huệ"}
    page = client.post(INTAKE, told(client, world, **wrong)).content.decode()
    assert "cùng số định danh, khác họ tên" in page
    assert "Nguyễn T. L." in page
    assert not Dossier.objects.exists()


def test_pressed_twice_by_somebody_without_a_number_there_is_one_dossier_and_one_person(world: World) -> None:
    client = browser_of(world.hung)
    page = told(client, world)
    locations = {client.post(INTAKE, page)["Location"] for _ in range(2)}
    assert len(locations) == Dossier.objects.count() == 1
    assert Person.objects.filter(full_name="Hà Thị Nga").count() == 1


@pytest.mark.parametrize("who", ["thao", "anonymous"])
def test_a_mandate_is_no_page_for_others(world: World, who: str) -> None:
    client = browser_of(world.thao) if who == "thao" else Client()
    answer = client.get("/can-bo/uy-quyen/00000000-0000-4000-8000-000000000001/")
    assert answer.status_code in {302, 403}
