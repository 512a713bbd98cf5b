"""The officers' pages: what they show, what they do, and that nothing a stranger wrote acts in them."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook
from tests.support.people import sign_in

from vanlang.identity.api import SYSTEM, Actor
from vanlang.kernel import clock
from vanlang.petitions import services
from vanlang.petitions.models import Petition, PetitionAttachment, PetitionPublication
from vanlang.petitions.tests.factories import ANSWER, TEXT, TITLE, Desk
from vanlang.petitions.tests.files import png, zip_bomb
from vanlang.petitions.types import PetitionKind, PetitionSource, PetitionState, Sender

pytestmark = pytest.mark.usefixtures("monday")
ROOT = "/can-bo/phan-anh/"
RLO = "\u202e"
ATTACKS = (
    "<script>alert('x')</script>",
    "<img src=x onerror=alert(1)>",
    "Robert'); DROP TABLE petitions_petition;--",
    '=HYPERLINK("http://x.example","a")',
    "=cmd|'/C calc'!A0",
    "@SUM(1+1)",
    "{{ settings.SECRET_KEY }} {% debug %}",
    f"anh{RLO}gnp.exe",
    "a\x00b\x07c\x1bd",
    "\u200b\u2066ẩn\u2069",
)


def browser(actor: Actor) -> Client:
    return sign_in(Client(), actor)


def shown(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    text: str = answer.content.decode()
    assert "!!undefined" not in text
    return text


@pytest.mark.parametrize("state", list(PetitionState))
def test_the_page_of_every_state_shows_the_acts_of_the_table(desk: Desk, state: PetitionState) -> None:
    filed = desk.in_state(state)
    for actor in (desk.world.hung, desk.world.mai, desk.world.phuc):
        page = shown(browser(actor), f"{ROOT}{filed.id}/")
        assert filed.code in page
    assert "Thịnh" in page or state is PetitionState.REFERRED


def test_the_inbox_leads_through_its_piles(desk: Desk) -> None:
    filed = desk.file()
    mai = browser(desk.world.mai)
    page = shown(mai, ROOT)
    assert filed.code in page
    assert TITLE in page
    assert "còn 2 ngày làm việc" in page
    for pile in (
        "dang-giai-quyet",
        "cua-toi",
        "trinh-lanh-dao",
        "cho-bo-sung",
        "cho-cong-khai",
        "qua-han",
        "da-xong",
    ):
        assert filed.code not in shown(mai, f"{ROOT}?ngan={pile}")
    assert filed.code in shown(mai, f"{ROOT}?ma=pa2611230001")
    assert filed.code not in shown(mai, f"{ROOT}?loai=conduct")
    with clock.frozen(desk.at + dt.timedelta(days=20)):
        assert 'data-tone="danger"' in shown(browser(desk.world.mai), f"{ROOT}?ngan=qua-han")


def test_one_press_classifies_and_the_next_accepts(desk: Desk) -> None:
    filed = desk.file()
    mai = browser(desk.world.mai)
    page = shown(mai, f"{ROOT}{filed.id}/")
    assert [int(key) for key in re.findall(r'data-vl-shortcut="Alt\+(\d)"', page)] == [1, 2, 3, 4, 5, 6, 7]
    answer = mai.post(f"{ROOT}{filed.id}/phan-loai/", {"loai": "conduct", "phien-ban": "1"})
    assert answer.status_code == 303
    assert mai.get(f"{ROOT}{filed.id}/viec/tiep-nhan/").status_code == 200
    assert mai.post(f"{ROOT}{filed.id}/viec/tiep-nhan/", {"phien-ban": "2"}).status_code == 303
    row = desk.row(filed)
    assert (row.state, row.kind, row.holder_id) == ("accepted", "conduct", desk.world.mai.appointment_id)


def test_a_stale_page_and_a_missing_kind_are_told(desk: Desk) -> None:
    filed = desk.classified()
    mai = browser(desk.world.mai)
    answer = mai.post(f"{ROOT}{filed.id}/viec/tiep-nhan/", {"phien-ban": "1"})
    assert answer.status_code == 409
    assert "Người khác vừa xử lý" in answer.content.decode()
    assert mai.post(f"{ROOT}{filed.id}/phan-loai/", {"loai": "x"}).status_code == 422
    assert mai.get(f"{ROOT}{filed.id}/viec/khong-co/").status_code == 404


@pytest.mark.parametrize(
    ("word", "told", "state"),
    [
        ("tu-choi", {"ground": "unclear", "reason": "Không nêu sự việc."}, "refused"),
        ("tra-lai", {"reason": "Thuộc cơ quan trung ương."}, "returned"),
    ],
)
def test_acts_with_a_reason_ask_for_it(desk: Desk, word: str, told: dict[str, str], state: str) -> None:
    filed = desk.classified()
    mai = browser(desk.world.mai)
    address = f"{ROOT}{filed.id}/viec/{word}/"
    assert mai.post(address, {}).status_code == 422
    assert mai.post(address, told).status_code == 303
    assert desk.row(filed).state == state
    assert "bước khác" in shown(mai, address, 409)


def test_routing_and_giving_to_a_colleague(desk: Desk) -> None:
    filed = desk.classified()
    mai = browser(desk.world.mai)
    hung = str(desk.world.hung.appointment_id)
    assert mai.post(f"{ROOT}{filed.id}/viec/giao/", {"officer": hung}).status_code == 303
    assert desk.row(filed).holder_id == desk.world.hung.appointment_id
    other = str(desk.world.nong_trang.id)
    assert (
        mai.post(f"{ROOT}{filed.id}/viec/chuyen/", {"agency": other, "note": "Của phường bạn"}).status_code
        == 303
    )
    assert mai.get(f"{ROOT}{filed.id}/").status_code == 404
    assert browser(desk.world.nong_trang.specialist).get(f"{ROOT}{filed.id}/").status_code == 200


def test_a_repeated_one_stands_beside_the_earlier_and_is_merged(desk: Desk) -> None:
    first = desk.accepted()
    again = desk.classified()
    mai = browser(desk.world.mai)
    page = shown(mai, f"{ROOT}{again.id}/")
    assert "Phản ánh tương tự gửi trước" in page
    assert first.code in page
    assert "giống 100%" in page
    assert mai.post(f"{ROOT}{again.id}/viec/gop/", {"into": str(first.id)}).status_code == 303
    assert desk.row(again).merged_into_id == first.id


def test_the_answer_is_written_beside_a_marked_public_version(desk: Desk) -> None:
    filed = desk.accepted(text="Tôi là Đỗ Văn Thịnh, số 0987 654 321, chờ ở quầy số 2.")
    mai, phuc = browser(desk.world.mai), browser(desk.world.phuc)
    address = f"{ROOT}{filed.id}/tra-loi/"
    page = shown(mai, address)
    assert "[tên người]" in page
    assert "[số điện thoại]" in page
    typed = {
        "text": "Phường đã thêm quầy.", "public_title": "Chờ ở quầy", "public_question": "Ông Thịnh chờ lâu",
        "public_answer": "Gọi 0912.345.678", "leader": str(desk.world.phuc.appointment_id),
    }  # fmt: skip
    marked = mai.post(address, {**typed, "viec": "xem"}).content.decode()
    assert '<mark class="pet-mark">Ông Thịnh' in marked
    assert '<mark class="pet-mark">0912.345.678' in marked
    cleaned = mai.post(address, {**typed, "viec": "bo-du-lieu"}).content.decode()
    assert "Gọi [số điện thoại]" in cleaned
    assert "<mark" not in cleaned
    assert mai.post(address, {**typed, "viec": "trinh"}).status_code == 303
    refused = phuc.post(f"{ROOT}{filed.id}/duyet/", {"viec": "duyet-cong-khai"})
    assert refused.status_code == 422
    assert "số điện thoại" in refused.content.decode()
    assert desk.row(filed).state == "proposed", "nothing happened"
    assert phuc.post(f"{ROOT}{filed.id}/duyet/", {"viec": "duyet"}).status_code == 303
    public = {
        **typed,
        "public_question": "Người dân chờ lâu",
        "public_answer": "Đã thêm quầy.",
        "viec": "cong-khai",
    }
    assert mai.post(f"{ROOT}{filed.id}/cong-khai/", {**typed, "viec": "cong-khai"}).status_code == 422
    assert mai.post(f"{ROOT}{filed.id}/cong-khai/", public).status_code == 303
    assert PetitionPublication.objects.get().answer == "Đã thêm quầy."


def test_the_leader_sends_back_with_a_reason(desk: Desk) -> None:
    filed = desk.proposed()
    phuc = browser(desk.world.phuc)
    unsaid = phuc.post(f"{ROOT}{filed.id}/duyet/", {"viec": "tra-lai", "note": ""})
    assert unsaid.status_code == 422
    assert 'id="id_note-error"' in unsaid.content.decode(), "what is missing is said beside its field"
    assert (
        phuc.post(f"{ROOT}{filed.id}/duyet/", {"viec": "tra-lai", "note": "Nêu rõ ngày."}).status_code == 303
    )
    page = shown(browser(desk.world.mai), f"{ROOT}{filed.id}/tra-loi/")
    assert "Nêu rõ ngày." in page
    assert ANSWER.public_title in page


def test_the_counter_takes_down_and_prints_a_receipt(desk: Desk) -> None:
    hung = browser(desk.world.hung)
    typed = {"title": TITLE, "text": TEXT, "sheets": SimpleUploadedFile("anh.png", png(), "image/png")}
    assert hung.post(f"{ROOT}ghi-nhan/", {"title": ""}).status_code == 422
    answer = hung.post(f"{ROOT}ghi-nhan/", typed)
    assert answer.status_code == 303
    row = Petition.objects.get()
    assert row.source == PetitionSource.COUNTER
    receipt = shown(hung, answer["Location"])
    assert row.code in receipt
    secret = re.search(r"[A-Z2-9]{5}-[A-Z2-9]{5}", receipt)
    assert secret is not None
    assert services.prove(code=row.code, secret=secret.group(), at=desk.at)[0] == row.pk
    assert secret.group() not in shown(browser(desk.world.mai), answer["Location"]), "not on another's screen"
    with clock.frozen(desk.at + dt.timedelta(minutes=31)):
        assert secret.group() not in shown(hung, answer["Location"])


def test_a_file_is_handed_out_and_its_opening_recorded(desk: Desk) -> None:
    desk.file(files=())
    hung = browser(desk.world.hung)
    hung.post(
        f"{ROOT}ghi-nhan/",
        {"title": TITLE, "text": TEXT, "sheets": SimpleUploadedFile("anh.png", png(), "image/png")},
    )
    sent = PetitionAttachment.objects.get()
    answer = hung.get(f"{ROOT}{sent.petition_id}/tep/{sent.pk}/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.content == png()
    assert (
        browser(desk.world.nong_trang.specialist).get(f"{ROOT}{sent.petition_id}/tep/{sent.pk}/").status_code
        == 404
    )


def test_a_zip_bomb_is_refused_with_a_sentence_and_nothing_is_filed(desk: Desk) -> None:
    bomb = SimpleUploadedFile("to-trinh.docx", zip_bomb())
    answer = browser(desk.world.hung).post(f"{ROOT}ghi-nhan/", {"title": TITLE, "text": TEXT, "sheets": bomb})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert TEXT in page, "what was typed stays"
    assert not Petition.objects.exists()


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_kept_as_text_and_shown_harmlessly(desk: Desk, attack: str) -> None:
    filed = desk.file(
        title=f"Về {attack}", text=f"Nội dung {attack}", sender=Sender(name=attack, phone="0987654321")
    )
    assert desk.row(filed).words["text"] == f"Nội dung {attack}", "kept as it came"
    services.classify(petition_id=filed.id, kind=PetitionKind.OTHER, actor=desk.world.mai, at=desk.at)
    services.accept(petition_id=filed.id, actor=desk.world.mai, at=desk.at)
    mai = browser(desk.world.mai)
    for address in (ROOT + "?ngan=dang-giai-quyet", f"{ROOT}{filed.id}/", f"{ROOT}{filed.id}/tra-loi/"):
        page = shown(mai, address)
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert not {RLO, "\x00", "\x07", "\x1b", "\u2066", "\u200b"} & set(page)
    text = mai.get(f"{ROOT}{filed.id}/noi-dung.txt")
    assert text["Content-Type"].startswith("text/plain")
    assert text["X-Content-Type-Options"] == "nosniff"
    assert RLO not in text.content.decode()


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_exported_as_text(desk: Desk, attack: str) -> None:
    desk.file(title=attack)
    content = browser(desk.world.mai).get(f"{ROOT}danh-sach.xlsx?thang=2026-11").content
    assert b"<f>" not in content
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Phản ánh")
    rows = sheet.to_python()
    title = rows[1][rows[0].index("Tiêu đề")]
    assert isinstance(title, str)
    assert RLO not in title
    letters = re.sub(r"[^a-z0-9]", "", title.lower())
    assert letters, "something of it is readable"


def test_no_cell_of_the_export_is_a_formula(desk: Desk) -> None:
    import zipfile

    for attack in ATTACKS:
        desk.file(title=attack)
    content = browser(desk.world.mai).get(f"{ROOT}danh-sach.xlsx?thang=2026-11").content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheets = [book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/")]
        assert all(b"<f>" not in sheet and b"<f " not in sheet for sheet in sheets)
        assert not [name for name in book.namelist() if "hyperlink" in name or "externalLink" in name]


def test_a_megabyte_from_another_system_is_kept_whole_and_shown_in_part(desk: Desk) -> None:
    text = "Tôi chờ lâu quá. " * 65_000
    filed = desk.file(actor=SYSTEM, source=PetitionSource.NATIONAL, external_id="PAKN.9", text=text)
    assert len(desk.row(filed).words["text"]) == len(text.strip())
    mai = browser(desk.world.mai)
    page = shown(mai, f"{ROOT}{filed.id}/")
    assert len(page) < 200_000
    assert "Tải toàn văn" in page
    assert mai.get(f"{ROOT}{filed.id}/noi-dung.txt").content.decode() == text.strip()


def test_figures_have_a_picture_and_the_table_it_was_drawn_from(desk: Desk) -> None:
    for state in (PetitionState.PUBLISHED, PetitionState.ACCEPTED, PetitionState.REFUSED):
        desk.in_state(state)
    page = shown(browser(desk.world.phuc), f"{ROOT}so-lieu/?thang=2026-11")
    assert 'class="pet-bars__on-time"' in page
    assert 'data-label="Đúng hạn">2<' in page
    assert "TEXT" not in page
    assert "Không có phản ánh nào" in shown(browser(desk.world.phuc), f"{ROOT}so-lieu/?thang=2026-01")


def test_a_page_asks_few_questions_however_many_lines(
    desk: Desk, django_assert_max_num_queries: object
) -> None:
    for number in range(30):
        desk.file(
            text=f"Việc thứ {number} ở quầy {number}, chờ lâu.", sender=Sender(phone=f"09123456{number:02d}")
        )
    mai = browser(desk.world.mai)
    mai.get(ROOT)
    with django_assert_max_num_queries(30):  # type: ignore[operator] # a fixture of pytest-django
        assert mai.get(ROOT).status_code == 200


def test_clerks_and_citizens_have_no_page(desk: Desk) -> None:
    filed = desk.file()
    assert browser(desk.world.thao).get(f"{ROOT}{filed.id}/").status_code == 403
    assert Client().get(ROOT).status_code in {302, 303}
