"""From the scanner to the papers of a dossier, by the commands and by the page."""

from __future__ import annotations

import datetime as dt
import io
import re
import uuid
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests.support.people import sign_in

from vanlang.documents.tests.pages import opened, sizes_of
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import Paper
from vanlang.dossiers.models import Attachment
from vanlang.dossiers.rules.states import State
from vanlang.dossiers.tests.factories import Lives, World
from vanlang.files.api import get_file, read
from vanlang.files.models import StoredFile
from vanlang.files.tests.samples import office
from vanlang.kernel import clock
from vanlang.kernel.scope import Scope, acting
from vanlang.scanning.api import NoSuchBatchError, TooMuchError, add_files, examine, find_batch, picture_of
from vanlang.scanning.jobs import examine_batch, sweep_batches
from vanlang.scanning.models import ScanBatch, ScanPage
from vanlang.scanning.pdf.assembling import PageToKeep, assemble
from vanlang.scanning.tests import corpus
from vanlang.scanning.types import PageWarning

pytestmark = pytest.mark.usefixtures("monday")
PAGE = corpus.packed(corpus.written(100), dpi=100)


def pdf_of(*pages: Image.Image, dpi: int = 200) -> bytes:
    """Return what a document scanner makes of several sheets."""
    kept = [PageToKeep(corpus.packed(page, dpi=dpi), "image/jpeg", 1, 0, dpi) for page in pages]
    return assemble(kept, title="Bản quét")


class Desk:
    """An officer at the scanning page of one dossier."""

    def __init__(self, actor: object, dossier_id: uuid.UUID) -> None:
        self.client = sign_in(Client(), actor)  # type: ignore[arg-type] # an Actor
        self.address = f"/can-bo/quet/{dossier_id}/"

    def page(self) -> str:
        answer = self.client.get(self.address)
        assert answer.status_code == 200, answer.status_code
        shown = answer.content.decode()
        assert "!!undefined" not in shown
        return str(shown)

    def send(self, wants: str, *files: tuple[str, bytes], status: int = 303, **typed: str) -> Any:
        """Press a button of the page as a browser would: with everything that the page holds."""
        told: dict[str, object] = dict(
            re.findall(r'name="((?:order|turn)-[^"]+)" value="([^"]*)"', self.page())
        )
        for name, options in re.findall(r'name="(paper-[^"]+)">(.*?)</select>', self.page(), re.DOTALL):
            chosen = re.search(r'value="([^"]*)" selected', options)
            told[name] = chosen[1] if chosen else ""
        told |= {key.replace("__", "-"): value for key, value in typed.items()}
        told |= {"viec": wants, "scans": [SimpleUploadedFile(name, content) for name, content in files]}
        answer = self.client.post(self.address, told)
        assert answer.status_code == status, answer.content.decode()[-3000:]
        return answer

    def ids(self) -> list[str]:
        return re.findall(r'id="trang-([^"]+)"', self.page())


@pytest.fixture
def dossier_id(lives: Lives, world: World) -> uuid.UUID:
    return lives.to(
        State.IN_PROGRESS,
        papers=(Paper(name="Giấy chứng sinh", required_document_id=world.document_id, originals=1),),
    )


@pytest.fixture
def desk(world: World, dossier_id: uuid.UUID) -> Desk:
    return Desk(world.mai, dossier_id)


def test_a_stack_of_pages_becomes_two_papers_of_the_dossier(
    desk: Desk, world: World, dossier_id: uuid.UUID
) -> None:
    desk.send(
        "tai-len",
        ("to-khai.pdf", pdf_of(corpus.written(), corpus.written(lines=3), corpus.empty())),
        ("anh.jpg", corpus.packed(corpus.written(150), dpi=150)),
    )
    batch = ScanBatch.objects.get()
    assert examine(batch_id=batch.pk, at=clock.now()) == 4
    page = desk.page()
    assert page.count("Có thể là trang trắng") == 2, "once in the list, once at the page"
    assert page.count("Độ phân giải thấp") == 2
    first, second, third, fourth = desk.ids()
    desk.send("bo-trang-trang")
    assert desk.ids() == [first, second, fourth]
    desk.send("len:" + fourth)
    assert desk.ids() == [first, fourth, second]
    desk.send("xoay:" + second)
    # a reload, another day: everything is still there
    assert desk.ids() == [first, fourth, second]
    assert 'value="90"' in desk.page()
    desk.send(
        "luu",
        **{f"paper-{first}": str(world.document_id), f"paper-{second}": "khac", "other_name": "Đơn đề nghị"},
    )
    papers = dossiers.get_dossier_page(dossier_id, actor=world.mai, purpose="Thử", at=clock.now()).attachments
    assert [(paper.name, paper.originals) for paper in papers] == [("Giấy chứng sinh", 1), ("Đơn đề nghị", 0)]
    contents = [read(paper.file_id) for paper in papers if paper.file_id]
    sizes = [sizes_of(content) for content in contents]
    assert [len(one) for one in sizes] == [2, 1]
    assert sizes[0][0] == pytest.approx((595.4, 841.7), abs=1), "as large as the paper was"
    assert sizes[0][1] == pytest.approx((595.2, 841.9), abs=1)
    assert sizes[1][0] == pytest.approx((841.7, 595.4), abs=1), "turned"
    assert not ScanBatch.objects.exists()
    assert set(StoredFile.objects.values_list("pk", flat=True)) == {paper.file_id for paper in papers}, (
        "raw files are gone"
    )
    assert third not in desk.page()


def test_a_scan_takes_the_place_of_the_paper_that_lay_there_unscanned(
    world: World, dossier_id: uuid.UUID, desk: Desk
) -> None:
    assert [row.file_id for row in Attachment.objects.filter(dossier_id=dossier_id)] == [None]
    for text in (1, 2):
        desk.send("tai-len", ("a.jpg", corpus.packed(corpus.written(100, lines=text))))
        (only,) = desk.ids()
        desk.send("luu", **{f"paper-{only}": str(world.document_id)})
    shown = dossiers.get_dossier_page(dossier_id, actor=world.mai, purpose="Thử", at=clock.now()).attachments
    assert [(one.originals, one.file_id is not None) for one in shown] == [(1, True), (0, True)]
    assert Attachment.objects.filter(dossier_id=dossier_id).count() == 3, "nothing is taken away"


def test_what_was_chosen_is_kept_when_it_cannot_be_filed(desk: Desk, world: World) -> None:
    desk.send(
        "tai-len",
        ("a.jpg", PAGE),
        ("b.jpg", corpus.packed(corpus.written(100, lines=2))),
    )
    first, second = desk.ids()
    refused = desk.send("luu", status=422, **{f"paper-{second}": "khac", f"order-{second}": "1"})
    shown = refused.content.decode()
    assert "chưa ghi tên giấy tờ" in shown
    assert re.findall(r'id="trang-([^"]+)"', shown) == [second, first]
    assert desk.ids() == [second, first], "also after a reload"
    assert (
        "chưa thuộc giấy tờ nào" in desk.send("luu", status=422, **{f"paper-{second}": ""}).content.decode()
    )
    desk.send("bo")
    assert "Chưa có trang nào" in desk.page()


def test_a_removed_page_comes_back(desk: Desk) -> None:
    desk.send("tai-len", ("a.pdf", pdf_of(corpus.written(100), corpus.written(100, lines=3), dpi=100)))
    first, second = desk.ids()
    desk.send("xoa:" + first)
    assert desk.ids() == [second]
    desk.send("lay-lai:" + first)
    assert desk.ids() == [second, first], "at the end: where it was, somebody else may stand by now"


def test_files_that_are_no_pages_are_refused_and_the_rest_is_kept(desk: Desk) -> None:
    desk.send("tai-len", ("a.jpg", PAGE))
    refused = desk.send("tai-len", ("virus.exe", b"MZ\x90\x00"), status=422)
    assert "Loại tệp này không nhận ở đây" in refused.content.decode()
    assert len(desk.ids()) == 1


def test_word_files_are_no_pages(desk: Desk) -> None:
    desk.send("tai-len", ("don.docx", office()), status=422)


def test_progress_is_shown_and_asked_for_alone(desk: Desk, dossier_id: uuid.UUID) -> None:
    desk.send("tai-len", ("a.jpg", PAGE))
    waiting = desk.client.get(desk.address, headers={"HX-Request": "true"}).content.decode()
    assert "Đang kiểm tra 1 trang" in waiting
    assert "<html" not in waiting
    assert 'hx-trigger="every 2s"' in waiting
    examine_batch(batch_id=str(ScanBatch.objects.get().pk))
    done = desk.client.get(desk.address, headers={"HX-Request": "true"}).content.decode()
    assert "Đã kiểm tra 1 trang" in done
    assert "hx-trigger" not in done


def test_what_nobody_comes_back_to_is_swept(world: World, dossier_id: uuid.UUID, at: dt.datetime) -> None:
    add_files(dossier_id=dossier_id, scans=[("a.jpg", PAGE)], actor=world.mai, at=at)
    for days, left in ((7, 1), (8, 0)):
        with clock.frozen(at + dt.timedelta(days=days)):
            sweep_batches(timestamp=0)
        assert (ScanBatch.objects.count(), StoredFile.objects.count()) == (left, left)


def test_a_batch_is_its_officers_own(world: World, dossier_id: uuid.UUID, at: dt.datetime) -> None:
    batch = add_files(dossier_id=dossier_id, scans=[("a.jpg", PAGE)], actor=world.mai, at=at)
    assert find_batch(dossier_id, actor=world.hung) is None
    assert picture_of(batch.pages[0].id, actor=world.mai, width=200).startswith(b"\xff\xd8")
    with pytest.raises(NoSuchBatchError):
        picture_of(batch.pages[0].id, actor=world.hung, width=200)
    with acting(Scope.officer(world.nong_trang.id)):
        assert not ScanPage.objects.exists()
        assert not ScanBatch.objects.exists()


@pytest.mark.parametrize("state", [State.DELIVERED, State.WITHDRAWN])
def test_nothing_is_added_to_a_closed_dossier(world: World, lives: Lives, state: State) -> None:
    closed = lives.to(state)
    assert Desk(world.mai, closed).client.get(f"/can-bo/quet/{closed}/").status_code == 403
    with pytest.raises(dossiers.ActNotPossible):
        dossiers.add_scans(dossier_id=closed, papers=(), actor=world.mai, at=world.at)


def test_who_may_add_scans(world: World, dossier_id: uuid.UUID) -> None:
    answers = {
        name: dossiers.why_no_scans(dossier_id, actor=actor)
        for name, actor in (
            ("hung", world.hung),
            ("mai", world.mai),
            ("phuc", world.phuc),
            ("thao", world.thao),
        )
    }
    assert {name: refusal.code if refusal else None for name, refusal in answers.items()} == {
        "hung": None,
        "mai": None,
        "phuc": "dossiers.scans_not_for_role",
        "thao": "dossiers.scans_not_for_role",
    }
    with pytest.raises(dossiers.DossierNotFound):
        dossiers.why_no_scans(dossier_id, actor=world.nong_trang.specialist)


def test_too_many_pages_at_once(world: World, dossier_id: uuid.UUID, at: dt.datetime) -> None:
    pdf = pikepdf.new()
    for _ in range(301):
        pdf.add_blank_page(page_size=(595, 842))
    out = io.BytesIO()
    pdf.save(out)
    with pytest.raises(TooMuchError):
        add_files(dossier_id=dossier_id, scans=[("a.pdf", out.getvalue())], actor=world.mai, at=at)
    assert not ScanBatch.objects.exists()


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        (corpus.written(100), "JPEG"),
        (corpus.written(100).convert("RGB"), "JPEG"),
        (corpus.written(100).convert("CMYK"), "JPEG"),
        (corpus.written(100).convert("1"), "PNG"),
        (corpus.written(100).convert("P"), "PNG"),
        (corpus.written(100).convert("RGBA"), "PNG"),
        (corpus.written(100).convert("RGB"), "WEBP"),
    ],
    ids=lambda value: getattr(value, "mode", value),
)
@pytest.mark.parametrize("turn", [0, 90])
def test_whatever_picture_comes_its_page_looks_like_it(page: Image.Image, kind: str, turn: int) -> None:
    content = corpus.packed(page, kind, dpi=100)
    made = assemble([PageToKeep(content, f"image/{kind.lower()}", 1, turn, 100)], title="Thử")
    with opened(made) as document:
        drawn: Image.Image = document[0].render(scale=100 / 72).to_pil().convert("L")
    wanted = page.convert("L").rotate(-turn, expand=True)
    assert drawn.size == pytest.approx(wanted.size, abs=2)
    small = [one.resize((40, 56)).tobytes() for one in (drawn, wanted)]
    worst = max(abs(one - other) for one, other in zip(*small, strict=True))
    assert worst < 40, worst


def test_a_jpeg_is_kept_as_it_came() -> None:
    content = corpus.packed(corpus.written(100))
    with pikepdf.open(io.BytesIO(assemble([PageToKeep(content, "image/jpeg", 1, 0, 100)], title="x"))) as pdf:
        picture = pdf.pages[0].Resources.XObject.Scan
        assert picture.read_raw_bytes() == content


def test_a_telephone_says_how_it_was_held(world: World, dossier_id: uuid.UUID, at: dt.datetime) -> None:
    held = Image.Exif()
    held[0x0112] = 6
    content = corpus.packed(corpus.written(100), exif=held.tobytes())
    batch = add_files(dossier_id=dossier_id, scans=[("a.jpg", content)], actor=world.mai, at=at)
    assert batch.pages[0].turn == 90


def test_the_resolution_of_a_scan_inside_a_pdf(world: World, dossier_id: uuid.UUID, at: dt.datetime) -> None:
    fine, coarse = pdf_of(corpus.written(200), dpi=200), pdf_of(corpus.written(100), dpi=100)
    scans = [("fine.pdf", fine), ("coarse.pdf", coarse)]
    batch = add_files(dossier_id=dossier_id, scans=scans, actor=world.mai, at=at)
    assert [page.dpi for page in batch.pages] == [pytest.approx(200, abs=1), pytest.approx(100, abs=1)]
    assert [page.warnings for page in batch.pages] == [(), (PageWarning.COARSE,)]


def test_the_card_of_a_filed_paper_is_a_pdf(desk: Desk, world: World, dossier_id: uuid.UUID) -> None:
    desk.send("tai-len", ("a.png", corpus.packed(corpus.written(100).convert("1"), "PNG")))
    (only,) = desk.ids()
    desk.send("luu", **{f"paper-{only}": str(world.document_id)})
    row = Attachment.objects.get(dossier_id=dossier_id, file__isnull=False)
    assert row.file_id
    card = get_file(row.file_id)
    assert (card.content_type, card.name, card.pages) == ("application/pdf", "Giấy chứng sinh.pdf", 1)
