"""A result is the input of the next procedure: by reference, with consent, and nobody may ask for the paper again."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from vanlang.audit.models import Record
from vanlang.catalogue.models import Case, ProcedureVersion
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import ItemKind, NotAcceptable, State, SupplementItem
from vanlang.dossiers.models import Attachment
from vanlang.dossiers.tests.factories import Lives, World, make_procedure
from vanlang.intake.models import Draft, DraftReuse
from vanlang.registers.api import load_registers, revoke_entry
from vanlang.registers.models import Entry, EntryUse

BIRTH = {
    "child_name": "Trần Gia An", "child_gender": "male", "child_born_on": "2026-11-02", "child_ethnicity": "Kinh",
    "child_nationality": "Việt Nam", "birth_place": "Bệnh viện Đa khoa tỉnh", "home_town": "Phú Thọ",
}  # fmt: skip
RESIDENCE = "1.004222"


@dataclass(frozen=True, slots=True)
class Born:
    """A birth that was registered, and a procedure that takes its result."""

    dossier_id: uuid.UUID
    entry_id: uuid.UUID
    document_id: int


@pytest.fixture
def born(world: World, lives: Lives, at: dt.datetime) -> Born:
    load_registers(folder=settings.VANLANG_REFERENCE / "registers", at=at)
    fields = {name: f"answers.{name}" for name in BIRTH} | {"declared_by": "dossier.applicant_name"}
    yields = {"register": "birth", "fields": fields, "holder": "answers.child_name", "organisation": ""}
    Case.objects.filter(pk=world.case_id).update(yields=yields)
    version, case, document = make_procedure(RESIDENCE)
    form_code = Case.objects.get(pk=world.case_id).form_code
    take = {"register": "birth", "paper": document.name, "fills": {"child_name": "child_name", "child_born_on": "child_born_on"}}  # fmt: skip
    Case.objects.filter(pk=case.pk).update(form_code=form_code, takes=[take])
    ProcedureVersion.objects.filter(pk=version.pk).update(
        name="Đăng ký thường trú", name_key="dang ky thuong tru"
    )
    ProcedureVersion.objects.update(revision=77)
    dossier_id = lives.to(State.RELEASED, answers=BIRTH)
    return Born(dossier_id, Entry.objects.get(source_dossier_id=dossier_id).pk, document.pk)


def begin(client: Client, born: Born, world: World) -> uuid.UUID:
    answer = client.post(reverse("portal:new_draft", args=[RESIDENCE]))
    draft_id = uuid.UUID(answer["Location"].split("/")[2])
    place = {"place": world.viet_tri.id, "phone": "0912 345 678", "next": "1"}
    assert client.post(reverse("portal:draft_place", args=[draft_id]), place).status_code == 303
    return draft_id


def use(client: Client, draft_id: uuid.UUID, born: Born, back: str = "giay-to") -> None:
    answer = client.post(reverse("portal:reuse", args=[draft_id, born.entry_id]), {"ve": back})
    assert answer.status_code == 303


def test_from_a_birth_to_a_residence_without_an_upload(lan: Client, world: World, born: Born) -> None:
    mine = lan.get(reverse("portal:my_dossier", args=[born.dossier_id])).content.decode()
    assert "Việc có thể làm tiếp" in mine and "Đăng ký thường trú" in mine
    start = f"{reverse('portal:new_draft', args=[RESIDENCE])}?tu={born.entry_id}"
    assert start in mine
    assert "Dùng kết quả đã có" in lan.get(start).content.decode()
    assert not DraftReuse.objects.exists(), "a GET begins nothing"
    begun = lan.post(reverse("portal:new_draft", args=[RESIDENCE]), {"tu": str(born.entry_id)})
    draft_id = uuid.UUID(begun["Location"].split("/")[2])
    lan.post(reverse("portal:draft_place", args=[draft_id]), {"place": world.viet_tri.id, "phone": "0912345678", "next": "1"})  # fmt: skip
    form = lan.get(reverse("portal:draft_form", args=[draft_id])).content.decode()
    assert 'value="Trần Gia An"' in form and "Theo sổ" in form
    assert 'value="Nguyễn Thị Lan"' in form, "what is known of the applicant is laid in too"
    sent = {
        "applicant_name": "Nguyễn Thị Lan",
        "child_name": "Trần Gia An",
        "child_born_on": "02/11/2026",
        "next": "1",
    }
    assert lan.post(reverse("portal:draft_form", args=[draft_id]), sent).status_code == 303
    papers = lan.get(reverse("portal:draft_papers", args=[draft_id])).content.decode()
    assert "Dùng kết quả có sẵn" in papers
    review = lan.get(reverse("portal:draft_review", args=[draft_id])).content.decode()
    assert "Dùng kết quả có sẵn: Giấy khai sinh số" in review
    assert not EntryUse.objects.exists(), "consent counts when it is filed"
    assert lan.post(reverse("portal:draft_review", args=[draft_id])).status_code == 303
    written = EntryUse.objects.get()
    assert (written.entry_id, written.required_document_id, written.agency_id) == (
        born.entry_id, born.document_id, world.viet_tri.id,
    )  # fmt: skip
    assert Record.objects.filter(act="registers.use", object_id=str(born.entry_id)).exists()
    assert not Attachment.objects.filter(dossier_id=draft_id).exists(), "no scan of it: nothing was uploaded"


def test_the_officer_sees_it_and_can_demand_no_upload(
    lan: Client, hung: Client, world: World, born: Born, at: dt.datetime
) -> None:
    draft_id = begin(lan, born, world)
    use(lan, draft_id, born)
    sent = {
        "applicant_name": "Nguyễn Thị Lan",
        "child_name": "Trần Gia An",
        "child_born_on": "02/11/2026",
        "next": "1",
    }
    lan.post(reverse("portal:draft_form", args=[draft_id]), sent)
    assert lan.post(reverse("portal:draft_review", args=[draft_id])).status_code == 303
    page = hung.get(reverse("desk:dossier", args=[draft_id])).content.decode()
    assert "Kết quả dùng lại từ sổ" in page and "Còn hiệu lực" in page
    item = SupplementItem(ItemKind.DOCUMENT, str(born.document_id), "Giấy chứng sinh", "Thiếu")
    with pytest.raises(NotAcceptable) as refused:
        dossiers.request_supplement(dossier_id=draft_id, items=[item], actor=world.hung, at=at)
    assert refused.value.code == "dossiers.paper_is_held"
    entry = Entry.objects.get(pk=born.entry_id)
    revoke_entry(dossier_id=entry.source_dossier_id, reason="Cấp sai", actor=world.thao, at=at)
    dossiers.request_supplement(dossier_id=draft_id, items=[item], actor=world.hung, at=at)


def test_what_the_writer_typed_is_never_overwritten_and_changes_are_marked(
    lan: Client, world: World, born: Born
) -> None:
    draft_id = begin(lan, born, world)
    typed = {"applicant_name": "Nguyễn Thị Lan", "child_name": "Trần An", "child_born_on": "", "save": "1"}
    lan.post(reverse("portal:draft_form", args=[draft_id]), typed)
    use(lan, draft_id, born, "to-khai")
    answers = Draft.objects.get(pk=draft_id).answers
    assert (answers["child_name"], answers["child_born_on"]) == ("Trần An", "2026-11-02")
    assert "Đã sửa" not in lan.get(reverse("portal:draft_form", args=[draft_id])).content.decode()
    lan.post(reverse("portal:draft_form", args=[draft_id]), {**typed, "child_born_on": "03/11/2026"})
    assert "Đã sửa" in lan.get(reverse("portal:draft_form", args=[draft_id])).content.decode()


def test_an_ended_result_is_offered_as_not_usable_with_the_reason(
    lan: Client, world: World, born: Born, at: dt.datetime
) -> None:
    used = begin(lan, born, world)
    use(lan, used, born)
    revoke_entry(dossier_id=born.dossier_id, reason="Cấp sai", actor=world.thao, at=at)
    review = lan.get(reverse("portal:draft_review", args=[used])).content.decode()
    assert "Kết quả này đã bị thu hồi." in review, "what was used and has ended is missing again"
    stop = DraftReuse.objects.get(draft_id=used).pk
    assert lan.post(reverse("portal:stop_reuse", args=[used, stop])).status_code == 303
    papers = lan.get(reverse("portal:draft_papers", args=[used])).content.decode()
    assert "Kết quả này đã bị thu hồi." in papers and "Dùng bản này" not in papers
    use(lan, used, born)
    assert not DraftReuse.objects.exists()


def test_nobody_uses_the_result_of_somebody_else(
    stranger: Client, lan: Client, world: World, born: Born
) -> None:
    draft_id = begin(stranger, born, world)
    assert stranger.post(reverse("portal:reuse", args=[draft_id, born.entry_id])).status_code == 404
    assert (
        "Dùng bản này" not in stranger.get(reverse("portal:draft_papers", args=[draft_id])).content.decode()
    )
    start = f"{reverse('portal:new_draft', args=[RESIDENCE])}?tu={born.entry_id}"
    assert "Dùng kết quả đã có" not in stranger.get(start).content.decode()
    assert lan.post(reverse("portal:reuse", args=[draft_id, born.entry_id])).status_code == 404


def test_the_counter_is_told_what_comes_next(hung: Client, born: Born) -> None:
    page = hung.get(reverse("desk:dossier", args=[born.dossier_id])).content.decode()
    assert "Việc người dân có thể làm tiếp" in page
    assert reverse("desk:intake", args=[RESIDENCE]) in page
