"""A citizen writes, keeps the receipt, supplements, reads the answer and says whether it was one; without an account too."""

from __future__ import annotations

import datetime as dt
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from vanlang.dossiers.models import Dossier
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import Lives, World
from vanlang.kernel import clock
from vanlang.petitions import api as petitions
from vanlang.petitions.api import AnswerWords, PetitionKind
from vanlang.petitions.models import Petition, PetitionAttachment, PetitionSatisfaction
from vanlang.petitions.tests.files import png, zip_bomb

SEND, FOLLOW = "/phan-anh/gui/", "/phan-anh/theo-doi/"
TEXT = "Sáng 20/11 tôi chờ hai tiếng ở quầy số 2 mà không ai gọi số. Đề nghị thêm người."


def typed(world: World, **more: object) -> dict[str, object]:
    return {"agency": str(world.viet_tri.id), "title": "Chờ lâu", "text": TEXT, "phone": "0987654321", **more}


def sent(client: Client, world: World, **more: object) -> tuple[Petition, str, str]:
    """Send one; return it, its secret and the address of its receipt."""
    answer = client.post(SEND, typed(world, **more))
    assert answer.status_code == 303, answer.content.decode()
    receipt = client.get(answer["Location"]).content.decode()
    found = re.search(r"[A-Z2-9]{5}-[A-Z2-9]{5}", receipt)
    assert found is not None
    return Petition.objects.latest("filed_at", "code"), found.group(), answer["Location"]


def handled(world: World, row: Petition) -> None:
    at = clock.now()
    petitions.classify(petition_id=row.pk, kind=PetitionKind.OTHER, actor=world.mai, at=at)
    petitions.accept(petition_id=row.pk, actor=world.mai, at=at)


def answered(world: World, row: Petition) -> None:
    handled(world, row)
    words = AnswerWords(
        "Phường đã thêm một quầy.", "Chờ lâu ở quầy", "Người dân chờ lâu.", "Phường đã thêm một quầy."
    )
    leader = world.phuc.appointment_id
    assert leader is not None
    petitions.propose_answer(
        petition_id=row.pk, words=words, leader_id=leader, actor=world.mai, at=clock.now()
    )
    petitions.approve_answer(petition_id=row.pk, and_publish=True, actor=world.phuc, at=clock.now())


def test_without_an_account_from_writing_to_saying_how_it_was(visitor: Client, world: World) -> None:
    row, secret, receipt = sent(visitor, world)
    assert row.code in visitor.get(receipt).content.decode()
    other = Client()
    assert other.get(f"/phan-anh/{row.pk}/").status_code == 404
    wrong = other.post(FOLLOW, {"code": row.code, "secret": "AAAAA-AAAAA"})
    assert wrong.status_code == 404
    assert "không đúng" in wrong.content.decode()
    opened = other.post(FOLLOW, {"code": row.code.lower(), "secret": secret.lower().replace("-", " ")})
    assert opened.status_code == 303
    page = other.get(opened["Location"]).content.decode()
    assert TEXT in page
    assert "Hài lòng" not in page, "there is no answer yet"
    answered(world, row)
    page = other.get(opened["Location"]).content.decode()
    assert "Phường đã thêm một quầy." in page
    assert other.post(f"/phan-anh/{row.pk}/hai-long/", {}).status_code == 422
    told = other.post(f"/phan-anh/{row.pk}/hai-long/", {"satisfied": "khong", "why": "Vẫn chờ"})
    assert told.status_code == 303
    assert PetitionSatisfaction.objects.get().is_satisfied is False
    with clock.frozen(clock.now() + dt.timedelta(minutes=31)):
        assert other.get(f"/phan-anh/{row.pk}/").status_code == 404


def test_signed_in_no_contact_and_no_secret_are_needed(lan: Client, stranger: Client, world: World) -> None:
    form = lan.get(SEND).content.decode()
    assert "0912345678" in form
    answer = lan.post(SEND, typed(world, phone=""))
    assert answer.status_code == 303
    row = Petition.objects.get()
    assert row.code in lan.get(FOLLOW).content.decode()
    assert lan.get(f"/phan-anh/{row.pk}/").status_code == 200
    assert stranger.get(f"/phan-anh/{row.pk}/").status_code == 404
    assert row.code not in stranger.get(FOLLOW).content.decode()


def test_what_is_asked_is_sent_with_a_file(visitor: Client, world: World) -> None:
    row, _, _ = sent(visitor, world)
    handled(world, row)
    petitions.ask_supplement(petition_id=row.pk, question="Quầy nào?", actor=world.mai, at=clock.now())
    address = f"/phan-anh/{row.pk}/"
    assert "Quầy nào?" in visitor.get(address).content.decode()
    assert visitor.post(address + "bo-sung/", {}).status_code == 422
    told = {"text": "Quầy số 2", "sheets": SimpleUploadedFile("anh.png", png(), "image/png")}
    assert visitor.post(address + "bo-sung/", told).status_code == 303
    assert "Quầy số 2" in visitor.get(address).content.decode()
    file = PetitionAttachment.objects.get()
    assert visitor.get(f"{address}tep/{file.pk}/").content == png()
    assert Client().get(f"{address}tep/{file.pk}/").status_code == 404
    assert visitor.post(address + "bo-sung/", {"text": "Còn nữa"}).status_code == 409, (
        "nothing is asked any more"
    )


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"phone": ""}, "không báo được kết quả"),
        ({"text": "  "}, "Nội dung"),
        ({"text": "x" * 20_001}, "tối đa 20000"),
        ({"title": "x" * 201}, "tối đa 200"),
        ({"agency": ""}, "Gửi đến cơ quan"),
        ({"email": "khong-phai"}, "thư điện tử"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_is_kept(
    visitor: Client, world: World, changes: dict[str, object], says: str
) -> None:
    answer = visitor.post(SEND, typed(world, **changes))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert "!!undefined" not in page
    assert changes.get("title") or "Chờ lâu" in page
    assert not Petition.objects.exists()


def test_a_zip_bomb_is_refused_and_the_words_stay(visitor: Client, world: World) -> None:
    bomb = SimpleUploadedFile("don.docx", zip_bomb())
    answer = visitor.post(SEND, typed(world, sheets=bomb))
    assert answer.status_code == 422
    assert TEXT in answer.content.decode()
    assert not Petition.objects.exists()


def test_one_address_sends_only_so_many(visitor: Client, world: World) -> None:
    for number in range(6):
        assert visitor.post(SEND, typed(world, title=f"Lần {number}")).status_code == 303
    answer = visitor.post(SEND, typed(world))
    assert answer.status_code == 429
    assert TEXT in answer.content.decode()


def test_published_answers_are_found_without_diacritics_and_name_nobody(
    visitor: Client, world: World
) -> None:
    row, _, _ = sent(visitor, world)
    answered(world, row)
    page = Client().get("/phan-anh/?q=cho lau").content.decode()
    assert "ở quầy</a>" in page
    address = re.search(r"/phan-anh/tra-loi/[0-9a-f-]{36}/", page)
    assert address is not None
    card = Client().get(address.group()).content.decode()
    assert "Người dân chờ lâu." in card
    assert "0987654321" not in card
    assert row.code not in card, "the code is the sender's"
    assert "Không có trả lời nào khớp" in Client().get("/phan-anh/?q=duong hong").content.decode()
    assert Client().get(f"/phan-anh/tra-loi/{uuid.uuid4()}/").status_code == 404


def test_an_attack_comes_back_as_text(visitor: Client, world: World) -> None:
    attack = "<script>alert(1)</script>\u202e\x07 =1+1"
    row, _, _ = sent(visitor, world, title=attack, text=attack + TEXT)
    page = visitor.get(f"/phan-anh/{row.pk}/").content.decode()
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert "&lt;script&gt;" in page


def test_an_officers_device_says_no_satisfaction(visitor: Client, hung: Client, world: World) -> None:
    row, secret, _ = sent(visitor, world)
    answered(world, row)
    hung.post(FOLLOW, {"code": row.code, "secret": secret})
    refused = hung.post(f"/phan-anh/{row.pk}/hai-long/", {"satisfied": "co", "why": ""})
    assert refused.status_code == 403
    assert not PetitionSatisfaction.objects.exists()
    assert hung.post(SEND, typed(world)).status_code == 403


def test_the_page_of_a_dossier_says_that_a_petition_about_it_exists(
    visitor: Client, lan: Client, hung: Client, world: World, lives: Lives
) -> None:
    dossier = Dossier.objects.get(pk=lives.to(State.IN_PROGRESS))
    row, _, _ = sent(visitor, world, dossier_code=dossier.code)
    page = lan.get(f"/ho-so/{dossier.pk}/").content.decode()
    assert row.code in page
    assert TEXT not in page
    assert f"/phan-anh/{row.pk}/" not in page, "it is another's petition"
    desk = hung.get(f"/can-bo/ho-so/{dossier.pk}/").content.decode()
    assert f"/can-bo/phan-anh/{row.pk}/" in desk


def test_pressed_twice_it_is_one_petition_with_the_same_secret(visitor: Client, world: World) -> None:
    """Whoever lost the answer presses again; other words from the same page are another petition."""
    page = re.search(r'name="once" value="([0-9a-f-]{36})"', visitor.get(SEND).content.decode())
    assert page is not None
    first, secret, _ = sent(visitor, world, once=page[1])
    other_browser = Client()  # the answer was lost, and the session that would have come with it
    again, same, _ = sent(other_browser, world, once=page[1])
    assert (again.pk, same) == (first.pk, secret)
    another, other, _ = sent(visitor, world, once=page[1], title="Ghế hỏng")
    assert another.pk != first.pk
    assert other != secret
    assert Petition.objects.count() == 2
