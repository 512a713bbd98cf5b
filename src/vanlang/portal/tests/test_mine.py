"""A citizen follows a dossier: where it lies, what is asked, what came out; and nobody else does."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from vanlang.dossiers.models import Attachment, Dossier, SupplementItem
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import Lives, World
from vanlang.dossiers.tests.test_deciding import ELECTRONIC
from vanlang.files.api import store
from vanlang.files.models import StoredFile
from vanlang.portal.tests.test_filing import photo

PAGES = ["my_dossier", "withdraw", "receipt", "outcome", "answer_supplement"]


def url(name: str, dossier_id: uuid.UUID, *more: object) -> str:
    return reverse(f"portal:{name}", args=[dossier_id, *more])


@pytest.mark.parametrize("name", PAGES)
def test_a_dossier_of_somebody_else_is_not_there(stranger: Client, lives: Lives, name: str) -> None:
    dossier_id = lives.to(State.AWAITING_SUPPLEMENT)
    assert stranger.get(url(name, dossier_id)).status_code == 404
    if name in {"withdraw", "answer_supplement"}:
        assert stranger.post(url(name, dossier_id)).status_code == 404


@pytest.mark.parametrize("state", [state for state in State if state is not State.DRAFT])
def test_every_state_has_a_page(lan: Client, world: World, state: State) -> None:
    lives = Lives(world, ELECTRONIC) if state is State.SIGNED else Lives(world)
    answer = lan.get(url("my_dossier", lives.to(state)))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "!!undefined" not in text
    assert "Trần Mạnh Hùng" not in text, "officers are shown by role"


def test_the_page_says_where_who_until_when_and_why_then(lan: Client, lives: Lives) -> None:
    text = lan.get(url("my_dossier", lives.to(State.RECEIVED))).content.decode()
    assert (
        "Hồ sơ đang ở Phường Việt Trì, bộ phận Một cửa đang giữ, hẹn trả trước 17:00 ngày 27/11/2026." in text
    )
    assert "Ngày hẹn được tính thế nào" in text
    assert "17:00, thứ Sáu, 27/11/2026" in text


def test_my_list_says_first_what_waits_for_me(lan: Client, lives: Lives) -> None:
    for state in (State.DELIVERED, State.RECEIVED, State.AWAITING_SUPPLEMENT):
        lives.to(state)
    text = lan.get("/ho-so/").content.decode()
    places = [
        text.index(f'id="{anchor}-title"') for anchor in ("can-bo-sung", "dang-giai-quyet", "da-ket-thuc")
    ]
    assert places == sorted(places)


def test_an_empty_list_says_what_can_be_done(stranger: Client) -> None:
    assert "Chưa có hồ sơ nào" in stranger.get("/ho-so/").content.decode()


def test_answering_a_supplement_loses_nothing_on_the_way(lan: Client, lives: Lives) -> None:
    dossier_id = lives.to(State.AWAITING_SUPPLEMENT)
    address = url("answer_supplement", dossier_id)
    asked = lan.get(address).content.decode()
    assert "Ảnh mờ, không đọc được số" in asked
    assert 'value="Nguyễn Thị Lan"' in asked
    half = lan.post(address, {"mother_name": "", "file-birth": photo()})
    text = half.content.decode()
    assert half.status_code == 422
    assert "Đã nhận tệp Giấy chứng sinh.jpg" in text
    kept = text.split('name="kept-file-birth" value="')[1].split('"')[0]
    answer = lan.post(address, {"mother_name": "Nguyễn Thị Lan Anh", "kept-file-birth": kept})
    assert (answer.status_code, answer["Location"]) == (303, f"/ho-so/{dossier_id}/")
    row = Dossier.objects.get(pk=dossier_id)
    assert (row.state, row.answers["mother_name"]) == (State.IN_PROGRESS, "Nguyễn Thị Lan Anh")
    assert Attachment.objects.get(dossier=row).name == "Giấy chứng sinh"
    assert StoredFile.objects.count() == 1
    assert all(item.answer or item.attachment_id for item in SupplementItem.objects.all())


def test_a_file_of_somebody_else_cannot_be_slipped_in(lan: Client, stranger: Client, lives: Lives) -> None:
    dossier_id = lives.to(State.AWAITING_SUPPLEMENT)
    file = store(content=photo().read(), name="của-người-khác.jpg", at=lives.world.at)
    sent = {"mother_name": "Lan", "kept-file-birth": f"{file.id}:forged"}
    answer = lan.post(url("answer_supplement", dossier_id), sent)
    assert answer.status_code == 422
    assert "Chưa chọn tệp nào." in answer.content.decode()
    assert not Attachment.objects.exists()


def test_a_file_is_refused_with_what_to_do(lan: Client, lives: Lives) -> None:
    dossier_id = lives.to(State.AWAITING_SUPPLEMENT)
    bad = photo("ảnh.jpg")
    bad.file.write(b"")
    sent = {"mother_name": "Lan", "file-birth": type(bad)("anh.jpg", b"GIF89a not one of ours")}
    answer = lan.post(url("answer_supplement", dossier_id), sent)
    assert answer.status_code == 422
    assert "Loại tệp này không nhận ở đây." in answer.content.decode()


def test_nothing_asked_leads_back_to_the_dossier(lan: Client, lives: Lives) -> None:
    dossier_id = lives.to(State.RECEIVED)
    answer = lan.get(url("answer_supplement", dossier_id))
    assert (answer.status_code, answer["Location"]) == (302, f"/ho-so/{dossier_id}/")


def test_withdrawing_asks_once(lan: Client, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    assert "Rút hồ sơ này?" in lan.get(url("withdraw", dossier_id)).content.decode()
    version = Dossier.objects.get(pk=dossier_id).version
    assert lan.post(url("withdraw", dossier_id), {"version": version}).status_code == 303
    assert Dossier.objects.get(pk=dossier_id).state == State.WITHDRAWN
    too_late = lan.get(url("withdraw", dossier_id))
    assert too_late.status_code == 409
    assert "không rút được nữa" in too_late.content.decode()


def test_a_stale_page_withdraws_nothing(lan: Client, lives: Lives) -> None:
    dossier_id = lives.to(State.IN_PROGRESS)
    assert lan.post(url("withdraw", dossier_id), {"version": 1}).status_code == 409
    assert Dossier.objects.get(pk=dossier_id).state == State.IN_PROGRESS


def test_the_receipt_is_there_once_received(lan: Client, lives: Lives) -> None:
    assert lan.get(url("receipt", lives.to(State.SUBMITTED))).status_code == 409
    dossier_id = lives.to(State.RECEIVED)
    answer = lan.get(url("receipt", dossier_id))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF")
    assert answer["Cache-Control"] == "private, no-store"


def test_an_electronic_outcome_can_be_taken_home(lan: Client, stranger: Client, world: World) -> None:
    lives = Lives(world, ELECTRONIC)
    dossier_id = lives.to(State.SIGNED)
    assert lan.get(url("outcome", dossier_id)).status_code == 409
    lives.release(dossier_id, world.at)
    assert "Tải kết quả" in lan.get(url("my_dossier", dossier_id)).content.decode()
    answer = lan.get(url("outcome", dossier_id))
    assert answer.status_code == 200
    assert b"".join(answer).startswith(b"%PDF")
    assert stranger.get(url("outcome", dossier_id)).status_code == 404


def test_papers_of_ones_own_dossier_only(lan: Client, stranger: Client, lives: Lives, world: World) -> None:
    from vanlang.dossiers.types import Paper

    file = store(content=photo().read(), name="Giấy chứng sinh.jpg", at=world.at)
    dossier_id = lives.to(State.RECEIVED, papers=(Paper(file_id=file.id, name="Giấy chứng sinh"),))
    paper = Attachment.objects.get(dossier_id=dossier_id)
    assert lan.get(url("attachment", dossier_id, paper.pk)).status_code == 200
    assert lan.get(url("attachment", dossier_id, uuid.uuid4())).status_code == 404
    assert stranger.get(url("attachment", dossier_id, paper.pk)).status_code == 404
