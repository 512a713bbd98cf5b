"""Labels and receipts measured: the page to a tenth of a millimetre, where text and code stand, what a phone reads."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
import zxingcpp
from django.test import Client
from tests.support.people import sign_in

from vanlang.audit.api import list_records
from vanlang.documents.tests.pages import opened, text_of, texts_in
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import Lives, World, make_officer
from vanlang.identity.api import Actor, Role
from vanlang.kernel.scope import Scope, acting
from vanlang.printing.api import LayoutRefusedError, Stock, get_layout, save_layout, save_printer
from vanlang.printing.models import Printer, PrintLayout
from vanlang.printing.rules.stocks import SIZES

pytestmark = pytest.mark.usefixtures("monday")
MM = 25.4 / 72


@pytest.fixture
def dossier_id(lives: Lives) -> uuid.UUID:
    return lives.to(State.RECEIVED)


@pytest.fixture
def admin(world: World) -> Actor:
    unit = next(iter(world.viet_tri.units.values()))
    return make_officer("tri", "Lê Đức Trí", world.viet_tri.id, unit, "Quản trị", {Role.ADMIN}, world.at)


def browser(actor: Actor) -> Client:
    return sign_in(Client(), actor)


def pages_of(pdf: bytes) -> list[tuple[float, float]]:
    with opened(pdf) as document:
        return [(page.get_width() * MM, page.get_height() * MM) for page in document]


def ink_of(pdf: bytes, index: int = 0) -> tuple[float, float, float, float]:
    """Return the box of everything printed on a page: left, top, right, bottom from the upper left corner, in mm."""
    with opened(pdf) as document:
        page = document[index]
        boxes = [thing.get_bounds() for thing in page.get_objects()]
        height = page.get_height()
    return (
        min(box[0] for box in boxes) * MM,
        (height - max(box[3] for box in boxes)) * MM,
        max(box[2] for box in boxes) * MM,
        (height - min(box[1] for box in boxes)) * MM,
    )


def codes_of(pdf: bytes, index: int = 0, dpi: int = 203) -> list[Any]:
    """Return the codes that a camera finds on a page as a common label printer prints it: 203 dots an inch."""
    with opened(pdf) as document:
        image: Any = document[index].render(scale=dpi / 72).to_pil()
    return list(zxingcpp.read_barcodes(image))


@pytest.mark.parametrize("stock", [one for one in Stock if one is not Stock.LABEL_SHEET])
def test_a_paper_has_its_exact_size_and_nothing_is_cut_off(world: World, lives: Lives, stock: Stock) -> None:
    dossier = lives.to(State.RECEIVED, request="Đăng ký khai sinh cho con Trần Gia An " * 8)
    answer = browser(world.hung).get(f"/can-bo/in/ho-so/{dossier}/{stock}.pdf")
    size, pdf = SIZES[stock], answer.content
    ((width, height),) = pages_of(pdf)
    assert width == pytest.approx(size.width, abs=0.1)
    if size.height is not None:
        assert height == pytest.approx(size.height, abs=0.1)
    left, top, right, bottom = ink_of(pdf)
    assert left >= size.margin - 0.1
    over = 0.25 * 1.25 * size.text_pt * MM
    assert top >= size.margin - over, "the two marks of a capital Ế reach over its line"
    assert right <= width - size.margin + 0.1
    assert bottom <= height - size.margin + 0.1
    row = Dossier.objects.get(pk=dossier)
    assert row.code
    assert row.code in text_of(pdf)
    (code,) = codes_of(pdf)
    assert code.text.endswith(f"/xac-minh/{row.receipt_token}/")


def test_a_sheet_of_labels_begins_where_the_last_one_ended(world: World, lives: Lives) -> None:
    ids = [lives.to(State.RECEIVED) for _ in range(3)]
    asked = "&".join(f"ho-so={key}" for key in ids)
    pdf = browser(world.hung).get(f"/can-bo/in/nhan.pdf?{asked}&tu=23").content
    assert pages_of(pdf) == [pytest.approx((210, 297), abs=0.1)] * 2
    codes = list(Dossier.objects.filter(pk__in=ids).order_by("code").values_list("code", flat=True))
    for page, column, row, code in ((1, 1, 7, codes[0]), (1, 2, 7, codes[1]), (2, 0, 0, codes[2])):
        left, bottom = column * 70 / MM, (297 - 0.5 - (row + 1) * 37) / MM
        found = texts_in(pdf, page, (left, bottom, left + 70 / MM, bottom + 37 / MM))
        assert str(code) in found
    assert len(codes_of(pdf, 0)) == 2
    assert len(codes_of(pdf, 1)) == 1
    left, top, *_ = ink_of(pdf, 0)
    assert (left, top) == (pytest.approx(74, abs=0.5), pytest.approx(0.5 + 7 * 37 + 4, abs=1.2))


def test_many_labels_of_one_dossier(world: World, dossier_id: uuid.UUID) -> None:
    pdf = browser(world.hung).get(f"/can-bo/in/ho-so/{dossier_id}/label.pdf?so=4").content
    assert len(pages_of(pdf)) == 4


def test_the_read_is_recorded_and_strangers_get_nothing(world: World, dossier_id: uuid.UUID) -> None:
    assert (
        browser(world.nong_trang.counter).get(f"/can-bo/in/ho-so/{dossier_id}/label.pdf").status_code == 404
    )
    browser(world.hung).get(f"/can-bo/in/ho-so/{dossier_id}/label.pdf")
    reads = [record for record in list_records(object_type="dossier", object_id=dossier_id) if record.purpose]
    assert [record.purpose for record in reads] == ["In nhãn, phiếu hồ sơ"]


def test_before_receipt_there_is_nothing_to_print(world: World, lives: Lives) -> None:
    filed = lives.to(State.SUBMITTED)
    answer = browser(world.hung).get(f"/can-bo/in/ho-so/{filed}/label.pdf")
    assert answer.status_code == 409
    assert "Chưa có hồ sơ nào để in nhãn" in answer.content.decode()
    assert "chưa được cấp mã" in browser(world.hung).get(f"/can-bo/in/ho-so/{filed}/").content.decode()


# ---- printers ----------------------------------------------------------------------------------


@pytest.mark.parametrize("stock", Stock)
def test_the_test_page_has_crosses_at_known_millimetres(world: World, admin: Actor, stock: Stock) -> None:
    card = save_printer(name="Máy 1", stock=stock, offset_x=1.5, offset_y=-1, actor=admin, at=world.at)
    pdf = browser(world.hung).get(f"/can-bo/in/may-in/{card.id}/can-chinh.pdf").content
    size = SIZES[stock]
    (width, height), *_ = pages_of(pdf)
    with opened(pdf) as document:
        lines = [thing.get_bounds() for thing in document[0].get_objects() if thing.type == 2]
        says = " ".join(document[0].get_textpage().get_text_bounded().split())
    assert says.startswith("Máy 1. Dấu cộng cách mép")
    assert "Lệch: phải 1,5 mm, xuống -1 mm." in says, "the whole sentence stands on the paper"
    # a cross: a line of 4 mm across and one down through the same point
    across = [box for box in lines if (box[2] - box[0]) * MM > 3.5]
    points = {
        (round((box[0] + box[2]) / 2 * MM, 1), round(height - (box[1] + box[3]) / 2 * MM, 1))
        for box in across
    }
    label_height = size.height or 60
    top = 0.5 if stock is Stock.LABEL_SHEET else 0
    wanted = {
        (round(x + 1.5, 1), round(top + y - 1, 1))
        for x in (size.margin + 2, size.width - size.margin - 2)
        for y in (size.margin + 2, label_height - size.margin - 2)
    }
    for x, y in wanted:
        assert any(abs(x - one) < 0.25 and abs(y - other) < 0.25 for one, other in points), (x, y, points)
    assert len(across) == 4 * (24 if stock is Stock.LABEL_SHEET else 1)
    assert width == pytest.approx(210 if stock is Stock.LABEL_SHEET else size.width, abs=0.1)


def test_a_printer_moves_what_it_prints(world: World, admin: Actor, dossier_id: uuid.UUID) -> None:
    hung, address = browser(world.hung), f"/can-bo/in/ho-so/{dossier_id}/label.pdf"
    before = ink_of(hung.get(address).content)
    save_printer(name="Máy nhãn", stock=Stock.LABEL, offset_x=0.7, offset_y=1.2, actor=admin, at=world.at)
    after = ink_of(hung.get(address).content)
    assert after[0] - before[0] == pytest.approx(0.7, abs=0.05)
    assert after[1] - before[1] == pytest.approx(1.2, abs=0.05)


def test_each_workstation_chooses_its_own(world: World, admin: Actor, dossier_id: uuid.UUID) -> None:
    one, other = (
        save_printer(name=name, stock=Stock.LABEL, offset_x=offset, offset_y=0, actor=admin, at=world.at)
        for name, offset in (("Quầy 1", 0), ("Quầy 2", 2))
    )
    first, second = browser(world.hung), browser(world.hung)
    shown = first.get(f"/can-bo/in/ho-so/{dossier_id}/").content.decode()
    assert "Chưa chọn" in shown
    assert "!!undefined" not in shown
    assert first.post(f"/can-bo/in/may-in/{one.id}/chon/").status_code == 303
    assert second.post(f"/can-bo/in/may-in/{other.id}/chon/").status_code == 303
    edges = [
        ink_of(client.get(f"/can-bo/in/ho-so/{dossier_id}/label.pdf").content)[0]
        for client in (first, second)
    ]
    assert edges[1] - edges[0] == pytest.approx(2, abs=0.05)
    first.cookies["vl_printers"] = "gibberish"
    assert "Chưa chọn" in first.get(f"/can-bo/in/ho-so/{dossier_id}/").content.decode()


def test_printers_are_set_by_the_administrator_of_the_agency(world: World, admin: Actor) -> None:
    told = {"name": "Máy 1", "stock": "label", "offset_x": "-1,5", "offset_y": ""}
    assert browser(world.hung).post("/can-bo/in/may-in/moi/", told).status_code == 403
    mouse = browser(admin)
    assert "!!undefined" not in mouse.get("/can-bo/in/may-in/moi/").content.decode()
    assert mouse.post("/can-bo/in/may-in/moi/", {**told, "offset_x": "12"}).status_code == 422
    assert mouse.post("/can-bo/in/may-in/moi/", told).status_code == 303
    row = Printer.objects.get()
    assert (row.offset_x, row.offset_y) == (-15, 0)
    assert mouse.post(f"/can-bo/in/may-in/{row.pk}/", {**told, "offset_y": "0.4"}).status_code == 303
    row.refresh_from_db()
    assert row.offset_y == 4
    assert "Máy 1" in mouse.get("/can-bo/in/").content.decode()
    assert (
        browser(world.nong_trang.counter).get(f"/can-bo/in/may-in/{row.pk}/can-chinh.pdf").status_code == 404
    )


# ---- templates ---------------------------------------------------------------------------------


def test_a_template_that_is_wrong_is_refused_by_name_and_the_old_one_stays(
    world: World, admin: Actor, dossier_id: uuid.UUID
) -> None:
    mouse, address = browser(admin), "/can-bo/in/mau/label/"
    assert mouse.post(address, {"text": "# {mã hồ sơ}\nQuầy 3", "viec": "luu"}).status_code == 303
    for text, named in (("{mã hồ sơ} {tuổi}", "“tuổi”"), ("{người nộp}", "“mã hồ sơ”")):
        refused = mouse.post(address, {"text": text, "viec": "luu"})
        assert refused.status_code == 422
        shown = refused.content.decode()
        assert named in shown
        assert text in shown, "what was typed is kept"
    assert get_layout(world.viet_tri.id, Stock.LABEL).version == 1
    assert "Quầy 3" in text_of(browser(world.hung).get(f"/can-bo/in/ho-so/{dossier_id}/label.pdf").content)


def test_versions_are_kept_and_agencies_are_apart(world: World, admin: Actor) -> None:
    for text in ("{mã hồ sơ} một", "{mã hồ sơ} hai"):
        save_layout(stock=Stock.LABEL, text=text, actor=admin, at=world.at)
    rows = PrintLayout.objects.order_by("version").values_list("version", "text")
    assert list(rows) == [(1, "{mã hồ sơ} một"), (2, "{mã hồ sơ} hai")]
    assert get_layout(world.nong_trang.id, Stock.LABEL).version == 0
    with acting(Scope.officer(world.nong_trang.id)):
        assert not PrintLayout.objects.exists()
    with pytest.raises(LayoutRefusedError):
        save_layout(stock=Stock.LABEL, text="{lạ}", actor=admin, at=world.at)


def test_a_template_is_looked_at_before_it_is_kept(world: World, admin: Actor) -> None:
    mouse = browser(admin)
    shown = mouse.post("/can-bo/in/mau/a5/", {"text": "{mã hồ sơ}{người nộp}{ngày hẹn trả}", "viec": "xem"})
    picture = re.search(r'src="(/can-bo/in/mau/xem/[^"]+)"', shown.content.decode())
    assert picture
    assert mouse.get(picture[1]).content.startswith(b"\x89PNG")
    assert not PrintLayout.objects.exists()
    assert mouse.get("/can-bo/in/mau/khong-co/").status_code == 404


def test_more_labels_than_one_file_takes_are_refused_and_not_left_out(
    world: World, dossier_id: uuid.UUID
) -> None:
    chosen = "&".join([f"ho-so={dossier_id}"] * 2)
    answer = browser(world.hung).get(f"/can-bo/in/nhan.pdf?{chosen}&so=121")
    assert answer.status_code == 422
    assert "240" in answer.content.decode()
    assert browser(world.hung).get(f"/can-bo/in/nhan.pdf?{chosen}&so=1").status_code == 200
