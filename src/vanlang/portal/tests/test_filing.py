"""A whole filing by plain forms, as a browser without JavaScript sends them; and everything that can go wrong on the way."""

from __future__ import annotations

import datetime as dt
import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from vanlang.catalogue.models import Case, ProcedureVersion, RequiredDocument, TimeLimit
from vanlang.dossiers.models import Attachment, Dossier
from vanlang.dossiers.tests.factories import World
from vanlang.files.models import StoredFile
from vanlang.intake.models import Draft, DraftPaper

CODE = "1.001193"
FORM = {"applicant_name": "Nguyễn Thị Lan", "child_name": "Trần Gia An", "child_born_on": "2/11/2026"}


def photo(name: str = "Giấy chứng sinh.jpg") -> SimpleUploadedFile:
    buffer = io.BytesIO()
    Image.new("RGB", (80, 60), (240, 240, 230)).save(buffer, "JPEG")
    return SimpleUploadedFile(name, buffer.getvalue(), content_type="image/jpeg")


def begin(client: Client) -> uuid.UUID:
    answer = client.post(reverse("portal:new_draft", args=[CODE]))
    assert answer.status_code == 303
    return uuid.UUID(answer["Location"].split("/")[2])


def fill(client: Client, world: World, draft_id: uuid.UUID, *, with_papers: bool = True) -> None:
    place = {"place": world.viet_tri.id, "phone": "0912 345 678", "next": "1"}
    assert client.post(reverse("portal:draft_place", args=[draft_id]), place).status_code == 303
    form = client.post(reverse("portal:draft_form", args=[draft_id]), {**FORM, "next": "1"})
    assert form.status_code == 303, form.content.decode()
    if with_papers:
        sent = {f"file-{world.document_id}": photo(), "next": "1"}
        assert client.post(reverse("portal:draft_papers", args=[draft_id]), sent).status_code == 303


def test_from_search_to_dossier_without_javascript(visitor: Client, lan: Client, world: World) -> None:
    found = visitor.get("/thu-tuc/", {"q": "dang ky khai sinh"})
    assert f'href="/thu-tuc/{CODE}/"' in found.content.decode()
    assert "Nộp hồ sơ trực tuyến" in visitor.get(f"/thu-tuc/{CODE}/").content.decode()
    turned_back = visitor.get(f"/nop/moi/{CODE}/")
    assert turned_back.status_code == 302
    assert turned_back["Location"].endswith(f"?next=%2Fnop%2Fmoi%2F{CODE}%2F")

    assert "Bắt đầu" in lan.get(f"/nop/moi/{CODE}/").content.decode()
    assert not Draft.objects.exists(), "a GET begins nothing"
    draft_id = begin(lan)
    fill(lan, world, draft_id)
    review = lan.get(reverse("portal:draft_review", args=[draft_id])).content.decode()
    assert "Trần Gia An" in review
    assert "UBND phường Việt Trì" in review
    assert "02/11/2026" in review
    answer = lan.post(reverse("portal:draft_review", args=[draft_id]))
    assert (answer.status_code, answer["Location"]) == (303, f"/nop/{draft_id}/xong/")

    dossier = Dossier.objects.get()
    assert dossier.applicant_name == "Nguyễn Thị Lan"
    assert dossier.operator_id == dossier.applicant_id == dossier.subject_id == dossier.payer_id
    assert dossier.authority == "own"
    assert dossier.answers == {**FORM, "child_born_on": "2026-11-02"}
    assert dossier.applicant_phone == "0912 345 678"
    assert [paper.required_document_id for paper in Attachment.objects.all()] == [world.document_id]
    done = lan.get(f"/nop/{draft_id}/xong/").content.decode()
    assert "Đã nộp hồ sơ" in done
    assert "09:00, 25/11/2026" in done


def test_pressing_twice_files_once(lan: Client, world: World) -> None:
    draft_id = begin(lan)
    fill(lan, world, draft_id)
    url = reverse("portal:draft_review", args=[draft_id])
    first = lan.post(url)
    again = lan.post(url)
    assert first.status_code == 303
    assert (again.status_code, again["Location"]) == (302, f"/ho-so/{Dossier.objects.get().pk}/")


def test_everything_missing_is_named_at_once(lan: Client, world: World) -> None:
    draft_id = begin(lan)
    answer = lan.post(reverse("portal:draft_review", args=[draft_id]))
    text = answer.content.decode()
    assert answer.status_code == 422
    for label in ("Nơi nộp hồ sơ", "Họ, chữ đệm, tên của trẻ", "Ngày sinh", "Giấy chứng sinh"):
        assert label in text
    assert f"/nop/{draft_id}/giay-to/#giay-to-{world.document_id}" in text
    assert not Dossier.objects.exists()


def test_a_refused_file_says_why_and_the_others_are_kept(lan: Client, world: World) -> None:
    RequiredDocument.objects.create(
        case_id=world.case_id, position=1, name="Giấy chứng nhận kết hôn", kind="paper", originals=1, copies=0, is_required=False,
    )  # fmt: skip
    other = RequiredDocument.objects.get(name="Giấy chứng nhận kết hôn")
    draft_id = begin(lan)
    sent = {
        f"file-{world.document_id}": SimpleUploadedFile("chung-sinh.jpg", b"MZ not a picture"),
        f"file-{other.pk}": photo("ket-hon.jpg"),
        "next": "1",
    }
    answer = lan.post(reverse("portal:draft_papers", args=[draft_id]), sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "“chung-sinh.jpg”: Loại tệp này không nhận ở đây. Hãy tải lên tệp PDF" in text.replace(
        "&quot;", '"'
    )
    assert "ket-hon.jpg" in text
    assert [paper.required_document_id for paper in DraftPaper.objects.all()] == [other.pk]


def test_one_file_by_one_button_comes_back_to_its_paper(lan: Client, world: World) -> None:
    draft_id = begin(lan)
    sent = {f"file-{world.document_id}": photo(), "upload": str(world.document_id)}
    answer = lan.post(reverse("portal:draft_papers", args=[draft_id]), sent)
    assert (answer.status_code, answer["Location"]) == (
        303,
        f"/nop/{draft_id}/giay-to/#giay-to-{world.document_id}",
    )
    paper = DraftPaper.objects.get()
    shown = lan.get(reverse("portal:draft_file", args=[draft_id, paper.pk]))
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    assert lan.post(reverse("portal:remove_file", args=[draft_id, paper.pk])).status_code == 303
    assert not DraftPaper.objects.exists()
    assert not StoredFile.objects.exists()


def test_what_was_typed_is_kept_right_or_not(lan: Client, world: World) -> None:
    draft_id = begin(lan)
    wrong = lan.post(
        reverse("portal:draft_form", args=[draft_id]),
        {"child_name": "An", "child_born_on": "31/2/2026", "next": "1"},
    )
    assert wrong.status_code == 422
    assert "31/2/2026" in wrong.content.decode()
    later = lan.get(reverse("portal:draft_form", args=[draft_id])).content.decode()
    assert 'value="31/2/2026"' in later
    assert 'value="An"' in later
    saved = lan.post(reverse("portal:draft_form", args=[draft_id]), {"child_name": "An", "save": "1"})
    assert (saved.status_code, saved["Location"]) == (303, "/ho-so/")


def test_what_is_known_stands_in_the_form(lan: Client, world: World) -> None:
    draft_id = begin(lan)
    fresh = lan.get(reverse("portal:draft_form", args=[draft_id])).content.decode()
    assert 'value="Nguyễn Thị Lan"' in fresh
    lan.post(
        reverse("portal:draft_form", args=[draft_id]), {"applicant_name": "", "child_name": "An", "save": "1"}
    )
    emptied = lan.get(reverse("portal:draft_form", args=[draft_id])).content.decode()
    assert 'value="Nguyễn Thị Lan"' not in emptied


def test_filing_for_another_person_says_so_and_changes_nobody(lan: Client, world: World) -> None:
    draft_id = begin(lan)
    fill(lan, world, draft_id)
    place = {
        "place": world.viet_tri.id, "phone": "0912345678", "other_name": "Nguyễn Văn Bình",
        "other_personal_id": "025085000456", "mandate": "Giấy ủy quyền ngày 20/11/2026", "next": "1",
    }  # fmt: skip
    assert lan.post(reverse("portal:draft_place", args=[draft_id]), place).status_code == 303
    assert lan.post(reverse("portal:draft_review", args=[draft_id])).status_code == 303
    dossier = Dossier.objects.get()
    assert (dossier.applicant_name, dossier.applicant_personal_id) == ("Nguyễn Văn Bình", "025085000456")
    assert dossier.operator_id == world.lan.person_id
    assert dossier.applicant.personal_id == "", "a typed number proves nobody"
    assert lan.get(f"/ho-so/{dossier.pk}/").status_code == 200


def test_help_without_a_mandate_is_not_refused(lan: Client, world: World) -> None:
    draft_id = begin(lan)
    fill(lan, world, draft_id)
    place = {"place": world.viet_tri.id, "phone": "0912345678", "other_name": "Nguyễn Văn Bình", "next": "1"}
    assert lan.post(reverse("portal:draft_place", args=[draft_id]), place).status_code == 303
    assert lan.post(reverse("portal:draft_review", args=[draft_id])).status_code == 303
    dossier = Dossier.objects.get()
    assert (dossier.authority, dossier.agent_id) == ("none_shown", world.lan.person_id)


@pytest.mark.parametrize(
    "name",
    [
        "draft",
        "draft_place",
        "draft_form",
        "draft_papers",
        "draft_review",
        "draft_submitted",
        "discard_draft",
    ],
)
def test_a_draft_of_somebody_else_is_not_there(
    lan: Client, stranger: Client, world: World, name: str
) -> None:
    draft_id = begin(lan)
    assert stranger.get(reverse(f"portal:{name}", args=[draft_id])).status_code == 404
    assert lan.get(reverse(f"portal:{name}", args=[draft_id])).status_code in {200, 302}


def test_an_officer_files_nothing_as_a_citizen(hung: Client, world: World) -> None:
    assert hung.post(reverse("portal:new_draft", args=[CODE])).status_code == 403


def test_a_draft_moves_to_the_version_in_force(lan: Client, world: World, at: dt.datetime) -> None:
    draft_id = begin(lan)
    fill(lan, world, draft_id)
    new = successor(world, at.date())
    stale = lan.get(reverse("portal:draft_papers", args=[draft_id]))
    text = stale.content.decode()
    assert stale.status_code == 409
    assert "đã hết hiệu lực từ ngày 23/11/2026" in text
    assert "Chuyển bản nháp" in text
    assert lan.post(reverse("portal:draft_review", args=[draft_id])).status_code == 409
    assert lan.post(reverse("portal:carry_over", args=[draft_id])).status_code == 303
    row = Draft.objects.get()
    assert (row.procedure_version_id, row.answers["child_name"]) == (new.pk, "Trần Gia An")
    assert DraftPaper.objects.get().required_document.case.version_id == new.pk
    assert lan.post(reverse("portal:draft_review", args=[draft_id])).status_code == 303
    assert Dossier.objects.get().procedure_version_id == new.pk


def test_where_filing_is_switched_off_the_page_says_where_to_go(lan: Client, world: World, settings) -> None:  # type: ignore[no-untyped-def]
    draft_id = begin(lan)
    settings.VANLANG_PORTAL_FILING = False
    page = lan.get(f"/thu-tuc/{CODE}/").content.decode()
    assert "Nộp hồ sơ trực tuyến</a>" not in page
    assert "dichvucong.gov.vn" in page
    closed = lan.post(reverse("portal:new_draft", args=[CODE]))
    assert closed.status_code == 409
    assert "Cổng Dịch vụ công quốc gia" in closed.content.decode()
    fill(lan, world, draft_id)
    assert lan.post(reverse("portal:draft_review", args=[draft_id])).status_code == 409
    assert not Dossier.objects.exists()


def test_discarding_asks_once_and_keeps_no_file(lan: Client, world: World) -> None:
    draft_id = begin(lan)
    fill(lan, world, draft_id)
    assert "1 tệp" in lan.get(reverse("portal:discard_draft", args=[draft_id])).content.decode()
    assert Draft.objects.exists()
    assert lan.post(reverse("portal:discard_draft", args=[draft_id])).status_code == 303
    assert not Draft.objects.exists()
    assert not StoredFile.objects.exists()


def successor(world: World, on: dt.date) -> ProcedureVersion:
    """Retire the world's version and put one with the same paper in its place."""
    old = ProcedureVersion.objects.get(pk=world.version_id)
    ProcedureVersion.objects.filter(pk=old.pk).update(state="retired", valid_to=on)
    new = ProcedureVersion.objects.get(pk=world.version_id)
    new.pk, new.number, new.valid_from, new.valid_to, new.state = None, 2, on, None, "published"
    new.save()
    case = Case.objects.create(version=new, position=0, form_code="birth-registration")
    RequiredDocument.objects.create(
        case=case, position=0, name="Giấy chứng sinh", kind="paper", originals=1, copies=0, is_required=True
    )
    for limit in TimeLimit.objects.filter(version_id=old.pk):
        limit.pk, limit.version_id = None, new.pk
        limit.save()
    return new
