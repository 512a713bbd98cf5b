"""What the state has issued is not asked for again at the counter: offered masked, used by consent alone, the consent kept."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.test import Client

from vanlang.audit.models import Record
from vanlang.catalogue.models import Case, ProcedureVersion
from vanlang.desk.tests.officers import browser_of
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import Lives, World, make_procedure
from vanlang.registers.api import load_registers, revoke_entry
from vanlang.registers.models import Entry, EntryUse

pytestmark = pytest.mark.usefixtures("monday")
BIRTH = {
    "child_name": "Trần Gia An", "child_gender": "male", "child_born_on": "2026-11-02", "child_ethnicity": "Kinh",
    "child_nationality": "Việt Nam", "birth_place": "Bệnh viện Đa khoa tỉnh", "home_town": "Phú Thọ",
}  # fmt: skip
RESIDENCE = "1.004222"
ADDRESS = f"/can-bo/tiep-nhan/{RESIDENCE}/"
LAN, STRANGER = "025190012123", "025190099999"
HEADING = "Giấy tờ đã có trong kho của Nhà nước"


@dataclass(frozen=True, slots=True)
class Born:
    """A birth in the register, kept by Bà Lan, and a procedure with a paper for which it stands."""

    entry_id: uuid.UUID
    version_id: int
    case_id: int
    document_id: int


@pytest.fixture
def born(world: World, lives: Lives, at: dt.datetime) -> Born:
    load_registers(folder=settings.VANLANG_REFERENCE / "registers", at=at)
    fields = {name: f"answers.{name}" for name in BIRTH} | {"declared_by": "dossier.applicant_name"}
    yields = {"register": "birth", "fields": fields, "holder": "answers.child_name", "organisation": ""}
    Case.objects.filter(pk=world.case_id).update(yields=yields)
    version, case, document = make_procedure(RESIDENCE)
    take = {"register": "birth", "paper": document.name, "fills": {}}
    Case.objects.filter(pk=case.pk).update(takes=[take])
    ProcedureVersion.objects.update(revision=78)
    dossier_id = lives.to(State.RELEASED, answers=BIRTH)
    return Born(Entry.objects.get(source_dossier_id=dossier_id).pk, version.pk, case.pk, document.pk)


def filled(client: Client, world: World, **more: object) -> dict[str, object]:
    made = re.search(r'name="c-dossier_id" value="([^"]+)"', client.get(ADDRESS).content.decode())
    assert made
    return {
        "viec": "nhan", "c-dossier_id": made[1], "c-personal_id": LAN, "c-full_name": "Nguyễn Thị Lan",
        "c-channel": "direct", "c-competent": str(world.viet_tri.id), "c-return_to": str(world.viet_tri.id),
        **more,
    }  # fmt: skip


def lookup(client: Client, born: Born, number: str, **more: object) -> str:
    told = {"c-personal_id": number, "phien-ban": born.version_id, "truong-hop": born.case_id, **more}
    answer = client.post("/can-bo/tiep-nhan/nguoi/", told, headers={"HX-Request": "true"})
    return str(answer.content.decode())


def test_who_is_identified_is_offered_what_they_hold_and_nothing_of_what_it_says(
    world: World, born: Born
) -> None:
    page = lookup(browser_of(world.hung), born, LAN)
    assert HEADING in page and re.search("Người nộp đồng ý dùng Giấy khai sinh số [^<]*•", page)
    entry = Entry.objects.get(pk=born.entry_id)
    assert entry.number not in page, "the number is masked"
    assert "Trần Gia An" not in page and "Bệnh viện Đa khoa tỉnh" not in page
    assert Record.objects.filter(act="desk.list_held", kind="read").count() == 1, "the look is written"
    assert not EntryUse.objects.exists()


def test_by_consent_it_is_the_paper_and_the_consent_is_kept(world: World, born: Born) -> None:
    client = browser_of(world.hung)
    answer = client.post(ADDRESS, filled(client, world, **{"dong-y": str(born.entry_id)}))
    assert answer.status_code == 303
    dossier = Dossier.objects.get(procedure_version_id=born.version_id)
    use = EntryUse.objects.get()
    assert (use.entry_id, use.dossier_id, use.required_document_id) == (
        born.entry_id, dossier.pk, born.document_id,
    )  # fmt: skip
    assert (use.person_id, use.consented_at, bool(use.purpose)) == (world.lan.person_id, world.at, True)
    read = Record.objects.get(act="registers.use", object_id=str(born.entry_id))
    consent = Record.objects.get(act="registers.consent", object_id=str(born.entry_id))
    assert read.facts["dossier"] == consent.facts["dossier"] == str(dossier.pk)
    assert "Kết quả dùng lại từ sổ" in client.get(f"/can-bo/ho-so/{dossier.pk}/").content.decode()


def test_without_consent_nothing_is_shared_and_the_paper_is_missing(world: World, born: Born) -> None:
    client = browser_of(world.hung)
    answer = client.post(ADDRESS, filled(client, world))
    page = answer.content.decode()
    assert answer.status_code == 422 and "Giấy tờ này chưa có." in page
    assert HEADING in page, "it is offered beside the error"
    assert not EntryUse.objects.exists()
    assert not Record.objects.filter(act__in=["registers.use", "registers.consent"]).exists()


def test_nobody_lets_use_what_is_not_theirs_or_has_ended(world: World, born: Born) -> None:
    client = browser_of(world.hung)
    other = {"c-personal_id": STRANGER, "c-full_name": "Hà Thị Nga", "dong-y": str(born.entry_id)}
    assert client.post(ADDRESS, filled(client, world, **other)).status_code == 422
    revoke_entry(
        dossier_id=Entry.objects.get(pk=born.entry_id).source_dossier_id,
        reason="Cấp sai thẩm quyền",
        actor=world.thao,
        at=world.at,
    )
    page = lookup(client, born, LAN)
    assert "disabled" in page and "Người nộp đồng ý dùng" not in page
    ended = filled(client, world, **{"dong-y": str(born.entry_id)})
    assert client.post(ADDRESS, ended).status_code == 422
    assert not EntryUse.objects.exists()


def test_who_has_nothing_is_shown_nothing_and_what_was_shown_goes_with_the_person(
    world: World, born: Born
) -> None:
    client = browser_of(world.hung)
    assert HEADING not in lookup(client, born, STRANGER)
    gone = lookup(client, born, STRANGER, **{"dong-y-hoi": "1"})
    assert 'id="person"' in gone and HEADING not in gone, "the offers of the one before are taken away"
