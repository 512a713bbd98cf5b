"""The counter: what is wrong is told at once, Enter alone looks a person up, missing papers lead to form 02."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from vanlang.audit.models import Record
from vanlang.catalogue.models import Procedure
from vanlang.desk.tests.officers import browser_of
from vanlang.desk.tests.routes import letter
from vanlang.documents.api import typeset
from vanlang.dossiers.models import Attachment, Dossier
from vanlang.dossiers.tests.factories import World

pytestmark = pytest.mark.usefixtures("monday")
INTAKE = "/can-bo/tiep-nhan/1.001193/"


def told(client: Client, world: World, **more: object) -> dict[str, object]:
    made = re.search(r'name="c-dossier_id" value="([^"]+)"', client.get(INTAKE).content.decode())
    assert made
    return {
        "viec": "nhan",
        "c-dossier_id": made[1],
        "c-personal_id": "",
        "c-full_name": "Hà Thị Nga",
        "c-phone": "",
        "c-address": "",
        "c-channel": "direct",
        "c-competent": str(world.viet_tri.id),
        "c-return_to": str(world.viet_tri.id),
        f"paper-{world.document_id}": "1",
        f"paper-{world.document_id}-originals": "1",
        **more,
    }


@pytest.mark.parametrize(
    ("text", "lands"), [("1.001193", True), ("khai sinh", True), ("1", True), ("khong co gi", False)]
)
def test_the_procedure_by_code_words_or_number(world: World, text: str, lands: bool) -> None:
    Procedure.objects.update(is_frequent=True)
    answer = browser_of(world.hung).get("/can-bo/tiep-nhan/", {"q": text, "chon": "1"})
    assert (answer.status_code == 302) is lands
    if lands:
        assert answer["Location"] == INTAKE


def test_the_live_list_equals_the_page(world: World) -> None:
    client = browser_of(world.hung)
    whole = client.get("/can-bo/tiep-nhan/?q=khai").content.decode()
    part = client.get("/can-bo/tiep-nhan/?q=khai", headers={"HX-Request": "true"}).content.decode()
    assert part.strip() in whole
    assert "Thủ tục đăng ký khai sinh" in part


def test_everything_wrong_is_told_at_once(world: World) -> None:
    client = browser_of(world.hung)
    wrong = told(
        client,
        world,
        **{"c-personal_id": "12345", "c-full_name": "", "c-phone": "99", f"paper-{world.document_id}": ""},
    )
    answer = client.post(INTAKE, wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    for field in ("id_c-personal_id", "id_c-full_name", "id_c-phone", f"id_paper-{world.document_id}"):
        assert f'href="#{field}"' in page
    assert "Giấy tờ này chưa có." in page
    assert not Dossier.objects.exists()


def test_enter_on_the_number_alone_fills_in_the_person_and_writes_the_read(world: World) -> None:
    client = browser_of(world.hung)
    answer = client.post(INTAKE, told(client, world, **{"c-personal_id": "025190012123", "c-full_name": ""}))
    assert answer.status_code == 422
    assert "Nguyễn Thị Lan" in answer.content.decode()
    assert Record.objects.filter(act="desk.look_up_person", kind="read").count() == 1


def test_the_live_look_up_fills_the_same_fields(world: World) -> None:
    client = browser_of(world.hung)
    found = client.post(
        "/can-bo/tiep-nhan/nguoi/", {"c-personal_id": "025190012123"}, headers={"HX-Request": "true"}
    )
    assert 'id="person"' in found.content.decode()
    assert "Nguyễn Thị Lan" in found.content.decode()
    assert Record.objects.filter(act="desk.look_up_person", kind="read").count() == 1
    nobody = client.post(
        "/can-bo/tiep-nhan/nguoi/", {"c-personal_id": "025190099999"}, headers={"HX-Request": "true"}
    )
    assert nobody.status_code == 204


def test_scans_are_optional_and_kept(world: World) -> None:
    client = browser_of(world.hung)
    pdf = typeset(letter("A").template, letter("A"), agency_code=None, archival=False)
    scan = SimpleUploadedFile("giay-chung-sinh.pdf", pdf, "application/pdf")
    answer = client.post(INTAKE, told(client, world, **{f"paper-{world.document_id}-scan": scan}))
    assert answer.status_code == 303
    row = Attachment.objects.get()
    assert (row.originals, row.file_id is not None) == (1, True)


def test_a_broken_scan_is_refused_with_its_reason_and_nothing_is_received(world: World) -> None:
    client = browser_of(world.hung)
    scan = SimpleUploadedFile("to-khai.pdf", b"MZ not a pdf", "application/pdf")
    answer = client.post(INTAKE, told(client, world, **{f"paper-{world.document_id}-scan": scan}))
    assert answer.status_code == 422
    assert not Dossier.objects.exists()


def test_without_a_scan_the_paper_is_in_the_dossier_all_the_same(world: World) -> None:
    client = browser_of(world.hung)
    answer = client.post(INTAKE, told(client, world))
    assert answer.status_code == 303
    row = Attachment.objects.get()
    assert (row.originals, row.file_id) == (1, None)
    page = client.get(answer["Location"]).content.decode()
    assert "H44.100-261123-0001" in page
    assert "27/11/2026" in page, "the due date"
    assert "Ngày Văn hóa Việt Nam" in page, "and why: a day off lies between"


def test_something_is_missing_files_it_and_asks(world: World) -> None:
    client = browser_of(world.hung)
    answer = client.post(INTAKE, told(client, world, viec="thieu", **{f"paper-{world.document_id}": ""}))
    dossier = Dossier.objects.get()
    assert dossier.state == "submitted"
    assert answer["Location"] == f"/can-bo/ho-so/{dossier.pk}/yeu-cau-bo-sung/"
    assert client.get(answer["Location"]).status_code == 200


def test_a_procedure_that_is_not_ready_is_not_taken_in(world: World) -> None:
    answer = browser_of(world.hung).get("/can-bo/tiep-nhan/9.999999/")
    assert answer.status_code == 404
