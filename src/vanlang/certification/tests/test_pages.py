"""Pages of certification, and what they print: words at their millimetres, the book on paper and as a workbook."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook
from tests.support.people import sign_in

from vanlang.certification.api import cancel
from vanlang.certification.models import CertificationEntry, CertificationRequest
from vanlang.certification.rules.placing import HEIGHT, PLACES, WIDTH, Corner, Place
from vanlang.certification.tests.factories import Counter, eight_originals, scan_of
from vanlang.documents.tests.pages import opened, text_of, texts_in
from vanlang.kernel import clock
from vanlang.kernel.ids import new_id

pytestmark = pytest.mark.usefixtures("monday")
NEW = "/can-bo/chung-thuc/moi/"


def visit_form(counter: Counter, **more: object) -> dict[str, object]:
    return {
        "request_id": str(new_id()),
        "personal_id": "025190012123",
        "full_name": "Nguyễn Thị Lan",
        "specialist": str(counter.world.mai.appointment_id),
        "rows": "5",
        "b1-name": "Bằng tốt nghiệp đại học",
        "b1-pages": "2",
        "b1-copies": "30",
        "b2-name": "Căn cước",
        "b2-pages": "2",
        "b2-copies": "10",
        "viec": "nhan",
        **more,
    }


def browser(actor: object) -> Client:
    return sign_in(Client(), actor)  # type: ignore[arg-type] # an Actor


def test_one_page_takes_in_forty_copies(counter: Counter) -> None:
    hung = browser(counter.world.hung)
    page = hung.get(NEW).content.decode()
    assert "trong ngày" in page
    answer = hung.post(NEW, visit_form(counter))
    assert answer.status_code == 303
    visit = CertificationRequest.objects.get()
    assert answer["Location"].endswith(f"/{visit.pk}/")
    shown = hung.get(answer["Location"]).content.decode()
    assert "40 bản sao" in shown
    assert "!!undefined" not in shown


def test_after_three_the_page_says_tomorrow(counter: Counter, at: dt.datetime) -> None:
    with clock.frozen(at.replace(hour=15, minute=30)):
        page = browser(counter.world.hung).get(NEW).content.decode()
    assert "ngày làm việc tiếp theo" in page
    assert "25/11/2026" in page, "24/11 is a day off since 2026"


def test_what_is_wrong_is_told_at_once_and_what_was_typed_is_kept(counter: Counter) -> None:
    told = visit_form(counter, full_name="", **{"b1-pages": "0", "b2-copies": ""})
    answer = browser(counter.world.hung).post(NEW, told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Hãy điền “Người yêu cầu chứng thực”" in page
    assert "Hãy nhập số trang từ 1" in page
    assert "hoặc đánh dấu bản điện tử" in page
    assert "Bằng tốt nghiệp đại học" in page
    assert not CertificationRequest.objects.exists()


def test_rows_are_added_and_people_looked_up_without_a_script(counter: Counter) -> None:
    hung = browser(counter.world.hung)
    more = hung.post(NEW, visit_form(counter, viec="them-dong")).content.decode()
    assert 'name="b10-name"' in more
    assert "Bằng tốt nghiệp đại học" in more
    found = hung.post(NEW, visit_form(counter, viec="tra-cuu", full_name="")).content.decode()
    assert "Nguyễn Thị Lan" in found
    assert "0912345678" in found


def test_an_electronic_copy_needs_its_scan(counter: Counter) -> None:
    hung = browser(counter.world.hung)
    told = visit_form(counter, **{"b1-electronic": "1"})
    assert "cần tệp PDF" in hung.post(NEW, told).content.decode()
    picture = SimpleUploadedFile("anh.pdf", b"khong phai pdf")
    assert hung.post(NEW, {**told, "b1-scan": picture}).status_code == 422
    scan = SimpleUploadedFile("bang.pdf", scan_of(2))
    assert hung.post(NEW, {**told, "b1-scan": scan}).status_code == 303
    assert list(CertificationEntry.objects.order_by("position").values_list("electronic", flat=True)) == [
        False, False, True
    ]  # fmt: skip


def test_from_the_visit_to_the_book(counter: Counter) -> None:
    mai, visit = browser(counter.world.mai), counter.take_in(*eight_originals())
    base = f"/can-bo/chung-thuc/{visit.id}/"
    assert "Vào sổ 8 bản chính" in mai.get(base).content.decode()
    assert mai.get(f"{base}loi-chung.pdf").status_code == 409, "no numbers yet"
    assert mai.post(f"{base}vao-so/", {"leader": counter.world.phuc.appointment_id}).status_code == 303
    assert mai.post(f"{base}vao-so/", {"leader": counter.world.phuc.appointment_id}).status_code == 409
    entry = CertificationEntry.objects.get(number=3)
    refused = mai.post(f"/can-bo/chung-thuc/dong/{entry.pk}/huy/", {"note": ""})
    assert refused.status_code == 422
    assert mai.post(f"/can-bo/chung-thuc/dong/{entry.pk}/huy/", {"note": "In hỏng"}).status_code == 303
    page = mai.get("/can-bo/chung-thuc/so/").content.decode()
    assert "Hủy ngày 23/11/2026: In hỏng" in page
    assert re.search(r"8\s+số, 35\s+bản sao", page)
    assert mai.get("/can-bo/chung-thuc/so/?tu=sai").status_code == 422
    assert (
        "Không có số chứng thực nào"
        in mai.get("/can-bo/chung-thuc/so/?tu=01/01/2026&den=31/01/2026").content.decode()
    )


@pytest.mark.parametrize("corner", Corner)
def test_the_words_stand_at_their_millimetres(counter: Counter, corner: Corner) -> None:
    visit = counter.enter(counter.take_in(*eight_originals()))
    pdf = browser(counter.world.mai).get(f"/can-bo/chung-thuc/{visit.id}/loi-chung.pdf?goc={corner}").content
    measure(pdf, PLACES[corner])


def measure(pdf: bytes, place: Place) -> None:
    """Every page: all that is printed is inside the frame, whose edges stand where they were asked for."""
    with opened(pdf) as document:
        assert len(document) == 40
        pages = [document[index] for index in (0, 4, 5, 39)]
        for page in pages:
            assert page.get_size() == pytest.approx((595.28, 841.89), abs=0.1)
            boxes = [thing.get_bounds() for thing in page.get_objects()]
            left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
            right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
            assert left / 72 * 25.4 == pytest.approx(place.x_mm, abs=0.3)
            assert (841.89 - top) / 72 * 25.4 == pytest.approx(place.y_mm, abs=0.3)
            assert (right - left) / 72 * 25.4 == pytest.approx(WIDTH, abs=0.5)
            assert (top - bottom) / 72 * 25.4 == pytest.approx(HEIGHT, abs=0.5)


def test_the_words_say_number_day_agency_and_signer(counter: Counter) -> None:
    visit = counter.enter(counter.take_in(*eight_originals()))
    mai, address = browser(counter.world.mai), f"/can-bo/chung-thuc/{visit.id}/loi-chung.pdf"
    answer = mai.get(f"{address}?trai=20&tren=30,5")
    measure(answer.content, Place(20, 30.5))
    words = texts_in(answer.content, 6, (0, 0, 595, 842))
    for said in ("Số chứng thực: 02", "01/2026-SCT/BS", "Việt Trì", "23", "PHÓ CHỦ TỊCH", "Nguyễn Văn Phúc"):
        assert said in words, words
    outside = mai.get(f"{address}?trai=190&tren=10")
    assert outside.status_code == 422
    assert "ra ngoài trang giấy" in outside.content.decode()


def test_the_book_is_printed_and_exported(counter: Counter) -> None:
    visit = counter.enter(counter.take_in(*eight_originals()))
    world = counter.world
    cancel(entry_id=visit.entries[7].id, note="Trùng", actor=world.mai, at=world.at)
    thao = browser(world.thao)
    printed = text_of(thao.get("/can-bo/chung-thuc/so.pdf?tu=23/11/2026&den=23/11/2026").content)
    assert "SỔ CHỨNG THỰC" in printed
    assert "25.000" in printed
    assert "Trùng" in printed
    workbook = thao.get("/can-bo/chung-thuc/so.xlsx?tu=23/11/2026&den=23/11/2026").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "Số chứng thực"
    assert rows[1] == [
        1.0, dt.date(2026, 11, 23), "Nguyễn Thị Lan", "Bằng tốt nghiệp đại học", 3.0, 5.0, "Nguyễn Văn Phúc", 25000.0, ""
    ]  # fmt: skip
    assert rows[8][8] == "Hủy ngày 23/11/2026: Trùng"
    assert len(rows) == 9
